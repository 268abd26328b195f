import { turnOf } from "./circle/meeting.ts";
import { afterEach, expect, test, vi } from "vitest";
import { council } from "../tests/support/circle/play.ts";
import { steadyClock } from "./clock.ts";
import { openDatabase } from "./store/database.ts";
import { Journal } from "./journal/journal.ts";
import { Meetings } from "./journal/meetings.ts";
import { madeActor } from "../tests/support/protocol/made-actor.ts";
import { personId, roomId } from "../tests/support/protocol/ids.ts";

const HOUR = 3600_000;
const NOON = Date.parse("2026-03-02T12:00:00Z");
const ROOM = roomId("!room:hs");

afterEach(() => void vi.useRealTimers());

test("a clock that is set back while the service runs changes nothing", () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOON });
  const { now } = steadyClock();
  const before = now();
  vi.setSystemTime(NOON - HOUR);
  expect(now() - before).toBeGreaterThanOrEqual(0);
  expect(now() - before).toBeLessThan(HOUR / 60);
});

test("a clock that was set back while the service was away: the turn under way takes as long as was left of it, not an hour more", () => {
  vi.useFakeTimers({ now: NOON });
  const db = openDatabase(":memory:");
  const from = (clock: { now: () => number }) =>
    new Meetings({
      journal: new Journal(db),
      now: clock.now,
      languageOf: () => "en",
      onUnreadable: (_, error) => {
        throw error;
      },
    });
  const first = steadyClock();
  const before = from(first);
  const by = (name: string) => ({
    actor: madeActor(personId(`@${name}:hs`)),
    at: first.now(),
    expectedVersion: null,
  });
  for (const name of ["ann", "bob"]) before.send(ROOM, { type: "join", name, ...by(name) });
  before.send(ROOM, {
    type: "start",
    plan: council({ turnSeconds: 60, timeout: "pass" }),
    topic: "",
    seed: 1,
    ...by("ann"),
  });
  before.stop();

  vi.setSystemTime(NOON - HOUR);
  const again = steadyClock();
  const after = from(again);
  expect(again.notBefore(Math.max(...after.all().map(({ meeting }) => meeting.at)))).toBeGreaterThan(HOUR / 2);
  after.start();
  expect(turnOf(after.of(ROOM)?.meeting)?.speaker).toBe("@ann:hs");
  vi.advanceTimersByTime(70_000);
  expect(turnOf(after.of(ROOM)?.meeting)?.speaker).toBe("@bob:hs");
  after.stop();
});
