import { circlesThatRan, isOver } from "../circle/decisions.ts";
import { type EndedCircle, type Meeting, texts } from "../circle/meeting.ts";
import { isByHand } from "../journal/correct.ts";
import type { CarriedTask } from "../journal/carried-tasks.ts";
import { type Post, TAKEN_AWAY } from "../journal/outbox.ts";
import { TELL_ROOM_FROM } from "../journal/out-of-turn.ts";
import type { FailedMinutes, Record as MeetingRecordFold } from "../journal/record.ts";
import { type Corrigible, correctionsOf, type CorrectionMade } from "../protocol/correction.ts";
import { dayIn, spanIn, type Translate } from "../language/translate.ts";
import type { Language, MeetingId, ParticipantId } from "../protocol/identity.ts";
import type { Growing, MinutesEntry, Utterance } from "../protocol/meeting-record.ts";
import { keyOf } from "../protocol/minutes-key.ts";
import { isWorthReading } from "../protocol/summary-shown.ts";
import { CONTROLS, controlsServe } from "./controls.ts";
import { AGREEMENT_KEY, agreementMessage } from "./messages/agreement-message.ts";
import { carriedMessages } from "./messages/carried-message.ts";
import { circleSummaryKey, summaryKey } from "./correct-by-reply.ts";
import { circleMessage } from "./messages/circle-message.ts";
import { commentsMessages } from "./messages/comments-message.ts";
import { decisionMessage, questionMessage } from "./messages/item-message.ts";
import { meetingMessage } from "./messages/meeting-message.ts";
import { notice, type RoomContent } from "./messages/message.ts";
import { OFFERED_MARKS } from "./marks.ts";
import { noteMessage } from "./messages/note-message.ts";
import { outageMessages } from "./messages/outage-messages.ts";
import { circleSummaryMessage, participantSummaryMessage } from "./messages/summary-message.ts";
import { taskMessage } from "./messages/task-message.ts";
import { restsOf, restsOfCircle, restsOfMeeting, standingIn } from "./rests.ts";
import { textsMessages } from "./messages/texts-message.ts";
import { transcriptMessages } from "./messages/transcript-message.ts";

export const TAKEN_UP_KEY = "taken-up";

/** What the builders of messages need to know besides the meeting. */
export type Wording = {
  readonly t: Translate;
  readonly language: Language;
  readonly nameOf: (id: ParticipantId) => string;
  /** A day, shortly; with its year where that is not the meeting's. `date` is `YYYY-MM-DD`. */
  readonly day: (date: string) => string;
  /** When something began and ended: its day, and both times. */
  readonly span: (from: number, to: number) => string;
  /** Who said an utterance, or typed a comment. */
  readonly speakerOf: (utterance: string) => ParticipantId | null;
  readonly correctionsOf: (thing: Corrigible) => readonly CorrectionMade[];
  /** Where a task stands besides the room. */
  readonly outside: (task: string) => StandsOutside | null;
  /** How long an utterance's text ever was. */
  readonly longest: (utterance: Utterance) => number;
  /** Why a result still says what was corrected since; null: it does not, or will soon be made anew. */
  readonly staysOutdated: (entry: MinutesEntry) => "by-hand" | "failed" | null;
};

export type StandsOutside = { readonly target: string; readonly url: string | null };

export type MinutesState = {
  readonly made: readonly MinutesEntry[];
  readonly failed: readonly FailedMinutes[];
  /** What is not finished, as far as it has come. */
  readonly growing?: readonly Growing[];
  /** True while minutes of the meeting as a whole are still to come. */
  readonly pending: boolean;
};

/** What is said of the meeting from outside of it: where its tasks stand besides, in which zone its times are told, which results rest on words that were corrected since. */
type Around = {
  readonly outside?: Wording["outside"];
  readonly timeZone?: string;
  readonly outdated?: readonly MinutesEntry[];
};

export function wordingFor(
  meeting: Meeting,
  record: MeetingRecordFold,
  t: Translate,
  { outside = () => null, timeZone = "UTC", outdated = [] }: Around = {},
): Wording {
  const names = new Map(meeting.people.map(({ id, name }) => [id, name]));
  const speakers = new Map([
    ...record.comments.map(({ id, who }) => [id, who] as const),
    ...record.utterances.map(({ id, speaker }) => [id, speaker] as const),
  ]);
  const { language } = meeting;
  return {
    t,
    language,
    outside,
    nameOf: (id) => names.get(id) ?? id,
    day: (date) => dayIn(language, date, new Date(meeting.startedAt ?? meeting.at).getUTCFullYear()),
    span: (from, to) => spanIn(language, from, to, timeZone),
    speakerOf: (utterance) => speakers.get(utterance) ?? null,
    correctionsOf: (thing) => correctionsOf(record.corrections, thing),
    longest: (utterance) => record.longest(utterance),
    staysOutdated: (entry) =>
      !outdated.includes(entry)
        ? null
        : isByHand(entry, record)
          ? "by-hand"
          : hasFailed(entry, record)
            ? "failed"
            : null,
  };
}

