import { expect, test } from "vitest";
import { council } from "../../tests/support/circle/play.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { personId, roomId } from "../../tests/support/protocol/ids.ts";
import { Journal } from "../journal/journal.ts";
import { Meetings } from "../journal/meetings.ts";
import { trialsIn } from "../journal/trials.ts";
import { meetingGetsItsSet } from "./meeting-gets-its-set.ts";
import type { MinutesEntry } from "../protocol/meeting-record.ts";
import { openDatabase } from "../store/database.ts";
import { Experiments } from "../experiments/options.ts";
import { ServedSets } from "../experiments/served-sets.ts";

const ROOM = roomId("!room");
const SHORTER = { id: "shorter", between: ["standard", "short"] };
const NOTE: MinutesEntry = {
  about: { kind: "meeting" },
  result: { form: "note", title: "Note", text: "A note" },
  madeBy: { plugin: "note", version: "1", method: "rules", model: null, prompt: null, at: 1 },
};

/** A service that can be stopped and started with another file, on the same journal. */
function house() {
  const db = openDatabase(":memory:");
  let at = 1_000_000;
  const now = () => at;
  const person = {
    actor: madeActor(personId("@ann:hs"), { moderates: true, door: "chat" }),
    expectedVersion: null,
  } as const;
  const start = (file: unknown) => {
    const gone: string[] = [];
    const onUnreadable = (_: string, error: Error) => {
      throw error;
    };
    const meetings = new Meetings({ journal: new Journal(db), now, languageOf: () => "en", onUnreadable });
    const sets = new ServedSets({
      experiments: Experiments.parse(file ?? {}),
      trialsIn: (room) => trialsIn(db, room),
      now,
      onGone: (set) => void gone.push(set),
    });
    meetingGetsItsSet({ sets: file === null ? null : sets, meetings, now });
    const served = () => meetings.of(ROOM)?.record.served;
    return {
      gone,
      served,
      serves: () => sets.of(meetings.of(ROOM)!),
      shows: async () => {
        meetings.note(meetings.of(ROOM)!.meeting.id, { type: "minutes-made", entry: NOTE });
        await Promise.resolve();
      },
      begin: async () => {
        at += 60_000;
        meetings.send(ROOM, { type: "join", name: "Ann", ...person, at });
        meetings.send(ROOM, { type: "start", plan: council(), topic: "", seed: 1, ...person, at });
        await Promise.resolve();
        return served()?.chosen;
      },
      end: () => void meetings.send(ROOM, { type: "end", ...person, at: (at += 1_000) }),
    };
  };
  return { db, start };
}

test("each two meetings of a room in an experiment get both of its sets, whatever restarts lie between them", async () => {
  const { start } = house();
  const sets: string[] = [];
  for (let i = 0; i < 6; i++) {
    const service = start({ sets: { short: {} }, experiments: [SHORTER] });
    sets.push((await service.begin())?.set ?? "none");
    service.end();
  }
  for (const block of [0, 2, 4]) expect(sets.slice(block, block + 2).sort()).toEqual(["short", "standard"]);
});

test("a meeting keeps its set over a restart with another file, and one whose set is gone is told of and served as configured", async () => {
  const { start } = house();
  const before = start({ sets: { short: {} }, default: "short" });
  expect(await before.begin()).toEqual({ set: "short", by: "default" });

  const changed = start({ sets: { short: {}, long: {} }, default: "long" });
  await Promise.resolve();
  expect([changed.served()?.chosen.set, changed.serves()]).toEqual(["short", "short"]);

  const without = start({ sets: { long: {} }, default: "long" });
  expect([without.serves(), without.serves(), without.gone]).toEqual(["standard", "standard", ["short"]]);
});

test("a meeting that began before there were sets gets one at the next start, and one that is over gets none", async () => {
  const { start } = house();
  const before = start(null);
  await before.begin();
  expect(before.served()).toBeNull();
  const after = start({ sets: { short: {} }, default: "short" });
  await Promise.resolve();
  expect(after.served()?.chosen.set).toBe("short");

  const other = house();
  const past = other.start(null);
  await past.begin();
  past.end();
  const later = other.start({ sets: { short: {} }, default: "short" });
  await Promise.resolve();
  expect(later.served()).toBeNull();
});

test("an entry of the journal that cannot be read does not keep the next meeting from its set", async () => {
  const { db, start } = house();
  const service = start({ sets: { short: {} }, experiments: [SHORTER] });
  const first = await service.begin();
  service.end();
  db.exec("INSERT INTO events (meeting, seq, kind, body) SELECT id, 1000, 'record', 'no JSON' FROM meetings");
  const second = await service.begin();
  expect([first?.trial?.block, second?.trial?.block]).toEqual([0, 0]);
  expect(first?.set).not.toBe(second?.set);
});

test("that people saw results of a set is noted once, with the first result that stands in the record", async () => {
  const service = house().start({ sets: { short: {} }, experiments: [SHORTER] });
  await service.begin();
  expect(service.served()?.shownAt).toBeNull();
  await service.shows();
  const { shownAt } = service.served() ?? {};
  expect(shownAt).toEqual(expect.any(Number));
  await service.shows();
  expect(service.served()?.shownAt).toBe(shownAt);
});
