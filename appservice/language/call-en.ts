/** Texts about the call, in English. */
export const callEn = {
  "call-away":
    "The call’s server does not answer, so the meeting stands still. It goes on by itself when the server is back.",
  "call-was-away": "The meeting stood still for {{time}}, since the call’s server did not answer.",
  withheld:
    "{{name}} had their microphone pass sound to some people and not to others. It was closed until their next turn: whoever speaks in the circle is heard by all.",
  "turn.withheld":
    "not heard by everybody: the speaker’s device kept the sound from some, and the microphone was closed",
  "out-of-turn_one":
    "{{name}}: the microphone opened out of turn {{count}} time and was closed. A headset that unmutes by itself is the usual reason.",
  "out-of-turn_other":
    "{{name}}: the microphone opened out of turn {{count}} times and was closed each time. A headset that unmutes by itself is the usual reason.",
} as const;
