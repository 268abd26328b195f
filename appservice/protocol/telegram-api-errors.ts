import { TELEGRAM_ERRORS } from "./telegram.ts";

/** Errors of the door of a Mini App. Their sentences in both languages are in the catalogues (`telegram.door.…`). */
export const TELEGRAM_API_ERRORS = {
  TELEGRAM_FORGED: {
    status: 401,
    errcode: TELEGRAM_ERRORS.forged,
    sentence:
      "Telegram has not signed this for the bot of this service. Close the app and open it by the button in the chat.",
    remedy: "Send the launch data as they came, not decoded; the admin looks whether `telegram.token` is that bot's.",
  },
  TELEGRAM_DOUBLED: {
    status: 401,
    errcode: TELEGRAM_ERRORS.doubled,
    sentence: "These launch data say something twice, so Telegram has not made them so.",
    remedy: "Send the launch data as they came: each field stands there once.",
  },
  TELEGRAM_OLD: {
    status: 401,
    errcode: TELEGRAM_ERRORS.old,
    sentence: "The app was opened too long ago. Close it and open it by the button in the chat.",
    remedy:
      "Ask within 10 minutes of the launch. Where every launch is too old, the clock of the service's machine is wrong.",
  },
  TELEGRAM_REPLAYED: {
    status: 401,
    errcode: TELEGRAM_ERRORS.replayed,
    sentence: "This launch of the app was used before. Close it and open it by the button in the chat.",
    remedy: "Keep the session for as long as the page lives: each launch opens one.",
  },
  TELEGRAM_REFERENCE: {
    status: 404,
    errcode: TELEGRAM_ERRORS.reference,
    sentence: "This link leads to no circle here. Open the app by the button that the bot has posted in your chat.",
    remedy:
      "Take the link as the bot has posted it; with another registration of the service older links lead nowhere.",
  },
  TELEGRAM_MEETING_OVER: {
    status: 404,
    errcode: TELEGRAM_ERRORS.meetingOver,
    sentence: "The meeting of this link is over. The bot posts a button for the next one.",
    remedy: "Take the link of the meeting that is on.",
  },
  TELEGRAM_EARLY: {
    status: 409,
    errcode: TELEGRAM_ERRORS.early,
    sentence: "Nobody sits in the circle yet. Open the app again once the meeting is announced.",
    remedy: "Open the app again when a meeting gathers in the room: the launch was not used up.",
  },
  TELEGRAM_NOT_IN_CHAT: {
    status: 403,
    errcode: TELEGRAM_ERRORS.notInChat,
    sentence: "This circle is for the people of a Telegram chat that you are not in.",
    remedy: "Have the person join the chat, and open the app there.",
  },
  TELEGRAM_OTHER_CHAT: {
    status: 403,
    errcode: TELEGRAM_ERRORS.otherChat,
    sentence: "The app was opened from another chat. Open it by the button in the chat that this circle belongs to.",
    remedy: "Open the app in the chat itself, not from a message that was forwarded.",
  },
  TELEGRAM_UNBOUND: {
    status: 403,
    errcode: TELEGRAM_ERRORS.unbound,
    sentence:
      "No Telegram chat belongs to this circle any more, or the bot is not in it. Ask the keeper of the circle.",
    remedy: "Have the keeper put the bot into the chat, and bind the chat to the room.",
  },
  TELEGRAM_AWAY: {
    status: 503,
    errcode: TELEGRAM_ERRORS.away,
    sentence: "Telegram does not say right now whether you are in the chat. Try again in a moment.",
    remedy: "Try again in a moment: the launch was not used up.",
  },
} as const;
