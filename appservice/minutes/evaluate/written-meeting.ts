import { type MeetingId, type ParticipantId, RoomId } from "../../protocol/identity.ts";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { MeetingRecord, Utterance } from "../../protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../../protocol/meeting-snapshot.ts";
import type { BadInput } from "./bad-input.ts";
import { claimsIn, type WrittenClaim } from "./written-claims.ts";
import { Matters, MATTERS_FORM } from "./matters.ts";

/** Meeting that somebody wrote down, with the tasks and the summary that a careful reader makes of it. */
export type WrittenMeeting = {
  readonly name: string;
  readonly meeting: MeetingSnapshot;
  readonly record: MeetingRecord;
  /** Null where there is no such file. */
  readonly tasks: readonly ReferenceTask[] | null;
  readonly summary: string | null;
  readonly matters: Matters | null;
  readonly claims: readonly WrittenClaim[] | null;
  /** Utterance of each line of its file, counted from 1. */
  readonly lines: ReadonlyMap<number, string>;
};

const Day = z.iso.date();
const ReferenceTask = z.strictObject({
  title: z.string().trim().min(1),
  owner: z.string().nullable().default(null),
  due: Day.nullable().default(null),
});
export type ReferenceTask = z.infer<typeof ReferenceTask>;
const ReferenceTasks = z.union([
  z.array(ReferenceTask).transform((tasks) => ({ heldOn: null, tasks })),
  z.strictObject({ heldOn: Day.nullable().default(null), tasks: z.array(ReferenceTask) }),
]);

/**
 * Reads every `NAME.txt` of a folder with its `NAME.tasks.json`, `NAME.matters.json`, `NAME.claims.txt` and
 * `NAME.summary.txt`, and reports all that is wrong with them at once.
 */
export function readWrittenMeetings(folder: string): {
  readonly meetings: readonly WrittenMeeting[];
  readonly bad: readonly BadInput[];
} {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    return {
      meetings: [],
      bad: [{ file: folder, problem: "there is no such folder.", remedy: "Name one that holds files NAME.txt." }],
    };
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(".txt") && !/\.(?:summary|claims)\.txt$/.test(file))
    .map((file) => file.slice(0, -".txt".length))
    .sort();
  if (names.length === 0)
    return {
      meetings: [],
      bad: [
        {
          file: folder,
          problem: "no NAME.txt is in it.",
          remedy: "Put in a file with a line “Name: what was said” for each utterance.",
        },
      ],
    };
  const bad: BadInput[] = [];
  const meetings = names.flatMap((name): WrittenMeeting[] => {
    const text = textOf(join(folder, `${name}.txt`));
    const tasks = tasksIn(join(folder, `${name}.tasks.json`), bad);
    const read = meetingFrom(name, text, tasks?.heldOn ?? null);
    bad.push(...read.bad.map((problem) => ({ file: join(folder, `${name}.txt`), ...problem })));
    bad.push(
      ...strangersIn(tasks?.tasks ?? [], read.meeting).map((problem) => ({
        file: join(folder, `${name}.tasks.json`),
        ...problem,
      })),
    );
    const summaryFile = join(folder, `${name}.summary.txt`);
    return [
      {
        name,
        meeting: read.meeting,
        record: read.record,
        tasks: tasks?.tasks ?? null,
        summary: existsSync(summaryFile) ? textOf(summaryFile).trim() : null,
        matters: jsonIn(join(folder, `${name}.matters.json`), Matters, MATTERS_FORM, bad),
        claims: claimsIn(join(folder, `${name}.claims.txt`), bad),
        lines: read.lines,
      },
    ];
  });
  return { meetings, bad };
}

function textOf(file: string): string {
  return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
}

function tasksIn(file: string, bad: BadInput[]): z.infer<typeof ReferenceTasks> | null {
  const tasks = jsonIn(file, ReferenceTasks, FORM, bad);
  if (tasks?.heldOn === null && tasks.tasks.some(({ due }) => due !== null)) {
    bad.push({
      file,
      problem: "a task has a date, and nobody knows when the meeting was.",
      remedy: "Add “heldOn”: dates said aloud are counted from that day.",
    });
  }
  return tasks;
}

/** Reads a file if it is there; null, with the reason in `bad`, where it is not as it should be. */
function jsonIn<T>(file: string, schema: z.ZodType<T>, remedy: string, bad: BadInput[]): T | null {
  if (!existsSync(file)) return null;
  let value: unknown;
  try {
    value = JSON.parse(textOf(file));
  } catch {
    bad.push({ file, problem: "it is no JSON.", remedy });
    return null;
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) bad.push({ file, problem: "it has another form.", remedy });
  return parsed.data ?? null;
}

