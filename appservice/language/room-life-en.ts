/** What is told when the room itself changes, in English. */
export const roomLifeEn = {
  "refusal.room-replaced": "This room has been replaced by a newer one. Start the meeting there.",
  "room.replaced": "This room is being replaced by a newer one. A meeting that runs here goes on to its end; the next one begins in the new room. Invite me there: I remember what this room has chosen.",
  "room.moved": "I have come along from the old room, and remember what it had chosen: language, vocabulary, scenarios.",
  "room.power-lost": "I no longer have the power to write the meeting into this room. The circle goes on; the room's picture of it stands still until I am a moderator (50) again.",
  "room.own-call": "An Element call has started. The circle is not in it: it is in the widget at the top of the room.",
} as const;
