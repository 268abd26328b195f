import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { AssemblyEvent } from "../assembly/event.ts";
import { replayAssembly } from "../assembly/evolve.ts";
import { AssemblyId } from "../protocol/identity.ts";
import { openDatabase } from "../store/database.ts";
import { wordKeysOf } from "../store/word-keys.ts";
import { nextTurn } from "../time/time.ts";
import { roomId } from "../../tests/support/protocol/ids.ts";
import { AssemblyJournal } from "./assembly-journal.ts";

const ROOM = roomId("!room:hs");
const ID = AssemblyId.parse("atest00001");
const VERSIONS = ["0.4.0", "0.5.0", "0.6.0", "0.7.0", "0.8.0"] as const;
const NEWEST = "0.8.0";

type Version = (typeof VERSIONS)[number];

const linesOf = (version: Version) =>
  readFileSync(join(import.meta.dirname, "golden-assemblies", `${version}.jsonl`), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => z.object({ v: z.number(), event: z.looseObject({ type: z.string() }) }).parse(JSON.parse(line)));

function goldenJournal(version: Version) {
  const db = openDatabase(":memory:");
  db.prepare("INSERT INTO assemblies (id, room, opened) VALUES (?, ?, 0)").run(ID, ROOM);
  const insert = db.prepare("INSERT INTO assembly_events (assembly, seq, v, body) VALUES (?, ?, ?, ?)");
  for (const [seq, { v, event }] of linesOf(version).entries()) insert.run(ID, seq, v, JSON.stringify(event));
  return { db, journal: new AssemblyJournal(db) };
}

test.each(VERSIONS)("the assembly of the golden journal of %s is read as what it was", (version) => {
  const assembly = replayAssembly(goldenJournal(version).journal.read(ID));
  expect(assembly).toMatchObject({ phase: "ended", id: ID, roomId: ROOM, version: linesOf(version).length });
  if (assembly.phase !== "ended" || !assembly.past) throw new Error("it had begun");
  expect(assembly.past.map((round) => round.length)).toEqual([2, 2]);
  expect(assembly.past[0]?.[0]).toMatchObject({ number: 1, meeting: "mgolden0001" });
  expect(assembly.past[0]?.[0]?.delegate).toMatch(/^@p\d+:hs$/);
});

test("which groups gave their summary along is known of each part that they held", () => {
  const assembly = replayAssembly(goldenJournal("0.5.0").journal.read(ID));
  if (assembly.phase !== "ended") throw new Error("it is over");
  const given = assembly.held?.filter((ring) => ring.given).map(({ meeting }) => meeting);
  expect(given).toEqual(["mgolden0001", "mgolden0002"]);
});

test("of listeners who left before that was written nobody is said to have taken them out", () => {
  const byIn = (version: Version) =>
    goldenJournal(version)
      .journal.read(ID)
      .flatMap((event) => (event.type === "listener-left" ? [event.by] : []));
  expect(byIn("0.6.0")).toEqual([null]);
  expect(byIn("0.7.0")).toEqual(["@p1:hs"]);
});

test("every type of event stands there, and is written today as it stands", () => {
  const { journal } = goldenJournal(NEWEST);
  const types = new Set(linesOf(NEWEST).map(({ event }) => event.type));
  expect(AssemblyEvent.options.map(({ shape }) => shape.type.value).filter((type) => !types.has(type))).toEqual([]);
  const db = openDatabase(":memory:");
  new AssemblyJournal(db).append(ID, ROOM, journal.read(ID));
  const versions = db.prepare("SELECT v FROM assembly_events ORDER BY seq").pluck().all();
  const written = new AssemblyJournal(db).read(ID).map((event, i) => ({ v: versions[i], event }));
  expect(written).toEqual(linesOf(NEWEST));
});

test("words that stand in a journal from before are sealed, and go with whoever gave them", async () => {
  const { db, journal } = goldenJournal("0.5.0");
  const before = journal.read(ID);
  const bodies = () => db.prepare("SELECT group_concat(body) FROM assembly_events").pluck().get() as string;
  const [proposed] = before.flatMap((event) => (event.type === "topic-proposed" ? [event] : []));
  if (!proposed) throw new Error("somebody proposed a topic");
  expect(bodies()).toContain(`"${proposed.text}"`);
  db.prepare("INSERT INTO unsealed_assemblies (assembly) VALUES (?)").run(ID);
  await journal.words.sealOlder();
  expect(bodies()).not.toContain(`"${proposed.text}"`);
  expect(journal.read(ID)).toEqual(before);
  expect(db.prepare("SELECT * FROM unsealed_assemblies").all()).toEqual([]);
  const at = before.at(-1)?.at ?? 0;
  journal.append(ID, ROOM, [{ type: "words-erased", at, who: proposed.by }]);
  const memory = replayAssembly(journal.read(ID));
  await journal.words.erase(ID, proposed.by);
  expect(replayAssembly(journal.read(ID))).toEqual(memory);
  expect(JSON.stringify(journal.read(ID))).not.toContain(`"${proposed.text}"`);
});

