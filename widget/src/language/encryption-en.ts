/** Encrypted calls, and the scribe that can be sent away; part of the catalogue. */
export const encryptionEn = {
  open: "{{names}}: not played, because their device does not encrypt what it sends. Reloading their page helps.",
  unreadable:
    "{{names}}: muted, because the key to what they say is not here. If it does not come soon, reload the widget.",
} as const;
