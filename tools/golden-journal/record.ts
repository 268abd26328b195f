import { id } from "../../tests/support/circle/play.ts";
import type { RecordEvent } from "../../appservice/record/event.ts";
import { SetName } from "../../appservice/protocol/chosen-set.ts";
import type { Correction } from "../../appservice/protocol/correction.ts";
import type { About, MinutesResult, Segment } from "../../appservice/protocol/meeting-record.ts";
import { Quarter } from "../../appservice/protocol/account.ts";
import { POT_WAITS_MS } from "../../appservice/protocol/pot.ts";
import { entryId } from "../../appservice/protocol/minutes-key.ts";

const [ANN, BOB] = [id("ann"), id("bob")];
const CIRCLE: About = { kind: "circle", circle: 0 };
const ABOUTS: readonly About[] = [
  CIRCLE,
  { kind: "meeting" },
  { kind: "turn", circle: 0, turn: 1, participant: ANN },
  { kind: "participant", circle: 0, participant: ANN },
  { kind: "person", participant: BOB },
];
const FOUND = { text: "Buy milk", from: ["1.1"], confirmedBy: null };
const RESULTS: readonly MinutesResult[] = [
  { form: "summary", sentences: [{ text: "Tea is hot.", from: ["1.1"], section: "Tea" }] },
  {
    form: "tasks",
    tasks: [{ id: "t1", title: "Buy milk", owner: BOB, due: "2026-12-01", from: ["1.1"], status: "open" }],
  },
  { form: "decisions", decisions: [{ id: "d1", ...FOUND, status: "suggested" }] },
  { form: "questions", questions: [{ id: "q1", ...FOUND, status: "open", answeredIn: ["2.1"] }] },
  { form: "note", title: "Note", text: "A note" },
  { form: "graph", same: [{ nodes: ["1.1", "2.1"], likeness: 0.9 }] },
];

const SEGMENTS: readonly Segment[] = [
  { kind: "speech", text: "Tea is hot" },
  { kind: "command", text: "pass", startedAt: 5, endedAt: 6, command: { type: "pass" } },
  { kind: "command", text: "more", command: { type: "extend", seconds: 30 } },
  { kind: "command", text: "word to Bob", command: { type: "give-word", to: BOB } },
  { kind: "command", text: "a hand", command: { type: "raise-hand", hand: "reply" } },
  { kind: "command", text: "task", command: { type: "task", text: "Buy milk", owner: BOB } },
  { kind: "command", text: "decision", command: { type: "decision", text: "Milk" } },
];

const MADE_ANEW = { plugin: "summary", version: "1", method: "llm", model: "m", prompt: "p1", at: 1_000_400 } as const;

/** Record events that may come out of a meeting, each kind at least once. */
export function eventfulRecord(): RecordEvent[] {
  return [...heard(), ...typed(), ...made(), ...corrected(), ...credited(), ...served(), ...takenBack()];
}

/** The set of plugins that serves the meeting, and a result of it. */
function served(): RecordEvent[] {
  const [short, digest] = [SetName.parse("short"), "0123456789ab"];
  const trial = { experiment: "shorter", arm: 1, block: 0, digest } as const;
  return [
    { type: "set-chosen", at: 1_000_600, chosen: { set: short, by: "experiment", trial } },
    {
      type: "minutes-made",
      entry: {
        about: CIRCLE,
        result: { form: "note", title: "Note", text: "A note" },
        madeBy: { plugin: "note", version: "1", method: "rules", model: null, prompt: null, set: short, at: 1_000_610 },
      },
      basis: 0,
    },
    { type: "set-shown", at: 1_000_620 },
  ];
}

function heard(): RecordEvent[] {
  const engine = { id: "sherpa", model: "base" };
  const spoken = (turn: number, n: number): RecordEvent => ({
    type: "utterance-heard",
    afterMs: 900 + n,
    utterance: {
      id: `${turn}.${n}`,
      turn,
      circle: 0,
      speaker: turn === 1 ? ANN : BOB,
      startedAt: 1_000_000 + n,
      endedAt: 1_000_500 + n,
      language: n === 1 ? "en" : null,
      text: "Tea is hot",
      ...(n === 1 ? { places: [{ letter: 0, ms: 20 }] } : {}),
      segments: n === 1 ? [...SEGMENTS] : [],
      engine,
    },
  });
  return [
    spoken(1, 2),
    spoken(1, 1),
    { type: "turn-waits", turn: 1 },
    { type: "turn-heard", turn: 1, complete: true },
    spoken(2, 1),
    { type: "turn-heard", turn: 2, complete: false, unheardSeconds: 1.5 },
    { type: "spoke-out-of-turn", at: 1_000_000, who: BOB, what: "sound-withheld", circle: 0, turn: 2 },
    { type: "spoke-out-of-turn", at: 1_000_000, who: BOB, what: "unmuted-out-of-turn", circle: null },
  ];
}