function hasFailed({ about, madeBy }: MinutesEntry, { failed }: Pick<MeetingRecordFold, "failed">): boolean {
  return failed.some((failure) => keyOf(failure.plugin, failure.about) === keyOf(madeBy.plugin, about));
}

/**
 * Everything that should stand in the room of this meeting, in order: one root for each circle with its turns in the thread, then one
 * root for the meeting with its decisions, questions and tasks. Pure; what stands already is compared elsewhere, and what an earlier
 * version wanted and this one does not is left as it is.
 */
export function recordPosts(
  meeting: Meeting,
  record: MeetingRecordFold,
  minutes: MinutesState,
  wording: Wording,
  carried: readonly CarriedTask[] = [],
): Post[] {
  return [...recordPostsByParts(meeting, record, minutes, wording, carried)].flat();
}

/** The same in parts, each of which is quickly made: of a meeting of hours all of it takes a tenth of a second. */
export function* recordPostsByParts(
  meeting: Meeting,
  record: MeetingRecordFold,
  minutes: MinutesState,
  wording: Wording,
  carried: readonly CarriedTask[] = [],
): Generator<Post[]> {
  // It was over when the journal heard of it again: whatever there is to be said stands in the room.
  if (meeting.takenUp?.over) return;
  const circles = meeting.plan
    ? circlesThatRan(meeting).filter(({ index }) => !meeting.takenUp?.elsewhere.includes(index))
    : [];
  const first = circles[0]?.index;
  const made: MinutesEntry[] = [];
  for (const entry of minutes.made) {
    if (isWorthReading(entry, record)) made.push(entry);
    yield [];
  }
  const worth = { ...minutes, made };
  for (const circle of circles) yield* circlePosts(meeting, record, minutes, worth, circle, wording);
  yield [
    ...(first === undefined
      ? []
      : carriedMessages(carried, wording).map(({ key, content, from }) =>
          post(meeting, key, content, `circle:${first}`, from?.ids, from?.meeting),
        )),
    ...agreementPosts(meeting, wording),
    ...takenUpPosts(meeting, wording),
    ...latePosts(meeting, record, wording),
    ...outageMessages(meeting, wording).map(({ key, content }) => post(meeting, key, content, null)),
    ...outOfTurnPosts(meeting, record, wording),
    ...withheldPosts(meeting, record, wording),
  ];
  yield* meetingPosts(meeting, record, minutes, worth, wording);
}

function* circlePosts(
  meeting: Meeting,
  record: MeetingRecordFold,
  minutes: MinutesState,
  worth: MinutesState,
  circle: EndedCircle,
  wording: Wording,
): Generator<Post[]> {
  const { index } = circle;
  const root = `circle:${index}`;
  const inThread: InThread = (key, content, ids) => post(meeting, key, content, root, ids);
  yield [
    post(
      meeting,
      root,
      circleMessage(meeting, circle, minutes, wording),
      null,
      restsOfCircle(circle, meeting, minutes),
    ),
    ...controlPosts(meeting, index),
    ...writtenPosts(meeting, circle, wording, inThread),
  ];
  for (const turn of meeting.ended) {
    if (turn.circle !== index || turn.startedAt === null || !record.heard.has(turn.id)) continue;
    const utterances = record.utterances.filter((utterance) => utterance.turn === turn.id);
    const typed = record.comments.some(
      ({ turn: during, who, removed }) => during === turn.id && who === turn.speaker && !removed,
    );
    const { complete, unheardSeconds = 0 } = record.heard.get(turn.id) ?? { complete: true };
    yield numbered(
      `turn:${turn.id}`,
      transcriptMessages(
        turn,
        utterances,
        { complete, unheardSeconds, typed, withheld: record.withheldTurns.has(turn.id) },
        wording,
      ),
      inThread,
    );
  }
  yield commentPosts(meeting, record, index, wording, inThread);
  yield [
    ...circleSummaryPosts(worth, index, inThread, wording),
    ...summaryPosts(
      worth,
      (about) => about.kind !== "circle" && "circle" in about && about.circle === index,
      inThread,
      wording,
    ),
    ...notePosts(minutes, (about) => "circle" in about && about.circle === index, inThread),
  ];
}

