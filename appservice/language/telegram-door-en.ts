/** Texts for people who come by Telegram's Mini App, in English. */
export const telegramDoorEn = {
  "telegram.name": "{{name}} (Telegram)",
  "telegram.name-again": "{{name}} (Telegram {{number}})",
  "telegram.namesake": "{{name}} (Telegram, namesake)",
  "telegram.namesake-again": "{{name}} (Telegram {{number}}, namesake)",
  "telegram.came": "{{name}} has come in from the Telegram chat “{{title}}”.",
  "telegram.left-chat": "{{name}} has left the Telegram chat, and with it the circle.",
  "telegram.unbound": "{{name}} has left the circle: no Telegram chat belongs to it any more.",
  "telegram.put-out": "{{name}} has been put out by {{by}}. To let them in again, bind the Telegram chat once more.",
  "telegram.encrypted-out":
    "{{name}} has left the circle: the room is encrypted now, and Telegram has no device of Matrix to which its keys could go.",
  "word.link.telegram": "telegram|tg",
  "word.link.yes": "yes",
  "word.link.no": "no",
  "word.link.off": "off",
  "telegram.link.none": "This service has no door to Telegram.",
  "telegram.link.sent": "I have sent you a private message with a code that joins your Telegram account to you.",
  "telegram.link.refused": "I could not send you a private message, and the code is not for the whole room.",
  "telegram.link.code": "Write this to @{{bot}} in Telegram, in a private chat: /circle link {{code}}",
  "telegram.link.caution":
    "The code is valid for 10 minutes. Give it to nobody: whoever types it would be you in circles. You are told who did, and asked.",
  "telegram.link.asks": "{{name}} in Telegram has typed your code.",
  "telegram.link.decide":
    "If that is you, type “!circle link telegram yes” in the circle’s room within 10 minutes; otherwise “!circle link telegram no”.",
  "telegram.link.joined":
    "You and {{name}} in Telegram are one person in circles from now on. “!circle link telegram off” parts you again.",
  "telegram.link.denied": "{{name}} in Telegram is not joined to you.",
  "telegram.link.nobody": "Nobody has typed your code. “!circle link telegram” sends you a new one.",
  "telegram.link.parted_one": "{{count}} Telegram account is joined to you no longer.",
  "telegram.link.parted_other": "{{count}} Telegram accounts are joined to you no longer.",
  "telegram.door.TELEGRAM_FORGED":
    "Telegram has not signed this for the bot of this service. Close the app and open it by the button in the chat.",
  "telegram.door.TELEGRAM_DOUBLED":
    "These launch data say something twice, so Telegram has not made them so. Close the app and open it by the button in the chat.",
  "telegram.door.TELEGRAM_OLD":
    "The app was opened too long ago. Close it and open it by the button in the chat. If that is of no use, the service’s clock is wrong: tell its admin.",
  "telegram.door.TELEGRAM_REPLAYED":
    "This launch of the app was used before. Close it and open it by the button in the chat.",
  "telegram.door.TELEGRAM_REFERENCE":
    "This link leads to no circle here. Open the app by the button that the bot has posted in your chat.",
  "telegram.door.TELEGRAM_MEETING_OVER": "The meeting of this link is over. The bot posts a button for the next one.",
  "telegram.door.TELEGRAM_EARLY": "Nobody sits in the circle yet. Open the app again once the meeting is announced.",
  "telegram.door.TELEGRAM_NOT_IN_CHAT":
    "This circle is for the people of a Telegram chat that you are not in. Join the chat, and open the app there.",
  "telegram.door.TELEGRAM_OTHER_CHAT":
    "The app was opened from another chat. Open it by the button in the chat that this circle belongs to.",
  "telegram.door.TELEGRAM_UNBOUND":
    "No Telegram chat belongs to this circle any more, or the bot is not in it. Ask the keeper of the circle.",
  "telegram.door.TELEGRAM_AWAY": "Telegram does not say right now whether you are in the chat. Try again in a moment.",
} as const;