function typed(): RecordEvent[] {
  const comment = (n: number, turn: number | null): RecordEvent => ({
    type: "comment-made",
    comment: { id: `$c${n}`, circle: 0, turn, who: BOB, name: "Bob", at: 1_000_000, text: `comment ${n}` },
  });
  return [
    { type: "comment-waits", id: "$c1", who: BOB, circle: 0, turn: 1 },
    comment(1, 1),
    { type: "comment-waits", id: "$c9", who: BOB, circle: 0, turn: null },
    { type: "comment-dropped", id: "$c9" },
    comment(2, null),
    { type: "comment-edited", id: "$c1", text: "other words" },
    { type: "comment-edited", id: "$c2", text: "better words", edit: "$e1", at: 1_000_100 },
    { type: "comment-edited", id: "$c2", text: "best words", edit: "$e2", at: 1_000_200 },
  ];
}

function made(): RecordEvent[] {
  const entries = RESULTS.map((result, n) => ({
    about: ABOUTS[n % ABOUTS.length] ?? CIRCLE,
    result,
    madeBy: { plugin: result.form, version: "1", method: "rules" as const, model: null, prompt: null, at: 1_000_300 },
  }));
  const [first] = entries;
  return [
    ...entries.map((entry): RecordEvent => ({ type: "minutes-made", entry })),
    ...ABOUTS.map((about): RecordEvent => ({ type: "minutes-failed", plugin: "other", about, error: "no answer" })),
    { type: "minutes-redo", at: 1_000_350, by: ANN, results: ABOUTS.map((about) => ({ plugin: "summary", about })) },
    ...(first ? [{ type: "minutes-made" as const, entry: { ...first, madeBy: MADE_ANEW }, basis: 2 }] : []),
    ...entries.slice(1, 2).map((entry): RecordEvent => {
      return { type: "minutes-made", entry: { ...entry, madeBy: { ...entry.madeBy, withoutModel: "tokens-spent" } } };
    }),
    {
      type: "graph-drawn",
      drawn: {
        state: "f1",
        at: 1_000_400,
        counts: { participant: 2 },
        central: ["tea"],
        picture: { mxc: "mxc://hs/a", mimetype: "image/png", width: 10, height: 10, size: 100 },
      },
    },
    { type: "graph-drawn", drawn: { state: "f2", at: 1_000_410, counts: {}, central: [], picture: null } },
    {
      type: "graph-drawn",
      drawn: { state: "f3", at: 1_000_420, counts: {}, central: [], picture: null, failed: true },
    },
  ];
}

function corrected(): RecordEvent[] {
  const summary = entryId({ about: CIRCLE, madeBy: MADE_ANEW });
  const changes: readonly Correction[] = [
    { of: "utterance", id: "2.1", text: "Tea is cold" },
    { of: "summary", id: summary, sentences: ["Tea was hot."] },
    { of: "task", id: "t1", title: "Buy oat milk", owner: null, due: null, status: "done" },
    { of: "decision", id: "d1", text: "Oat milk", status: "confirmed" },
    { of: "question", id: "q1", text: "Which milk?", status: "answered" },
  ];
  return changes.map((change, n) => ({
    type: "corrected",
    at: 1_000_500 + n,
    by: BOB,
    name: "Bob",
    door: "chat",
    change,
  }));
}

/** Events that the ledger of contributions counts by. */
function credited(): RecordEvent[] {
  return [
    {
      type: "correction-confirmed",
      at: 1_000_510,
      by: ANN,
      door: "widget",
      of: "utterance",
      id: "2.1",
      corrections: 1,
    },
    {
      type: "pot-shown",
      at: 1_000_520,
      by: ANN,
      door: "chat",
      pot: {
        id: "p1",
        circle: 0,
        rule: "equal",
        unit: "EUR",
        amount: 100_000,
        quarter: Quarter.parse("2026-Q3"),
        shares: [
          { who: ANN, amount: 50_000 },
          { who: BOB, amount: 50_000 },
        ],
        countsAt: 1_000_520 + POT_WAITS_MS,
      },
    },
    { type: "pot-objected", at: 1_000_530, by: BOB, door: "chat", pot: "p1" },
  ];
}

function takenBack(): RecordEvent[] {
  return [
    { type: "comment-edit-removed", edit: "$e2" },
    { type: "comment-removed", id: "$c2" },
    { type: "comment-removed", id: "$c1", by: BOB, at: 1_000_600 },
    { type: "taken-back", id: "1.2", at: 1_000_700, by: ANN, name: "Ann", door: "widget" },
    { type: "command-taken-back", message: "$why" },
    { type: "words-erased", at: 1_000_800, who: id("eve") },
  ];
}
