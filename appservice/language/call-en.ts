/** What is told of the call, in English. */
export const callEn = {
  "out-of-turn_one": "{{name}}: the microphone opened out of turn {{count}} time and was closed. A headset that unmutes by itself is the usual reason.",
  "out-of-turn_other": "{{name}}: the microphone opened out of turn {{count}} times and was closed each time. A headset that unmutes by itself is the usual reason.",
} as const;
