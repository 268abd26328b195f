import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { CallNames } from "./call-names.ts";
import { openDatabase } from "./database.ts";
import { personId, roomId } from "../../tests/support/protocol/ids.ts";

const room = roomId("!council:x");

function names(db = openDatabase(":memory:"), now = () => 1_000_000) {
  return {
    db,
    names: new CallNames({
      db,
      now,
      onNotKept: (error) => {
        throw error;
      },
    }),
  };
}

test("a room's call has the room's name until somebody is put out of it, then another each time", () => {
  const { names: calls } = names();
  expect(calls.of(room)).toBe(room);
  expect(calls.placeOf(room)).toBe(room);
  expect(calls.renew(room)).toBe(room);
  const second = calls.of(room);
  expect(calls.renew(room)).toBe(second);
  expect(new Set([room, second, calls.of(room)]).size).toBe(3);
  expect(calls.of(room)).not.toContain("council");
});

test("what a given-up name is told of is no room's, and nobody else's name is ours", () => {
  const { names: calls } = names();
  calls.renew(room);
  const second = calls.of(room);
  calls.renew(room);
  expect([room, second].map((name) => calls.placeOf(name))).toEqual([null, null]);
  expect(calls.placeOf(calls.of(room))).toBe(room);
  expect(calls.placeOf("somebody else's call")).toBeNull();
  expect(calls.givenUp()).toEqual([room, second]);
});

test("who was handed a token is known, for the present name alone", () => {
  const { names: calls } = names();
  calls.admit(room, personId("@ann:x"));
  expect([calls.mayHaveToken(room, personId("@ann:x")), calls.mayHaveToken(room, personId("@bob:x"))]).toEqual([
    true,
    false,
  ]);
  calls.renew(room);
  expect(calls.mayHaveToken(room, personId("@ann:x"))).toBe(false);
});

test("all of it is known after a restart, and after a day what was given up is forgotten", () => {
  const { db, names: before } = names();
  before.renew(room);
  before.admit(room, personId("@ann:x"));
  const { names: after } = names(db);
  expect(after.of(room)).toBe(before.of(room));
  expect(after.givenUp()).toEqual([room]);
  expect(after.placeOf(room)).toBeNull();
  expect(after.mayHaveToken(room, personId("@ann:x"))).toBe(true);
  const { names: later } = names(db, () => 1_000_000 + 25 * 3600_000);
  expect(later.givenUp()).toEqual([]);
  expect(later.of(room)).toBe(before.of(room));
});

test("with a disk that takes nothing, the call moves all the same", () => {
  const db = openDatabase(":memory:");
  const failures: unknown[] = [];
  const calls = new CallNames({ db, now: Date.now, onNotKept: (error) => failures.push(error) });
  db.exec("DROP TABLE call_tokens");
  calls.admit(room, personId("@ann:x"));
  calls.renew(room);
  expect(calls.of(room)).not.toBe(room);
  expect(failures).toHaveLength(2);
});

test("a name that could not be written down is written once it can, and holds after a restart", () => {
  const db = openDatabase(":memory:");
  let [isFull, failures] = [true, 0];
  db.function("written", () => {
    if (isFull) throw new Database.SqliteError("no space", "SQLITE_FULL");
    return 0;
  });
  db.exec("CREATE TEMP TRIGGER disk BEFORE INSERT ON call_names BEGIN SELECT written(); END");
  const before = new CallNames({ db, now: () => 1_000_000, onNotKept: () => void failures++ });
  before.renew(room);
  before.admit(room, personId("@ann:x"));
  before.renew(room);
  expect(failures).toBe(3);
  isFull = false;
  before.keepUnkept();
  const { names: after } = names(db);
  expect(after.of(room)).toBe(before.of(room));
  expect(after.givenUp().sort()).toEqual(before.givenUp().sort());
  expect(after.mayHaveToken(room, personId("@ann:x"))).toBe(false);
});

test("each ring of a room has a call of its own from the beginning, under one name also after a restart", () => {
  const { db, names: calls } = names();
  const [one, two] = [
    { room, ring: 1 },
    { room, ring: 2 },
  ];
  const known = [calls.of(one), calls.of(two), calls.of(room)];
  expect(new Set(known).size).toBe(3);
  expect(calls.placeOf(calls.of(two))).toEqual(two);
  calls.renew(one);
  const again = names(db).names;
  expect([again.of(one), again.of(two), again.of(room)]).toEqual([calls.of(one), calls.of(two), room]);
  expect(again.wasGivenUp(known[0] ?? "")).toBe(true);
});
