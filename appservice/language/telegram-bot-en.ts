/** Texts of the bot in chats of Telegram, in English. */
export const telegramBotEn = {
  "command.word.telegram": "telegram",
  "command.usage.telegram": "[off]",
  "command.help.telegram":
    "bind a chat in Telegram to this room: its record is written there, too, and its people may come to the circle; “off” lets the chat go",
  "word.telegram.off": "off",
  "telegram.none": "This service has no bot in Telegram.",
  "telegram.not-bound": "No chat in Telegram belongs to this room.",
  "telegram.let-go":
    "The chat “{{title}}” in Telegram does not belong to this room any more. What was written there stays.",
  "telegram.encrypted": "This room is encrypted, and nobody could promise that in a chat of Telegram. It gets none.",
  "telegram.code":
    "Add @{{bot}} to the chat in Telegram, as an administrator if each meeting is to have a topic of its own. Then somebody who administers the chat writes there, within a quarter of an hour:",
  "telegram.code.caution":
    "From then on all who are in the chat, and Telegram, read what is written of this room’s circles, and the chat’s people may come to them.",
  "telegram.code.sent": "I have sent you the code in a private message.",
  "telegram.code.refused":
    "I could not send you a private message, and the code is not for the whole room. Allow private messages from me and try again.",
  "telegram.bound":
    "The chat “{{title}}” in Telegram belongs to this room now, by {{name}} there. The record of the circles is written there, too: all who are in that chat, and Telegram, can read it. Whoever has let their words be written is asked again, and of a meeting that is on nothing is written there before all of them have agreed. “!circle telegram off” ends that.",
  "telegram.left": "{{name}} in Telegram has parted the chat “{{title}}” from this room.",
  "telegram.lost.deleted":
    "The chat “{{title}}” in Telegram is not there any more. The record is written here alone; “!circle telegram” binds another chat.",
  "telegram.lost.bot-put-out":
    "I may not write in the chat “{{title}}” in Telegram any more. What is still to come waits; it is sent when I am added there again.",
  "telegram.away":
    "Telegram has not answered for some minutes. The meeting goes on; what is to stand in the chat there is sent later.",
  "telegram.back": "Telegram had not answered for some minutes. It does again, and the chat there gets what it missed.",
  "telegram.chat.bound":
    "This chat belongs to the room “{{room}}” now. Its circles are announced here, and their record is written here. /unbind ends that.",
  "telegram.chat.unbound": "This chat does not belong to a room any more.",
  "telegram.chat.no-code":
    "This code is not, or no longer, valid. The keeper of the room gets a new one by “!circle telegram”.",
  "telegram.chat.not-administrator": "Only somebody who administers this chat can do that.",
  "telegram.chat.groups-only": "That can be said in a group only.",
  "telegram.chat.no-room":
    "This chat belongs to no room. The keeper of a room gets a code by “!circle telegram” there.",
  "telegram.chat.stranger": "Open the circle by the button first: then I know who you are.",
  "telegram.chat.elsewhere": "You are not in this circle, or not any more.",
  "telegram.chat.in-room": "That can be done in the Matrix room only.",
  "telegram.chat.unknown": "I do not know “{{word}}”. /circle help lists what I know.",
  "telegram.chat.hello": "I lead circles in which the word goes round. /circle help says how.",
  "telegram.announce.circle.gathers": "A circle gathers: {{room}}",
  "telegram.announce.circle.runs": "A circle is being held: {{room}}",
  "telegram.announce.circle.over": "The circle is over: {{room}}",
  "telegram.announce.assembly.gathers":
    "Many circles at once are being gathered: {{room}}. You can take part, or only listen.",
  "telegram.announce.assembly.runs": "Groups talk at once: {{room}}. You can listen in any of them, or take part.",
  "telegram.announce.assembly.over": "The assembly is over: {{room}}",
  "telegram.announce.group.gathers": "Group {{number}} gathers: {{room}}",
  "telegram.announce.group.runs": "Group {{number}} talks: {{room}}",
  "telegram.announce.group.over": "Group {{number}} is done: {{room}}",
  "telegram.open": "Open the circle",
  "telegram.open.assembly": "Open the assembly",
  "telegram.repeated": "(repeated)",
  "telegram.taken-away": "(taken away)",
  "telegram.pressed": "Done",
  "telegram.link.told": "I have asked in Matrix. Say yes there, and this account is yours there, too.",
  "telegram.link.unknown": "I do not know this code, or it is too old.",
  "telegram.link.untold": "I could not ask in Matrix. Allow private messages from the bot there and get a new code.",
} as const;
