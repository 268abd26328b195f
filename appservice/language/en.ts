import { assemblyEn } from "./assembly-en.ts";
import { callEn } from "./call-en.ts";
import { steeringEn } from "./steering-en.ts";
import { commandsEn } from "./commands-en.ts";
import { minutesEn } from "./minutes-en.ts";
import { outcomeEn } from "./outcome-en.ts";
import { recordEn } from "./record-en.ts";
import { exportEn } from "./export-en.ts";
import { roomLifeEn } from "./room-life-en.ts";
import { nudgesEn } from "./nudges-en.ts";
import { storageEn } from "./storage-en.ts";
import { tasksEn } from "./tasks-en.ts";
import { ownDataEn } from "./own-data-en.ts";
import { purposesEn } from "./purposes-en.ts";
import { guestsEn } from "./guests-en.ts";
import { ledgerEn } from "./ledger-en.ts";
import { telegramDoorEn } from "./telegram-door-en.ts";
import { telegramBotEn } from "./telegram-bot-en.ts";
import { graphEn } from "./graph-en.ts";
import { scenariosEn } from "./scenarios-en.ts";
import { speechEn } from "./speech-en.ts";

/** The bot's texts in English. Keys with `_one` and `_other` are plural forms, chosen by `count`. */
export const en = {
  ...commandsEn,
  ...scenariosEn,
  ...recordEn,
  ...minutesEn,
  ...outcomeEn,
  ...speechEn,
  ...exportEn,
  ...roomLifeEn,
  ...storageEn,
  ...nudgesEn,
  ...tasksEn,
  ...graphEn,
  ...callEn,
  ...steeringEn,
  ...guestsEn,
  ...purposesEn,
  ...ownDataEn,
  ...ledgerEn,
  ...telegramDoorEn,
  ...telegramBotEn,
  ...assemblyEn,

  "refusal.stale": "The circle has moved on. Try again if you still want to.",
  "refusal.no-meeting": "No meeting is running here. Start one with “!circle start”.",
  "refusal.meeting-running": "A meeting is already running. The keeper can end it with “!circle end”.",
  "refusal.nobody-joined":
    "Nobody has joined the circle yet. Open the widget and press “Join”, or write “!circle join”.",
  "refusal.not-in-room": "You are not in this room.",
  "refusal.not-in-circle": "You are not in the circle. Write “!circle join” to take part.",
  "refusal.already-joined": "You are already in the circle.",
  "refusal.not-keeper": "Only the keeper or a moderator can do that.",
  "refusal.not-your-turn": "{{speaker}} has the word.",
  "refusal.no-turn": "Nobody has the word right now.",
  "refusal.not-offered": "The word has already been taken.",
  "refusal.already-paused": "The meeting is already paused. “!circle resume” resumes it.",
  "refusal.not-paused": "The meeting is not paused.",
  "refusal.paused": "The meeting is paused. The keeper can resume it with “!circle resume”.",
  "refusal.call-away":
    "Nobody could be heard now: the call’s server does not answer. The meeting goes on by itself when it is back; the keeper may go on without the call by “!circle resume”.",
  "refusal.not-between": "This circle is still running; the next one starts when it is over.",
  "refusal.unknown-scenario": "There is no scenario “{{scenario}}”. Available: {{known}}.",
  "refusal.nobody-may-extend": "No extra time is given in this circle.",
  "refusal.already-asked": "You have already asked for more time.",
  "refusal.keeper-alone-skips": "In this circle only the keeper can skip a turn.",
  "refusal.no-such-person": "There is nobody with that name in the circle.",
  "refusal.not-next": "The word goes round in order: {{next}} is next.",
  "refusal.hand-up": "Your hand is already up.",
  "refusal.no-hand-there": "Their hand is not up.",
  "refusal.no-hand": "Your hand is not up.",
  "refusal.not-consenting": "This circle does not ask for consent.",
  "refusal.objection-needs-reason": "Please give a reason for your objection: “!circle object the reason”.",
  "refusal.not-writing": "Nothing is being written right now.",
  "refusal.not-voting": "This can’t be done right now: texts are grouped first, then everyone gives dots.",
  "refusal.no-such-text": "There is no such text: they are numbered from 1 to {{most}}.",
  "refusal.too-many-dots": "Everyone has {{most}} dots.",
  "refusal.nothing-written": "There is no text yet.",
  "refusal.too-long": "That is too long: {{most}} characters at most.",
  "refusal.ambiguous-name": "Who do you mean: {{choices}}?",
  "refusal.not-moderator": "Only a moderator can do that.",

  "greeting.hello":
    "Hello! I am the facilitator of this room’s circles. The word goes round, everyone has their time, nobody is interrupted, and what was said is written down here. “!circle start council your topic” starts a meeting; “!circle help” tells you more. (По-русски: «!круг язык ru».)",
  "greeting.widget-added": "The circle is at the top of the room: open it and press “Join”.",
  "greeting.needs-power":
    "To put the circle at the top of the room I need the power of a moderator. Whoever created the room, please write here:",
  "greeting.space": "“{{room}}” is a space. I work in rooms: please invite me to the room in which you meet.",
  "greeting.encrypted":
    "This room is encrypted, and I have not been set up for encrypted rooms. If a moderator presses 🔓 below, I make a room without encryption, of the same name and with the same people, and leave this one.",

  "command.unknown": "I do not know “{{word}}”. “!circle help” lists what I understand.",

  "status.set": "The minutes are made by the set “{{set}}”.",
  "status.set-on-trial":
    "The minutes are made by the set “{{set}}”, which the experiment “{{experiment}}” compares with another.",
  "status.none": "No meeting is running here. “!circle start” starts one.",
  "status.gathering": "The circle is gathering: {{people}}. “!circle start” starts the meeting.",
  "status.gathering-empty": "The circle is gathering; nobody has joined yet.",
  "status.floor": "The floor is open.",
  "status.writing": "Everyone writes in silence.",
  "status.grouping": "Texts are being grouped.",
  "status.voting": "Everyone gives three dots.",
  "status.hands": "Raised hands: {{people}}.",
  "status.word": "{{speaker}} has the word ({{left}} left).",
  "status.offered": "{{speaker}} speaks next.",
  "status.next": "Next: {{people}}.",
  "status.between": "Between circles; the next one starts in {{seconds}} s.",
  "status.paused": "The meeting is paused.",
  "status.ended": "The last meeting here has ended; its record is above.",

  "circle.title": "Circle {{number}} of {{total}}: {{theme}}",
  "circle.title-again": "Circle {{number}} of {{total}}, round {{round}}: {{theme}}",
  "circle.how-floor": "The floor is open: raise a hand to get the word.",
  "circle.how-writing":
    "Everyone writes in silence for {{time}}. In the widget, only you see your text until all texts appear; in chat (“!circle write …”) everyone can see it.",
  "circle.how-dots":
    "Whoever has the word puts texts together (“!circle group 1 3 a name”). Then everyone has three dots (“!circle dots 1 1 4”); how many lie where is shown at the end.",
  "dots.count_one": "{{count}} dot",
  "dots.count_other": "{{count}} dots",
  "circle.how-consent": "Where do you stand? Write “!circle consent”, or “!circle object” and your reason.",
  "circle.controls": "✋ hand · ➡️ pass · ⏭️ speak later · ⏸️ pause (keeper)",
  "circle.consents": "Consent: {{people}}",
  "circle.objection": "{{name}} objects: {{reason}}",
  "circle.silent": "No answer yet: {{people}}",
  "verdict.consented": "Decided by consent: no objections.",
  "verdict.objected_one": "Not decided: {{count}} objection.",
  "verdict.objected_other": "Not decided: {{count}} objections.",
  "verdict.open": "Not decided: nobody answered.",
  "circle.topic": "Topic: {{topic}}",
  "circle.ring": "Order: {{people}}",
  "circle.time": "{{time}} each",
  "circle.nothing-said": "nothing was said",
  "turn.call": ", you have the word. “!circle pass” passes it on.",
  "comments.title": "Comments",
  "comments.none": "The messages here were deleted.",
  "texts.title": "What was written",
  "texts.nothing": "Nobody wrote anything.",
  "texts.draft": "{{name}} (not finished)",
  "turn.silent": "passed without a word",
  "turn.typed": "did not speak, and wrote in the chat",
  "turn.unwritten": "not written down: they had not agreed",
  "turn.partly-unwritten": "not all of it is written down: they had not agreed throughout",
  "agreement.ask": "{{people}}: may your words be written down?",
  "agreement.how":
    "✅ or “!circle agree”: yes, also what you have typed in this meeting. Otherwise you are heard, and nothing of yours is written.",
  "agreement.speech-here": "Speech becomes text on this server.",
  "agreement.speech-outside": "Speech becomes text at {{name}}.",
  "agreement.minutes": "{{name}} gets the text for the minutes.",
  "agreement.comments": "What you type here becomes comments.",
  "agreement.telegram":
    "What is written down goes into the chat “{{chat}}” in Telegram, too, where its people and Telegram read it.",
  "agreement.again": "If that may be, write “!circle agree” once more.",
  "agreement.given": "Written down, as agreed: {{people}}",
  "agreement.refused": "Not written down: {{people}}",
  "refusal.not-for-guests":
    "Without a Matrix account one has one’s own turn, a raised hand and what the circle asks of everyone. Everything else is for members of the room.",
  "refusal.unwritten":
    "You have not agreed that your words are written down in this meeting. “!circle agree” changes that.",
  "refusal.purpose-not-offered": "This server has no use for that, so there is nothing to allow.",
  "refusal.purpose-too-often": "You have allowed this many times today. You can allow it again tomorrow.",
  "refusal.shown-changed": "What happens to your words has changed meanwhile. Please read it again.",
  "turn.no-text": "spoke, but could not be transcribed",
  "turn.part": "(part {{part}} of {{parts}})",
  "summary.participant": "{{name}} in this circle",
  "summary.failed": "The summary could not be made; the transcript is in the thread.",
  "made.highlights": "Excerpts, word for word (no AI)",
  "made.llm": "Written by {{model}} from the transcript",
  "made.rules": "Found automatically (no AI)",
  "task.suggested": "suggested",
} as const;