/** The bot's own signs on the circle's message; taken away where they would do nothing any more. */
function controlPosts(meeting: Meeting, index: number): Post[] {
  const content = controlsServe(meeting, index) ? {} : { [TAKEN_AWAY]: true };
  return CONTROLS.map((key) => ({
    ...post(meeting, `control:${index}:${key}`, { key, ...content }, `circle:${index}`),
    type: "m.reaction" as const,
  }));
}

/** `ids`: on whose words it rests. */
type InThread = (key: string, content: RoomContent, ids: readonly string[]) => Post;

/** Several messages for one thing: the first under its name, the others counted. */
function numbered(key: string, contents: readonly RoomContent[], inThread: InThread): Post[] {
  return contents.map((content, part) =>
    inThread(part === 0 ? key : `${key}:${part + 1}`, content, standingIn(content)),
  );
}

function writtenPosts(
  meeting: Meeting,
  { index, step, written }: EndedCircle,
  wording: Wording,
  inThread: InThread,
): Post[] {
  const shown = meeting.circle?.index !== index || meeting.circle.textsShown || isOver(meeting, index);
  if (meeting.plan?.circles[step]?.kind !== "silent-writing" || !shown) return [];
  return numbered(`texts:${index}`, textsMessages(index, texts(written), wording), inThread);
}

/** Once the circle has ended: while it runs, people see one another's messages in the room anyway. */
function commentPosts(
  meeting: Meeting,
  record: MeetingRecordFold,
  index: number,
  wording: Wording,
  inThread: InThread,
): Post[] {
  const comments = record.comments.filter(({ circle }) => circle === index);
  if (comments.length === 0 || !isOver(meeting, index)) return [];
  return numbered(`comments:${index}`, commentsMessages(index, comments, wording), inThread);
}

/** Asked once, of all whom nothing else asks; ✅ is there to be tapped while somebody has not answered. */
function agreementPosts(meeting: Meeting, { t, nameOf }: Wording): Post[] {
  const content = agreementMessage(meeting, t, nameOf);
  if (!content) return [];
  const ended = meeting.phase === "ended" ? { [TAKEN_AWAY]: true } : {};
  return [
    post(meeting, AGREEMENT_KEY, content, null),
    { ...post(meeting, `${AGREEMENT_KEY}:✅`, { key: "✅", ...ended }, AGREEMENT_KEY), type: "m.reaction" },
  ];
}

/** Said once: what people may miss afterwards, and where they find it. */
function takenUpPosts(meeting: Meeting, { t }: Wording): Post[] {
  if (!meeting.takenUp || meeting.startedAt === null) return [];
  return [post(meeting, TAKEN_UP_KEY, notice([t("taken-up")]), null)];
}

/** Said once, when text has to wait; changed when it has come. */
function latePosts(meeting: Meeting, record: MeetingRecordFold, { t, nameOf }: Wording): Post[] {
  const turns = [...meeting.ended, ...(meeting.turn ? [meeting.turn] : [])];
  const late = turns.filter(({ id }) => record.late.has(id));
  if (late.length === 0) return [];
  const waits = late.filter(({ id }) => !record.heard.has(id));
  const people = [...new Set((waits.length > 0 ? waits : late).map(({ speaker }) => nameOf(speaker)))].join(", ");
  return [post(meeting, "late", notice([t(waits.length > 0 ? "late.waits" : "late.came", { people })]), null)];
}

/** One message a person, in the thread of the circle, and only where it happens again and again: no one is put on show for a slip. */
function outOfTurnPosts(meeting: Meeting, record: MeetingRecordFold, { t, nameOf }: Wording): Post[] {
  return [...record.outOfTurn].flatMap(([who, { times, circle }]) =>
    times < TELL_ROOM_FROM || circle === null
      ? []
      : [
          post(
            meeting,
            `out-of-turn:${who}`,
            notice([t("out-of-turn", { name: nameOf(who), count: times })]),
            `circle:${circle}`,
          ),
        ],
  );
}

/** At the first time: no client does so by itself, and whoever listens has missed what others heard. */
function withheldPosts(meeting: Meeting, record: MeetingRecordFold, { t, nameOf }: Wording): Post[] {
  return [...record.withheld].flatMap(([who, { circle }]) =>
    circle === null
      ? []
      : [post(meeting, `withheld:${who}`, notice([t("withheld", { name: nameOf(who) })]), `circle:${circle}`)],
  );
}

