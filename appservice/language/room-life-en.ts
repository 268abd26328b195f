/** Texts for changes of the room itself, in English. */
export const roomLifeEn = {
  "refusal.room-replaced": "This room has been replaced by a newer one. Start the meeting there.",
  "room.replaced":
    "This room is being replaced by a newer one. The running meeting can finish here; the next one takes place in the new room. Invite me there: I remember this room’s settings.",
  "room.opened": "There is a room without encryption now, and I have invited you all. I leave this one.",
  "room.opened-link": "Open the new room",
  "room.moved": "I have moved here from the old room, and I remember its settings: language, vocabulary, scenarios.",
  "room.power-lost":
    "I no longer have the power to write the meeting into this room. The circle goes on, but nothing new appears here until I am a moderator (50) again.",
  "room.powerless":
    "I am no moderator here: until I am (power 50), the widget stays closed, and the meeting cannot be kept in this room’s state. By chat the circle works as usual.",
  "room.unread":
    "I cannot read a message from {{name}}: the key to it has not reached me. I have asked their app for it, and will answer as soon as it comes; sending the message again helps, too.",
  "room.own-call": "An Element call has started. The circle is not in it: it is in the widget at the top of the room.",
  "command.too-many": "That was too many commands at once. I will listen to you again in a minute.",
  "comments.full-person":
    "{{name}}, the record takes no more of your comments in this circle. They stay here in the room.",
  "comments.full-meeting": "The record of this meeting takes no more comments. They stay here in the room.",
} as const;
