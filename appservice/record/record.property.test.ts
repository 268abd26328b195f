import fc from "fast-check";
import { expect, test } from "vitest";
import { decideRecord } from "./decide.ts";
import { RecordEvent } from "./event.ts";
import { evolveRecord, replayRecord } from "./evolve.ts";
import { decisionIn, questionIn, taskIn } from "./found-items.ts";
import { entryId } from "../protocol/minutes-key.ts";
import type { Correction } from "../protocol/correction.ts";
import { EMPTY_RECORD, type RecordState } from "./state.ts";
import { frozen } from "../../tests/support/record/frozen.ts";
import { MEETING, recordOfSteps, steps } from "../../tests/support/record/random-records.ts";
import { recordForMinutes, recordOf } from "./view.ts";

test("what happens to a record never changes the record that was there before it", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const { events } = recordOfSteps(all);
      let record = frozen(structuredCopy(EMPTY_RECORD));
      for (const event of events) record = frozen(evolveRecord(record, frozen(structuredClone(event))));
      expect(record.version).toBe(events.length);
    }),
  );
});

test("a record that is looked at and asked for something stays as it is", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const { states } = recordOfSteps(all);
      for (const record of states.map(frozen)) {
        recordOf(MEETING, record);
        recordForMinutes(MEETING, record);
        decideRecord({ meeting: MEETING, record }, { type: "refresh", outdated: record.minutes, at: 1 });
      }
    }),
    { numRuns: 30 },
  );
});

test("each state of a record, long after it was the newest, is what its events fold to, read from a journal", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const { events, states } = recordOfSteps(all);
      const journal = events.map((event) => RecordEvent.parse(JSON.parse(JSON.stringify(event))));
      for (const [length, state] of states.entries()) expect(state).toEqual(replayRecord(journal.slice(0, length)));
    }),
    { numRuns: 50 },
  );
});

test("each correction that was accepted is read in the record, noted with what stood there, and asked once", () => {
  fc.assert(
    fc.property(steps, (all) => {
      recordOfSteps(all, (command, before, events, after) => {
        if (command.type !== "correct") return;
        const [event] = events;
        if (event?.type === "corrected") {
          expect(after.corrections.at(-1)).toMatchObject({
            of: command.change.of,
            id: command.change.id,
            by: command.actor.id,
          });
          expect(after.corrections.length).toBe(before.corrections.length + 1);
          expect(isSo(after, command.change)).toBe(true);
          expect(
            isSo(before, command.change) && factsOf(before, command.change) === factsOf(after, command.change),
          ).toBe(false);
        }
        const again = decideRecord({ meeting: MEETING, record: after }, { ...command, seen: null });
        // A person who took a task that was nobody's and gave it away has no say in it any more.
        expect(again.accepted ? again.events : again.refusal.code).toEqual(
          again.accepted ? [] : "not-yours-to-correct",
        );
      });
    }),
  );
});

/** Things without their prototypes would not be what they are: the empty record is made anew instead. */
function structuredCopy(record: RecordState): RecordState {
  return { ...record };
}

/** Tells whether the record shows what somebody asked for. */
function isSo(record: RecordState, change: Correction): boolean {
  switch (change.of) {
    case "utterance":
      return record.utterances.find(({ id }) => id === change.id)?.text === change.text;
    case "summary": {
      const made = record.minutes.find((entry) => entry.result.form === "summary" && entryId(entry) === change.id);
      return (
        made?.result.form === "summary" &&
        made.result.sentences.map(({ text }) => text).join("\n") === change.sentences.join("\n")
      );
    }
    default: {
      const { of: _, id: __, ...facts } = change;
      const item: Readonly<{ [fact: string]: unknown }> = { ...itemOf(record, change) };
      return Object.entries(facts).every(([fact, value]) => item[fact] === value);
    }
  }
}

function factsOf(record: RecordState, change: Correction): string {
  return JSON.stringify(change.of === "utterance" || change.of === "summary" ? change : itemOf(record, change));
}

function itemOf({ minutes }: RecordState, { of, id }: Pick<Correction, "of" | "id">) {
  return (of === "task" ? taskIn : of === "decision" ? decisionIn : questionIn)(minutes, id)?.item ?? {};
}
