import { expect, test } from "vitest";
import { council, Play } from "../../tests/support/circle/play.ts";
import { meetingId, roomId } from "../../tests/support/protocol/ids.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { Journal } from "../journal/journal.ts";
import { openDatabase } from "../store/database.ts";
import { keptMeetings } from "./kept-meetings.ts";
import { outcomesOf } from "./outcomes.ts";

const ROOM = roomId("!room");

/**
 * A meeting that is over, in which texts were there so many milliseconds after they were said; null: that came late.
 */
async function delayIn(delays: readonly (number | null)[]): Promise<number | null | undefined> {
  const play = new Play().gather("ann", "bob").start("ann", council());
  const said = delays.map((afterMs, n): JournalEntry => {
    const utterance = {
      id: `1.${n + 1}`,
      turn: 1,
      circle: 0,
      speaker: play.state.people[0]!.id,
      startedAt: play.at + n,
      endedAt: play.at + n,
      language: "en",
      text: "said",
      segments: [],
      engine: { id: "e", model: "m" },
    };
    return { kind: "record", event: { type: "utterance-heard", utterance, ...(afterMs !== null && { afterMs }) } };
  });
  play.by("ann", "end");
  const circle = play.journal.map((event): JournalEntry => ({ kind: "circle", event }));
  const journal = new Journal(openDatabase(":memory:"));
  journal.append(meetingId(play.state.id), ROOM, 0, [...circle, ...said], play.at);
  for await (const kept of keptMeetings(journal, () => expect.unreachable()))
    return outcomesOf(kept, Number.MAX_SAFE_INTEGER)?.["text-delay"];
  return undefined;
}

test("it is told after how many seconds 95 of 100 pieces were text, and those that came late are left out", async () => {
  expect(await delayIn(Array.from({ length: 100 }, (_, n) => (n + 1) * 100))).toBe(9.5);
  expect(await delayIn([1_200, null, null])).toBe(1.2);
  expect(await delayIn([null])).toBeNull();
  expect(await delayIn([])).toBeNull();
});
