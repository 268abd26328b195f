import fc from "fast-check";
import { council, Play } from "../circle/play.ts";
import type { Meeting } from "../../../appservice/circle/meeting.ts";
import type { Correction } from "../../../appservice/protocol/correction.ts";
import type { About, MinutesEntry, MinutesResult } from "../../../appservice/protocol/meeting-record.ts";
import { entryId } from "../../../appservice/protocol/minutes-key.ts";
import { madeActor } from "../protocol/made-actor.ts";
import { type Corrector, decideRecord, type RecordCommand } from "../../../appservice/record/decide.ts";
import type { RecordEvent } from "../../../appservice/record/event.ts";
import { evolveRecord } from "../../../appservice/record/evolve.ts";
import { EMPTY_RECORD, type RecordState } from "../../../appservice/record/state.ts";
import { personId } from "../protocol/ids.ts";

/** Ann keeps the meeting; all three sit in it. */
export const MEETING: Meeting = new Play()
  .gather("ann", "bob", "tom")
  .start("ann", council({ circles: [{ theme: "Tea?" }] })).state;

const person = fc.constantFrom(...["@ann:hs", "@bob:hs", "@tom:hs"].map(personId));
const spoken = fc.constantFrom<string>("1.1", "1.2", "2.1", "3.1", "3.2");
const typed = fc.constantFrom<string>("$a", "$b", "$c");
const edit = fc.constantFrom<string>("$edit1", "$edit2", "$edit3");
const text = fc.constantFrom<string>("I like tea.", "Roofs, not roses.", "x", "");
const words = fc.constantFrom<string>("I like tea.", "Roofs, not roses.", "x");
const at = fc.integer({ min: 1, max: 100 });
const turn = fc.integer({ min: 1, max: 3 });
const about: fc.Arbitrary<About> = fc.constantFrom<About>(
  { kind: "meeting" },
  { kind: "circle", circle: 0 },
  { kind: "person", participant: personId("@bob:hs") },
);
const from = fc.uniqueArray(fc.oneof(spoken, typed), { minLength: 1, maxLength: 2 });
const item = { id: fc.constantFrom<string>("i1", "i2"), from, confirmedBy: fc.constant(null) };

const result: fc.Arbitrary<MinutesResult> = fc.oneof(
  fc.record({
    form: fc.constant("summary" as const),
    sentences: fc.array(fc.record({ text: words, from }), { maxLength: 2 }),
  }),
  fc.record({
    form: fc.constant("tasks" as const),
    tasks: fc.uniqueArray(
      fc.record({
        id: item.id,
        title: words,
        owner: fc.option(person),
        due: fc.constant(null),
        from,
        status: fc.constantFrom("suggested" as const, "open" as const),
      }),
      { selector: ({ id }) => id, maxLength: 2 },
    ),
  }),
  fc.record({
    form: fc.constant("decisions" as const),
    decisions: fc.uniqueArray(fc.record({ ...item, text: words, status: fc.constant("suggested" as const) }), {
      selector: ({ id }) => id,
      maxLength: 2,
    }),
  }),
  fc.record({
    form: fc.constant("questions" as const),
    questions: fc.uniqueArray(
      fc.record({
        ...item,
        text: words,
        status: fc.constant("open" as const),
        answeredIn: fc.array(spoken, { maxLength: 1 }),
      }),
      { selector: ({ id }) => id, maxLength: 2 },
    ),
  }),
  fc.record({ form: fc.constant("note" as const), title: words, text: words }),
);

const entry: fc.Arbitrary<MinutesEntry> = fc
  .record({ about, result, at })
  .map(({ about: of, result: made, at: when }) => ({
    about: of,
    result: made,
    madeBy: { plugin: made.form, version: "1", method: "rules", model: null, prompt: null, at: when },
  }));

