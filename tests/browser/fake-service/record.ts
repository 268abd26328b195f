import type {
  Comment,
  Growing,
  MadeBy,
  MeetingRecord,
  MinutesEntry,
  Segment,
} from "../../../appservice/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";
import { personId } from "../../support/protocol/ids.ts";

const SAID = [
  "I came with a bit of a cold, and with the plan for the beds by the fence. I would like us to decide today who waters in June.",
  "Я хочу сказать про компост: за зиму его стало вдвое больше, и нам нужна ещё одна куча. Я готова взять это на себя до конца апреля.",
  "For me it is simple. I cannot do Saturdays any more, but every other day is fine. Tom, could you take the key?",
  "",
  "I will write to the council about the water pipe by Friday, and bring the answer next time.",
];

/** A record that fits the meeting: what was said in its turns so far, and the minutes where they are due. */
export function recordOf(meeting: MeetingSnapshot, ended: boolean): MeetingRecord {
  const { at } = meeting;
  const turns = meeting.people.slice(0, 5).map(({ id }, index) => ({
    id: index + 1,
    circle: index < 3 ? 0 : 1,
    speaker: id,
    startedAt: at - 600_000 + index * 60_000,
    endedAt: at - 560_000 + index * 60_000,
    spokenMs: 40_000,
    reason: index === 3 ? "skipped" : index === 2 ? "time-up" : "passed",
    heard: ended || index < 4,
  }));
  const utterances = turns
    .filter((turn) => SAID[turn.id - 1])
    .map((turn) => ({
      id: `${turn.id}.1`,
      turn: turn.id,
      circle: turn.circle,
      speaker: turn.speaker,
      startedAt: turn.startedAt,
      endedAt: turn.endedAt,
      language: turn.id === 2 ? "ru" : "en",
      text: SAID[turn.id - 1] ?? "",
      segments: segmentsOf(turn.id),
      engine: { id: "whisper", model: "base" },
    }));
  return {
    version: 3 + turns.length,
    turns,
    utterances,
    comments: commentsIn(meeting),
    minutes: ended || meeting.phase === "between" ? minutes(meeting) : [],
    remaking: [],
    corrections: [],
    ...(ended || meeting.phase === "between" ? {} : { growing: growingIn(meeting) }),
  };
}

const TIMES = 24;

/** The same said over and over: 120 turns, and as many tasks and questions as such a meeting has. */
export function lengthened(record: MeetingRecord): MeetingRecord {
  const more = (round: number, id: number) => round * 100 + id;
  const rounds = Array.from({ length: TIMES }, (_, round) => round);
  return {
    ...record,
    turns: rounds.flatMap((round) => record.turns.map((turn) => ({ ...turn, id: more(round, turn.id) }))),
    utterances: rounds.flatMap((round) =>
      record.utterances.map((each) => ({ ...each, id: `${more(round, each.turn)}.1`, turn: more(round, each.turn) })),
    ),
    comments: rounds.flatMap((round) =>
      record.comments.map((each) => ({
        ...each,
        id: `${each.id}-${round}`,
        turn: each.turn === null ? null : more(round, each.turn),
      })),
    ),
    minutes: record.minutes.map((entry) => ({ ...entry, result: grown(entry.result) })),
  };
}

function grown(result: MinutesEntry["result"]): MinutesEntry["result"] {
  const often = <T extends { id: string }>(items: T[]) =>
    Array.from({ length: 10 }, (_, round) => items.map((item) => ({ ...item, id: `${item.id}-${round}` }))).flat();
  switch (result.form) {
    case "tasks":
      return { ...result, tasks: often(result.tasks) };
    case "decisions":
      return { ...result, decisions: often(result.decisions) };
    case "questions":
      return { ...result, questions: often(result.questions) };
    default:
      return result;
  }
}

/** The circle runs, and its first turns were heard. */
function growingIn({ circle }: MeetingSnapshot): Growing[] {
  const sentences = [
    { text: "I would like us to decide today who waters in June.", from: ["1.1"] },
    { text: "За зиму его стало вдвое больше, и нам нужна ещё одна куча.", from: ["2.1"] },
  ];
  return [
    { plugin: "circle-summary", about: { kind: "circle", circle: circle ?? 0 }, method: "highlights", sentences },
  ];
}

