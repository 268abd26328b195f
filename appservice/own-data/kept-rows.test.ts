import { expect, test } from "vitest";
import { openDatabase } from "../store/database.ts";
import { meetingId, personId, roomId } from "../../tests/support/protocol/ids.ts";
import { Recordings } from "../store/recordings.ts";
import { keptRows, QUERIES } from "./kept-rows.ts";

/** Columns that name a person. */
const OF_PEOPLE = ["participant", "who", "sender", "made_by", "bound_by", "people"];
/** Tables that are read otherwise, or have nothing to tell. */
const ELSEWHERE = ["accesses"];

test("every table that names a person is in their archive", () => {
  const db = openDatabase(":memory:");
  const tables = db
    .prepare(
      `SELECT DISTINCT tables.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
       WHERE tables.type = 'table' AND columns.name IN (SELECT value FROM json_each(?))`,
    )
    .pluck()
    .all(JSON.stringify(OF_PEOPLE)) as string[];
  expect(tables.length).toBeGreaterThan(12);
  const read = new Set(
    [
      ...Object.values(QUERIES)
        .join("\n")
        .matchAll(/FROM (\w+)/g),
    ].map(([, table]) => table),
  );
  expect(tables.filter((table) => !ELSEWHERE.includes(table) && !read.has(table))).toEqual([]);
});

test("recordings that one is in are named, and those of others are not", () => {
  const db = openDatabase(":memory:");
  const [ann, room] = [personId("@ann:hs"), roomId("!garden:hs")];
  const recordings = new Recordings(db, 30);
  const recording = { target: "set", room, meeting: meetingId("mfirst00001"), at: 5 };
  recordings.note({ ...recording, file: "hers", people: [ann, personId("@bob:hs")] });
  recordings.note({ ...recording, file: "his", people: [personId("@bob:hs")] });
  expect(keptRows(db, room, ann)).toMatchObject({ recordings: [{ file: "hers", at: 5 }], erasures: [] });
});
