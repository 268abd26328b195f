/** Encrypted calls, and the scribe that can be sent away; part of the catalogue. */
export const encryptionEn = {
  open: "{{names}}: not played, because their device does not encrypt what it sends. Reloading their page helps.",
  unreadable:
    "{{names}}: muted, because the key to what they say is not here. If it does not come soon, reload the widget.",
  scribe: "Scribe",
  scribeHere: "listens and writes",
  scribeAway: "sent away by {{name}}: nothing said is written down",
  scribeAwayByYou: "you sent it away: nothing said is written down",
  sendScribeAway: "Send away",
  askScribeBack: "Ask back",
  turnWithoutScribe: "not written down: the scribe had been sent away",
  partlyWithoutScribe: "not all of it is written down: the scribe was away for a while",
} as const;