function segmentsOf(turn: number): Segment[] {
  const speech: Segment = { kind: "speech", text: SAID[turn - 1] ?? "" };
  if (turn === 1)
    return [
      speech,
      { kind: "command", text: "One more minute, please.", command: { type: "extend", seconds: 60 } },
      { kind: "command", text: "That's all from me.", command: { type: "pass" } },
    ];
  if (turn === 5)
    return [
      speech,
      {
        kind: "command",
        text: "Task: write to the council about the pipe.",
        command: { type: "task", text: "write to the council about the pipe", owner: null },
      },
    ];
  return [speech];
}

function commentsIn({ at, people }: MeetingSnapshot): Comment[] {
  const [, second, third] = people;
  if (!second || !third) return [];
  return [
    {
      id: "$c1",
      circle: 0,
      turn: 1,
      who: third.id,
      name: third.name,
      at: at - 590_000,
      text: "The fence needs a new post as well, see the photo above.",
    },
    {
      id: "$c2",
      circle: 1,
      turn: 4,
      who: personId("@guest:example.org"),
      name: "Guest",
      at: at - 380_000,
      text: "Могу помочь с кучей в субботу.",
    },
    { id: "$c3", circle: 0, turn: 2, who: second.id, name: second.name, at: at - 530_000, text: "📎" },
  ];
}

function minutes(meeting: MeetingSnapshot): MinutesEntry[] {
  const [first, second] = meeting.people;
  const by = (method: MadeBy["method"], model: string | null = null): MadeBy => ({
    plugin: "summary",
    version: "1",
    method,
    model,
    prompt: null,
    at: meeting.at,
  });
  const ofCircle: MinutesEntry[] = [
    {
      about: { kind: "circle", circle: 0 },
      madeBy: by("highlights"),
      result: {
        form: "summary",
        sentences: [
          { text: "I would like us to decide today who waters in June.", from: ["1.1"] },
          { text: "За зиму его стало вдвое больше, и нам нужна ещё одна куча.", from: ["2.1"] },
        ],
      },
    },
  ];
  if (first)
    ofCircle.push({
      about: { kind: "participant", circle: 0, participant: first.id },
      madeBy: by("highlights"),
      result: {
        form: "summary",
        sentences: [{ text: "I came with the plan for the beds by the fence.", from: ["1.1"] }],
      },
    });
  if (meeting.phase !== "ended") return ofCircle;
  return [
    {
      about: { kind: "meeting" },
      madeBy: by("llm", "qwen2.5-7b"),
      result: {
        form: "summary",
        sentences: [
          { text: "The group shares the watering by weekday; nobody waters alone on Saturdays.", from: ["3.1"] },
          { text: "A second compost heap is built before May.", from: ["2.1"] },
        ],
      },
    },
    {
      about: { kind: "meeting" },
      madeBy: by("rules"),
      result: {
        form: "tasks",
        tasks: [
          {
            id: "t1",
            title: "Write to the council about the water pipe",
            owner: first?.id ?? null,
            due: "2026-11-27",
            from: ["5.1"],
            status: "suggested",
          },
          {
            id: "t2",
            title: "Взять на себя вторую компостную кучу",
            owner: second?.id ?? null,
            due: "2027-04-30",
            from: ["2.1"],
            status: "suggested",
          },
          { id: "t3", title: "Take the key", owner: null, due: null, from: ["3.1"], status: "done" },
        ],
      },
    },
    {
      about: { kind: "meeting" },
      madeBy: by("rules"),
      result: {
        form: "decisions",
        decisions: [
          {
            id: "d1",
            text: "We water by weekday, two people a day.",
            from: ["1.1"],
            confirmedBy: first?.id ?? null,
            status: "confirmed",
          },
          {
            id: "d2",
            text: "Договорились, что вторая куча будет у северного забора.",
            from: ["2.1"],
            confirmedBy: null,
            status: "suggested",
          },
        ],
      },
    },
    {
      about: { kind: "meeting" },
      madeBy: by("rules"),
      result: {
        form: "questions",
        questions: [
          {
            id: "q1",
            text: "Who keeps the key to the shed while Tom is away?",
            from: ["3.1"],
            confirmedBy: null,
            status: "suggested",
            answeredIn: [],
          },
          {
            id: "q2",
            text: "Когда привезут доски?",
            from: ["2.1"],
            confirmedBy: null,
            status: "answered",
            answeredIn: ["5.1"],
          },
        ],
      },
    },
    ...(first
      ? [
          {
            about: { kind: "person" as const, participant: first.id },
            madeBy: by("highlights"),
            result: {
              form: "summary" as const,
              sentences: [{ text: "I would like us to decide today who waters in June.", from: ["1.1"] }],
            },
          },
        ]
      : []),
    ...ofCircle,
  ];
}
