import type { JournalEntry } from "../../../appservice/journal/entry.ts";
import type { Journal } from "../../../appservice/journal/journal.ts";
import type { MeetingId, RoomId } from "../../../appservice/protocol/identity.ts";
import type { RecordEvent } from "../../../appservice/record/event.ts";
import { council, id, Play } from "../circle/play.ts";

/** Seven people, of whom two have one name. */
export const SEVEN = ["ann", "bob", "cid", "dan", "eve", "fay", "gus"] as const;
export type Name = (typeof SEVEN)[number];

/** A word that nobody but this person gave in any meeting, and by this door. */
export function wordOf(name: Name, door: string): string {
  return `${name}zq${door}`;
}

/** All doors by which a person's words come into `wordyMeeting`. */
export const DOORS = [
  "spoken",
  "heard",
  "typed",
  "edited",
  "text",
  "reason",
  "topic",
  "theme",
  "group",
  "title",
] as const;

const PLAN = council({
  circles: [
    { theme: "Say", kind: "statement" },
    { theme: "Write", kind: "silent-writing", circleSeconds: 60 },
    { theme: "Which", kind: "dot-vote", circleSeconds: 60 },
    { theme: "Agree?", kind: "consent" },
  ],
});

/** A meeting in which each of seven gives words by every door there is; the keeper by two more. Times are fixed. */
export function wordyMeeting(journal: Journal, meeting: MeetingId, room: RoomId, keeper: Name = "ann"): void {
  const table = new Play();
  table.send({ type: "gather", id: meeting, roomId: room, language: "en", at: table.at });
  for (const name of SEVEN) table.ask(name, { type: "join", name: name === "gus" ? "fay" : name }).connect(name);
  table.start(keeper, PLAN, wordOf(keeper, "topic"));
  speakAll(table);
  table.ask(keeper, { type: "set-theme", theme: wordOf(keeper, "theme"), circle: null }).wait(20);
  for (const name of SEVEN) table.write(name, wordOf(name, "text"));
  speakAll(table);
  table.wait(20);
  groupAll(table);
  table.wait(100).wait(20);
  for (const name of SEVEN) table.position(name, "object", wordOf(name, "reason"));
  speakAll(table);
  table.by(keeper, "end");
  const entries: JournalEntry[] = table.journal.map((event) => ({ kind: "circle", event }));
  journal.append(
    meeting,
    room,
    0,
    [...entries, ...record(table).map((event) => ({ kind: "record" as const, event }))],
    0,
  );
}

function speakAll(table: Play): void {
  for (let left = SEVEN.length * 3; left > 0 && table.word !== null; left -= 1)
    table.by(table.word, "accept").wait(2).by(table.word, "pass").wait(1);
}

/** Each names a group of their own text in their turn. */
function groupAll(table: Play): void {
  for (const name of SEVEN) {
    const speaker = table.word;
    if (speaker === null) return;
    table.by(speaker, "accept").wait(1);
    table.ask(speaker, {
      type: "group-texts",
      texts: [SEVEN.indexOf(name) + 1],
      name: wordOf(speaker as Name, "group"),
    });
    table.by(speaker, "pass").wait(1);
  }
}

function record({ at }: Play): RecordEvent[] {
  return [...SEVEN.flatMap((name, n) => givenBy(name, n + 1, at)), ...made(at), ...reworded(at)];
}

function givenBy(name: Name, turn: number, at: number): RecordEvent[] {
  const said = `We take the ${wordOf(name, "heard")} home`;
  const [who, comment] = [id(name), `$${name}`];
  return [
    {
      type: "utterance-heard",
      utterance: {
        id: `${turn}.1`,
        turn,
        circle: 0,
        speaker: who,
        startedAt: at + turn,
        endedAt: at + turn + 1,
        language: "en",
        text: said,
        segments: [
          { kind: "speech", text: said },
          { kind: "command", text: wordOf(name, "spoken"), command: { type: "pass" } },
        ],
        engine: { id: "e", model: "m" },
      },
    },
    {
      type: "comment-made",
      comment: { id: comment, circle: 0, turn, who, name, at, text: wordOf(name, "typed") },
    },
    { type: "comment-edited", id: comment, text: wordOf(name, "edited"), edit: `$edit-${name}`, at: at + 1 },
  ];
}

const ABOUT = { kind: "meeting" } as const;
const madeBy = (plugin: string, at: number) =>
  ({ plugin, version: "1", method: "rules", model: null, prompt: null, at }) as const;

/** Results that rest on words of each, and a note of which nobody knows on whose. */
function made(at: number): RecordEvent[] {
  const results: readonly Extract<RecordEvent, { type: "minutes-made" }>["entry"]["result"][] = [
    {
      form: "summary",
      sentences: SEVEN.map((name, n) => ({ text: `Home goes ${wordOf(name, "heard")}.`, from: [`${n + 1}.1`] })),
    },
    {
      form: "tasks",
      tasks: SEVEN.map((name, n) => ({
        id: `t-${name}`,
        title: `Take ${wordOf(name, "heard")}`,
        owner: null,
        due: null,
        from: [`${n + 1}.1`],
        status: "open" as const,
      })),
    },
    { form: "note", title: "All", text: SEVEN.map((name) => wordOf(name, "heard")).join(" ") },
  ];
  return results.map((result) => ({
    type: "minutes-made",
    entry: { about: ABOUT, result, madeBy: madeBy(result.form, at) },
  }));
}

/** Each gives their neighbour's task another title. */
function reworded(at: number): RecordEvent[] {
  return SEVEN.map((name, n) => ({
    type: "corrected" as const,
    at: at + 10 + n,
    by: id(name),
    name,
    door: "widget" as const,
    change: {
      of: "task" as const,
      id: `t-${SEVEN[(n + 1) % SEVEN.length] ?? name}`,
      title: wordOf(name, "title"),
    },
  }));
}