/** Tasks last: clients show the newest message of a thread beside it. */
function* meetingPosts(
  meeting: Meeting,
  record: MeetingRecordFold,
  minutes: MinutesState,
  worth: MinutesState,
  wording: Wording,
): Generator<Post[]> {
  if (meeting.phase !== "ended" || meeting.startedAt === null || minutes.pending) return;
  const inThread: InThread = (key, content, ids) => post(meeting, key, content, "meeting", ids);
  yield [
    post(
      meeting,
      "meeting",
      meetingMessage(meeting, record, minutes, wording),
      null,
      restsOfMeeting(meeting, minutes, record.graph !== null),
    ),
  ];
  yield [
    ...summaryPosts(worth, (about) => about.kind === "person", inThread, wording),
    ...notePosts(minutes, (about) => !("circle" in about), inThread),
  ];
  for (const form of ["decisions", "questions", "tasks"] as const) {
    for (const entry of minutes.made) if (entry.result.form === form) yield* itemPosts(entry, inThread, wording);
  }
}

/** What a language model, or a person, wrote of a circle; once the circle is over. */
function circleSummaryPosts(minutes: MinutesState, index: number, inThread: InThread, wording: Wording): Post[] {
  const entry = minutes.made.findLast(
    ({ about, result }) => about.kind === "circle" && about.circle === index && result.form === "summary",
  );
  return entry?.result.form === "summary"
    ? [inThread(circleSummaryKey(index), circleSummaryMessage(entry, entry.result, wording), restsOf(entry.result))]
    : [];
}

/** Summaries of one person: of a turn, of a circle, of the meeting. */
function summaryPosts(
  minutes: MinutesState,
  here: (about: MinutesEntry["about"]) => boolean,
  inThread: InThread,
  wording: Wording,
): Post[] {
  return minutes.made.flatMap((entry) => {
    const { about, result } = entry;
    const key = summaryKey(entry);
    // Whoever said nothing has nothing to be summed up.
    if (
      key === null ||
      !("participant" in about) ||
      !here(about) ||
      result.form !== "summary" ||
      result.sentences.length === 0
    )
      return [];
    return [inThread(key, participantSummaryMessage(entry, about, result, wording), restsOf(result))];
  });
}

function* itemPosts(entry: MinutesEntry, inThread: InThread, wording: Wording): Generator<Post[]> {
  const { result } = entry;
  switch (result.form) {
    case "decisions":
      for (const decision of result.decisions)
        yield withMarks(
          inThread(`decision:${decision.id}`, decisionMessage(decision, entry, wording), decision.from),
          decision.status === "suggested",
        );
      break;
    case "questions":
      for (const question of result.questions)
        yield withMarks(
          inThread(`question:${question.id}`, questionMessage(question, entry, wording), question.from),
          question.status === "suggested" || question.status === "open",
        );
      break;
    case "tasks":
      for (const task of result.tasks)
        yield withMarks(
          inThread(`task:${task.id}`, taskMessage(task, entry, wording), task.from),
          task.status === "suggested" || task.status === "open",
        );
      break;
  }
}

/** What may be pressed on a thing that waits for somebody's word; a tap is enough. What is settled keeps what it has. */
function withMarks(item: Post, waits: boolean): Post[] {
  if (!waits) return [item];
  return [
    item,
    ...OFFERED_MARKS.map(
      (key): Post => ({
        ...item,
        key: `mark:${item.key}:${key}`,
        thread: item.key,
        content: { key },
        type: "m.reaction",
      }),
    ),
  ];
}

function notePosts(minutes: MinutesState, here: (about: MinutesEntry["about"]) => boolean, inThread: InThread): Post[] {
  return minutes.made.flatMap((entry) =>
    entry.result.form === "note" && entry.result.text.trim() !== "" && here(entry.about)
      ? [
          inThread(
            `note:${entry.madeBy.plugin}:${JSON.stringify(entry.about)}`,
            noteMessage(entry, entry.result),
            restsOf(entry.result),
          ),
        ]
      : [],
  );
}

function post(
  { id, roomId: room }: Pick<Meeting, "id" | "roomId">,
  key: string,
  content: RoomContent,
  thread: string | null,
  ids: readonly string[] = [],
  of: MeetingId = id,
): Post {
  const rests = ids.length > 0 ? { rests: { meeting: of, ids } } : {};
  return { scope: id, key, room, thread, type: "m.room.message", content, ...rests };
}