/** The golden journal of an older version, and an erasure of whoever proposed its topic. */
function erasing() {
  const { db, journal } = goldenJournal("0.5.0");
  const before = journal.read(ID);
  const [proposed] = before.flatMap((event) => (event.type === "topic-proposed" ? [event] : []));
  if (!proposed) throw new Error("somebody proposed a topic");
  const { by: who, text } = proposed;
  const askErasure = () => journal.append(ID, ROOM, [{ type: "words-erased", at: before.at(-1)?.at ?? 0, who }]);
  const replayed = () => JSON.stringify(replayAssembly(journal.read(ID)));
  return { db, journal, who, text, askErasure, replayed };
}

/** Has each part of a work be the only one of its turn, as long as `isSlow`. */
function slowly(): { isSlow: boolean } {
  const pace = { isSlow: true };
  let at = 0;
  vi.spyOn(performance, "now").mockImplementation(() => (at += pace.isSlow ? 10 : 0));
  onTestFinished(() => void vi.restoreAllMocks());
  return pace;
}

test("an erasure while words from before are being sealed is not undone by it", async () => {
  const { db, journal, who, text, askErasure } = erasing();
  db.prepare("INSERT INTO unsealed_assemblies (assembly) VALUES (?)").run(ID);
  const pace = slowly();
  const sealing = journal.words.sealOlder();
  await nextTurn();
  pace.isSlow = false;
  askErasure();
  await journal.words.erase(ID, who);
  pace.isSlow = true;
  await sealing;
  expect(JSON.stringify(journal.read(ID))).not.toContain(`"${text}"`);
});

test("an assembly that is forgotten while its words are sealed anew leaves none", async () => {
  const { db, journal } = erasing();
  db.prepare("INSERT INTO unsealed_assemblies (assembly) VALUES (?)").run(ID);
  await journal.words.sealOlder();
  const [teller] = journal.read(ID).flatMap((event) => (event.type === "words-told" ? [event.by] : []));
  if (!teller) throw new Error("somebody told all rings something");
  wordKeysOf(db).retire(ROOM, teller, 1);
  slowly();
  const letting = journal.words.letGo(ID, teller);
  journal.forget(ID, ROOM);
  await letting;
  expect(db.prepare("SELECT * FROM sealed_words").all()).toEqual([]);
});

test("a theme in an older journal goes with its topic, wherever a kill interrupts the erasure", async () => {
  const places = (await interrupted(null)).written;
  expect(places.length).toBeGreaterThanOrEqual(2);
  for (const place of places) {
    const { db, journal, who, text, replayed } = await interrupted(place);
    expect(replayed(), `killed at ${place}`).not.toContain(`"${text}"`);
    db.exec("DROP TRIGGER killed");
    await journal.words.erase(ID, who);
    expect(JSON.stringify(journal.read(ID)), `done after ${place}`).not.toContain(`"${text}"`);
  }
});

/** An erasure that comes no further than to a place, and the places that it came to. */
async function interrupted(place: number | null) {
  const it = erasing();
  const written: number[] = [];
  it.db.function("wrote", (seq) => {
    written.push(Number(seq));
    if (seq === place) throw new Error("killed");
    return null;
  });
  it.db.exec("CREATE TEMP TRIGGER killed BEFORE UPDATE ON assembly_events BEGIN SELECT wrote(OLD.seq); END");
  it.askErasure();
  const done = it.journal.words.erase(ID, it.who);
  if (place === null) await done;
  else await expect(done).rejects.toThrow("killed");
  return { ...it, written };
}

test("one of a newer version is not guessed at", () => {
  const { db, journal } = goldenJournal(NEWEST);
  db.prepare("UPDATE assembly_events SET v = 99 WHERE seq = 3").run();
  expect(() => journal.read(ID)).toThrow("version 99");
});
