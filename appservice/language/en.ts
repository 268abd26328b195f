import { callEn } from "./call-en.ts";
import { steeringEn } from "./steering-en.ts";
import { commandsEn } from "./commands-en.ts";
import { minutesEn } from "./minutes-en.ts";
import { outcomeEn } from "./outcome-en.ts";
import { recordEn } from "./record-en.ts";
import { exportEn } from "./export-en.ts";
import { roomLifeEn } from "./room-life-en.ts";
import { storageEn } from "./storage-en.ts";
import { tasksEn } from "./tasks-en.ts";
import { graphEn } from "./graph-en.ts";
import { scenariosEn } from "./scenarios-en.ts";
import { speechEn } from "./speech-en.ts";

/** What the bot says in English. Keys with `_one` and `_other` are plural forms, chosen by `count`. */
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
  ...tasksEn,
  ...graphEn,
  ...callEn,
  ...steeringEn,

  "refusal.stale": "The circle has moved on in the meantime. Have a look and try again if you still want to.",
  "refusal.no-meeting": "No meeting is running here. Start one with “!circle start”.",
  "refusal.meeting-running": "A meeting is already running. The keeper can end it with “!circle end”.",
  "refusal.nobody-joined": "Nobody has joined the circle yet. Open the widget and press “Join”, or write “!circle join”.",
  "refusal.not-in-circle": "You are not in the circle. Write “!circle join” to take part.",
  "refusal.already-joined": "You are already in the circle.",
  "refusal.not-keeper": "Only the keeper of the meeting or a moderator of the room can do this.",
  "refusal.not-your-turn": "{{speaker}} has the word.",
  "refusal.no-turn": "Nobody has the word right now.",
  "refusal.not-offered": "The word has already been taken.",
  "refusal.already-paused": "The meeting is paused already. “!circle resume” goes on with it.",
  "refusal.not-paused": "The meeting is not paused.",
  "refusal.paused": "The meeting is paused. “!circle resume” goes on with it.",
  "refusal.not-between": "A circle is running; the next one begins when it has ended.",
  "refusal.unknown-scenario": "There is no scenario “{{scenario}}”. There is: {{known}}.",
  "refusal.nobody-may-extend": "In this circle nobody can give more time.",
  "refusal.already-asked": "You have already asked for more time.",
  "refusal.keeper-alone-skips": "In this circle only the keeper skips a turn.",
  "refusal.no-such-person": "There is nobody of that name in the circle.",
  "refusal.not-next": "The word goes round the ring; next is {{next}}.",
  "refusal.hand-up": "Your hand is already up.",
  "refusal.no-hand-there": "Their hand is not up.",
  "refusal.no-hand": "Your hand is not up.",
  "refusal.not-consenting": "This circle does not ask for consent.",
  "refusal.objection-needs-reason": "An objection needs its reason, so that it can be integrated: “!circle object the reason”.",
  "refusal.not-writing": "Nothing is being written right now.",
  "refusal.nothing-written": "There is nothing in it yet.",
  "refusal.too-long": "That is too long; {{most}} letters are the most.",
  "refusal.ambiguous-name": "Whom do you mean: {{choices}}?",
  "refusal.not-moderator": "Only a moderator of the room can do this.",

  "greeting.hello":
    "Hello! I am the facilitator of this room’s circles. The word goes round; each has their time, nobody is interrupted, and what was said is written down here. “!circle start council your topic” begins, “!circle help” tells more. (По-русски: «!круг язык ru».)",
  "greeting.widget-added": "The circle is at the top of the room: open it and press “Join”.",
  "greeting.needs-power": "To put the circle at the top of the room I need the power of a moderator. Whoever made the room writes here: /op {{bot}}",
  "greeting.encrypted": "This room is encrypted. I cannot take part in encrypted rooms yet: please invite me to a room without encryption.",

  "command.unknown": "I do not know “{{word}}”. “!circle help” lists what I know.",

  "status.none": "No meeting is running here. “!circle start” begins one.",
  "status.gathering": "The circle is gathering: {{people}}. “!circle start” begins.",
  "status.gathering-empty": "The circle is gathering; nobody has joined yet.",
  "status.floor": "The floor is open.",
  "status.writing": "Everybody writes in silence.",
  "status.hands": "Hands up: {{people}}.",
  "status.word": "{{speaker}} has the word ({{left}} left).",
  "status.offered": "The word is offered to {{speaker}}.",
  "status.next": "Next: {{people}}.",
  "status.between": "Between circles; the next one begins in {{seconds}} s.",
  "status.paused": "The meeting is paused.",
  "status.ended": "The last meeting here has ended; its record is above.",

  "circle.title": "Circle {{number}} of {{total}}: {{theme}}",
  "circle.title-again": "Circle {{number}} of {{total}}, once more ({{round}}): {{theme}}",
  "circle.how-floor": "The floor is open: whoever raises a hand gets the word.",
  "circle.how-writing": "Everybody writes for {{time}}, and nobody is heard. In the widget nobody sees your text before all are shown; in chat (“!circle write …”) they can.",
  "circle.how-consent": "Say where you stand: “!circle consent”, or “!circle object” and the reason.",
  "circle.controls": "✋ hand · ➡️ pass · ⏭️ skip me · ⏸️ pause (keeper)",
  "circle.consents": "Consent: {{people}}",
  "circle.objection": "{{name}} objects: {{reason}}",
  "circle.silent": "Nothing said yet: {{people}}",
  "verdict.consented": "Decided by consent: nobody objects.",
  "verdict.objected_one": "{{count}} objection stands.",
  "verdict.objected_other": "{{count}} objections stand.",
  "verdict.open": "Nobody took a position.",
  "circle.topic": "Topic: {{topic}}",
  "circle.ring": "Order: {{people}}",
  "circle.time": "{{time}} each",
  "circle.nothing-said": "nothing was said",
  "turn.call": ", the word is yours. “!circle pass” passes it on.",
  "comments.title": "Comments",
  "comments.none": "What was written here has been taken back.",
  "texts.title": "What was written",
  "texts.nothing": "Nobody wrote anything.",
  "texts.draft": "{{name}} (not finished)",
  "turn.silent": "passed without a word",
  "turn.no-text": "spoke; no text could be made of it",
  "turn.part": "(part {{part}} of {{parts}})",
  "summary.participant": "{{name}} in this circle",
  "summary.failed": "The summary could not be made; what was said stands in the thread.",
  "made.highlights": "Excerpts, word for word (no AI)",
  "made.llm": "Written by {{model}} from what was said",
  "made.rules": "Found by wording (no AI)",
  "task.owner": "who: {{owner}}",
  "task.suggested": "suggested",
} as const;