const event: fc.Arbitrary<RecordEvent> = fc.oneof(
  fc.record({ id: spoken, speaker: person, text: words, at }).map(
    ({ id, speaker, text: said, at: when }): RecordEvent => ({
      type: "utterance-heard",
      utterance: {
        id,
        turn: Number(id[0]),
        circle: 0,
        speaker,
        startedAt: when,
        endedAt: when + 1,
        language: "en",
        text: said,
        segments: [{ kind: "speech", text: said }],
        engine: { id: "e", model: "m" },
      },
    }),
  ),
  fc.record({ type: fc.constant("turn-heard" as const), turn, complete: fc.boolean() }),
  fc.record({ type: fc.constant("turn-waits" as const), turn }),
  fc.record({ id: typed, who: person, text: words, at }).map(
    ({ id, who, text: said, at: when }): RecordEvent => ({
      type: "comment-made",
      comment: { id, circle: 0, turn: 1, who, name: who, at: when, text: said },
    }),
  ),
  fc.record({ type: fc.constant("comment-waits" as const), id: typed, who: person, circle: fc.constant(0), turn }),
  fc.record({ type: fc.constant("comment-dropped" as const), id: typed }),
  fc.record({ type: fc.constant("comment-edited" as const), id: typed, text, edit, at }),
  fc.record({ type: fc.constant("comment-edit-removed" as const), edit }),
  fc.record({ type: fc.constant("comment-removed" as const), id: typed, by: person, at }),
  fc.record({ type: fc.constant("command-taken-back" as const), message: typed }),
  fc.record({ type: fc.constant("minutes-made" as const), entry }),
  fc.record({ type: fc.constant("minutes-failed" as const), plugin: fc.constant("tasks"), about, error: words }),
  fc.record({
    type: fc.constant("spoke-out-of-turn" as const),
    at,
    who: person,
    what: fc.constantFrom("unmuted-out-of-turn" as const, "sound-withheld" as const),
    circle: fc.constant(0),
    turn,
  }),
);

const who: fc.Arbitrary<Corrector> = fc
  .record({ id: person, moderates: fc.boolean(), at })
  .map(({ id, moderates, at: when }) => ({ actor: madeActor(id, { moderates }), at: when }));

type Asking = (record: RecordState) => RecordCommand;

/** Something asked of a record as it then is: a summary is named by what stands there. */
const command: fc.Arbitrary<Asking> = fc.oneof(
  fc
    .record({
      who,
      seen: fc.constantFrom(null, null, 0, 1),
      change: fc.oneof(
        fc.record({ of: fc.constant("utterance" as const), id: spoken, text }),
        fc.record({ of: fc.constant("task" as const), id: item.id, title: words }),
        fc.record({
          of: fc.constant("task" as const),
          id: item.id,
          owner: fc.option(person),
          status: fc.constantFrom("open" as const, "done" as const),
        }),
        fc.record({ of: fc.constant("decision" as const), id: item.id, text: words }),
        fc.record({
          of: fc.constant("question" as const),
          id: item.id,
          status: fc.constantFrom("open" as const, "dropped" as const),
        }),
      ),
    })
    .map(
      ({ who: asks, seen, change }): Asking =>
        () => ({
          type: "correct" as const,
          ...asks,
          seen,
          change: change as Correction,
        }),
    ),
  fc.record({ who, sentences: fc.array(words, { maxLength: 2 }) }).map(
    ({ who: asks, sentences }): Asking =>
      (record) => {
        const made = record.minutes.find((each) => each.result.form === "summary");
        const change = { of: "summary" as const, id: made ? entryId(made) : "none", sentences };
        return { type: "correct" as const, ...asks, seen: null, change };
      },
  ),
  who.map(
    (asks): Asking =>
      () => ({ type: "redo" as const, forms: null, ...asks, door: "widget" as const }),
  ),
  at.map(
    (when): Asking =>
      (record) => ({ type: "refresh" as const, outdated: record.minutes, at: when }),
  ),
);

export type Step = { readonly event: RecordEvent } | { readonly command: Asking };

/** Things that happen to a record, and that people ask of it, in any order. */
export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: event.map((each) => ({ event: each })) },
    { weight: 2, arbitrary: command.map((each) => ({ command: each })) },
  ),
  { maxLength: 60, size: "max" },
);

/**
 * Events of these steps, and the record before the first and after each of them. `asked`: told of each command that was
 * accepted.
 */
export function recordOfSteps(
  all: readonly Step[],
  asked: (
    command: RecordCommand,
    before: RecordState,
    events: readonly RecordEvent[],
    after: RecordState,
  ) => void = () => {},
): { readonly events: readonly RecordEvent[]; readonly states: readonly RecordState[] } {
  const events: RecordEvent[] = [];
  const states = [EMPTY_RECORD];
  for (const step of all) {
    const before = states.at(-1) ?? EMPTY_RECORD;
    const wanted = "event" in step ? null : step.command(before);
    const ruling = wanted && decideRecord({ meeting: MEETING, record: before }, wanted);
    const happened = "event" in step ? [step.event] : ruling?.accepted ? ruling.events : [];
    for (const each of happened) {
      states.push(evolveRecord(states.at(-1) ?? EMPTY_RECORD, each));
      events.push(each);
    }
    if (wanted && ruling?.accepted) asked(wanted, before, happened, states.at(-1) ?? EMPTY_RECORD);
  }
  return { events, states };
}