const FORM =
  'Write { "heldOn": "YYYY-MM-DD", "tasks": [{ "title": …, "owner": name or null, "due": "YYYY-MM-DD" or null }] }.';

function strangersIn(tasks: readonly ReferenceTask[], { people }: MeetingSnapshot): Omit<BadInput, "file">[] {
  const strangers = tasks.flatMap(({ owner }) =>
    owner !== null && !people.some(({ name }) => name === owner) ? [owner] : [],
  );
  return [...new Set(strangers)].map((owner) => ({
    problem: `“${owner}” owns a task and says nothing in the meeting.`,
    remedy: "Write the name as it stands before the colon.",
  }));
}

const NOON = "T12:00:00Z";
const EVERY_MS = 15_000;

/**
 * Reads a meeting: each line is an utterance; lines of one person in a row are a turn; a line that begins with # begins
 * a circle with its theme.
 */
function meetingFrom(name: string, text: string, heldOn: string | null) {
  const startedAt = Date.parse(`${heldOn ?? "2026-01-05"}${NOON}`);
  const bad: Omit<BadInput, "file">[] = [];
  const themes: string[] = [];
  const utterances: Utterance[] = [];
  const lines = new Map<number, string>();
  let speaker = "";
  let turn = 0;
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    if (line.startsWith("#")) {
      themes.push(line.replace(/^#+\s*/, ""));
      speaker = "";
      continue;
    }
    const colon = line.indexOf(":");
    const [who, said] = colon < 0 ? ["", ""] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    if (said === "" || who === "" || who.length > 80) {
      bad.push({ problem: `line ${at + 1} is no “Name: what was said”.`, remedy: "Write it so, or take it out." });
      continue;
    }
    if (themes.length === 0) themes.push("");
    if (who !== speaker) turn += 1;
    speaker = who;
    const piece = utterances.filter((utterance) => utterance.turn === turn).length + 1;
    const begins = startedAt + utterances.length * EVERY_MS;
    lines.set(at + 1, `${turn}.${piece}`);
    utterances.push({
      id: `${turn}.${piece}`,
      turn,
      circle: themes.length - 1,
      // A name stands for its person here.
      speaker: who as ParticipantId,
      startedAt: begins,
      endedAt: begins + EVERY_MS,
      language: null,
      text: said,
      segments: [{ kind: "speech", text: said }],
      engine: { id: "written", model: "" },
    });
  }
  if (utterances.length === 0 && bad.length === 0)
    bad.push({ problem: "nothing is said in it.", remedy: "Write a line “Name: what was said” for each utterance." });
  return { bad, lines, meeting: snapshot(name, utterances, themes, startedAt), record: record(utterances) };
}

function record(utterances: readonly Utterance[]): MeetingRecord {
  const turns = [...Map.groupBy(utterances, ({ turn }) => turn)].map(([id, [first, ...rest]]) => ({
    id,
    circle: first!.circle,
    speaker: first!.speaker,
    startedAt: first!.startedAt,
    endedAt: (rest.at(-1) ?? first!).endedAt,
    spokenMs: (1 + rest.length) * EVERY_MS,
    reason: "passed",
    heard: true,
  }));
  return { version: 1, utterances: [...utterances], comments: [], turns, minutes: [], remaking: [], corrections: [] };
}

function snapshot(
  name: string,
  utterances: readonly Utterance[],
  themes: readonly string[],
  startedAt: number,
): MeetingSnapshot {
  const people = [...new Set(utterances.map(({ speaker }) => speaker))];
  const cyrillic = utterances.filter(({ text }) => /\p{Script=Cyrillic}/u.test(text)).length > utterances.length / 2;
  return {
    format: 1,
    id: `mwritten${name.length}` as MeetingId,
    roomId: RoomId.parse("!written"),
    version: 1,
    at: startedAt,
    phase: "ended",
    paused: false,
    scenario: { id: "written", title: name },
    topic: "",
    language: cyrillic ? "ru" : "en",
    keeper: null,
    people: people.map((id) => ({ id, name: id, presence: "left", spokenMs: 0 })),
    circles: themes.map((theme, index) => ({
      index,
      kind: "statement",
      theme,
      secondsPerTurn: 60,
      status: "done",
      round: 1,
      stances: [],
      texts: [],
    })),
    circle: null,
    stage: null,
    stageEndsAt: null,
    wrote: [],
    hands: [],
    unevenness: null,
    rules: { extension: "keeper", skip: "self" },
    ring: [],
    done: [],
    returns: [],
    turn: null,
    next: null,
    nextCircleAt: null,
    startedAt,
    endedAt: startedAt + utterances.length * EVERY_MS,
  };
}
