import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { inflateRawSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { KeptAudio } from "../store/kept-audio.ts";
import { Accesses } from "../store/accesses.ts";
import { LedgerLog } from "../store/ledger-log.ts";
import { openDatabase } from "../store/database.ts";
import { AssemblyId } from "../protocol/identity.ts";
import type { Decision, MinutesResult, Question, Task } from "../protocol/meeting-record.ts";
import { PurposeJournal } from "../purposes/purpose-journal.ts";
import { AssemblyJournal } from "../journal/assembly-journal.ts";
import { Journal } from "../journal/journal.ts";
import { ROOM, TestRoom } from "../../tests/support/room/room.ts";
import { personId } from "../../tests/support/protocol/ids.ts";
import { OwnDataDesk } from "./own-data.ts";

const [ANN, BOB] = [personId("@ann:hs"), personId("@bob:hs")];
const SOUND = "fLaC, or so it says";

/** A meeting in which Ann and Bob each said something and typed something, and Bob lets his sound be kept. */
async function place() {
  const db = openDatabase(":memory:");
  const folder = mkdtempSync(join(tmpdir(), "mindminder-own-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const it = new TestRoom({ db });
  const audio = new KeptAudio({ db, folder, days: 30, now: () => it.at });
  for (const who of [ANN, BOB]) await it.say(who, "!circle join");
  await it.say(ANN, "!circle start");
  const { id } = it.meetings.of(ROOM)!.meeting;
  await it.say(BOB, "!circle consent sound yes");
  audio.consent({ room: ROOM, speaker: BOB }, true);
  const say = (who: typeof ANN, piece: number, text: string) => {
    const startedAt = it.at + piece;
    it.meetings.note(id, {
      type: "utterance-heard",
      utterance: {
        id: `1.${piece}`,
        turn: 1,
        circle: 0,
        speaker: who,
        startedAt,
        endedAt: startedAt + 1,
        language: "en",
        engine: { id: "e", model: "m" },
        text,
        segments: [{ kind: "speech", text }],
      },
    });
    const kept = audio.placeFor({ room: ROOM, speaker: who }, { meeting: id, turn: 1, startedAt });
    if (!kept) return;
    mkdirSync(dirname(join(folder, kept)), { recursive: true });
    writeFileSync(join(folder, kept), SOUND);
  };
  say(ANN, 1, "Ann's apples.");
  say(BOB, 2, "Bob's <b>pears</b>.");
  await it.say(ANN, "Ann types.");
  await it.say(BOB, "Bob types.");
  const accesses = new Accesses(db);
  accesses.note({ room: ROOM, meeting: id, who: ANN, door: "widget", what: "export" }, it.at);
  const desk = new OwnDataDesk({
    db,
    journal: new Journal(db),
    assemblyJournal: new AssemblyJournal(db),
    meetings: it.meetings,
    purposeJournal: new PurposeJournal(db),
    audio,
    accesses,
    publicUrl: "https://circle.example.org",
    path: (code) => `/my-data#${code}`,
    now: () => it.at,
  });
  const fetchFor = (who: typeof ANN, language: "en" | "ru" = "en") => {
    const url = desk.addressFor({ who, room: ROOM, language }, "widget");
    return new URL(url).hash.slice(1);
  };
  return { it, db, id, desk, fetchFor };
}

/** Files in a zip, read by its central directory. */
function unzipped(zip: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = zip.lastIndexOf(Buffer.from("PK\x05\x06"));
  let at = zip.readUInt32LE(end + 16);
  for (let n = zip.readUInt16LE(end + 10); n > 0; n--) {
    const [method, size, length] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)];
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(from, from + size);
    files.set(
      zip.toString("utf8", at + 46, at + 46 + length),
      (method === 0 ? packed : inflateRawSync(packed)).toString(),
    );
    at += 46 + length + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

test("the archive has all that is somebody's, to read and for machines, with their sound, and nothing of another's words", async () => {
  const { desk, fetchFor, id } = await place();
  const files = unzipped(await buffer(desk.open(fetchFor(BOB))!));
  expect([...files.keys()].sort()).toEqual(["data.json", "index.html", `meetings/${id}.json`, `sound/${id}/1.2.flac`]);
  const data = JSON.parse(files.get("data.json") ?? "");
  expect(data).toMatchObject({
    person: BOB,
    room: ROOM,
    purposes: [{ purpose: "sound", given: true }],
    meetings: [{ id, said: [{ text: "Bob's <b>pears</b>." }], typed: [{ text: "Bob types." }], sound: ["1.2"] }],
  });
  expect(files.get(`sound/${id}/1.2.flac`)).toBe(SOUND);
  expect(files.get("index.html")).toContain("Bob&#39;s &lt;b&gt;pears&lt;/b&gt;.");
  expect(files.get(`meetings/${id}.json`)).toContain("Bob types.");
  expect([...files.values()].join("\n")).not.toMatch(/Ann's apples|Ann types/);
});

test("it has what somebody gave besides what they said, what was made of what they typed, and their entries of the ledger", async () => {
  const { it, db, desk, fetchFor, id } = await place();
  await it.say(ANN, "!circle theme Which quinces?");
  await it.say(BOB, "task: Ann picks the pears");
  const typed = it.last;
  const task: Task = { id: "t1", title: "Pick pears", owner: ANN, due: null, from: [typed], status: "suggested" };
  const found = { from: [typed], confirmedBy: null };
  const decisions: Decision[] = [{ ...found, id: "d1", text: "Pears are picked.", status: "suggested" }];
  const questions: Question[] = [{ ...found, id: "q1", text: "Which pears?", status: "open", answeredIn: [] }];
  const madeBy = { version: "1", method: "rules", model: null, prompt: null, at: it.at } as const;
  const results: MinutesResult[] = [
    { form: "tasks", tasks: [task] },
    { form: "decisions", decisions },
    { form: "questions", questions },
  ];
  for (const result of results)
    it.meetings.note(id, {
      type: "minutes-made",
      entry: { about: { kind: "meeting" }, result, madeBy: { ...madeBy, plugin: result.form } },
    });
  const entry = { at: 1, unit: "MIN", from: "room", amount: 1, because: [`${id}#1`], rule: "facilitated@1" };
  const line = (to: typeof ANN, n: number) => ({
    id: `e${n}`,
    record: Buffer.alloc(1),
    salt: Buffer.alloc(1),
    entry: JSON.stringify({ ...entry, id: `e${n}`, to }),
  });
  new LedgerLog(db).append(ROOM, 0, [line(ANN, 0), line(BOB, 1)], { size: 2, note: "", madeAt: 1 });
  const dataOf = async (who: typeof ANN) => {
    const files = unzipped(await buffer(desk.open(fetchFor(who))!));
    return { data: JSON.parse(files.get("data.json") ?? ""), page: files.get("index.html") ?? "" };
  };
  const [ann, bob] = [await dataOf(ANN), await dataOf(BOB)];
  expect(ann.data).toMatchObject({ ledger: [{ id: "e0" }], meetings: [{ given: ["Which quinces?"], decisions: [] }] });
  expect(bob.data).toMatchObject({
    ledger: [{ id: "e1" }],
    meetings: [{ given: [], tasks: [task], decisions, questions }],
  });
  expect(ann.page).toContain("Which quinces?");
  for (const words of ["Pick pears", "Pears are picked.", "Which pears?"]) expect(bob.page).toContain(words);
  expect(bob.page).not.toContain("quinces");
});

test("an assembly that cannot be read is left out, and all else is there", async () => {
  const { db, desk, fetchFor, id } = await place();
  const [whole, broken] = [AssemblyId.parse("awhole00001"), AssemblyId.parse("abroken0001")];
  const journal = new AssemblyJournal(db);
  for (const assembly of [broken, whole])
    journal.append(assembly, ROOM, [
      { type: "assembly-gathered", id: assembly, roomId: ROOM, language: "en", at: 1 },
      { type: "words-told", by: BOB, text: "Bob tells all.", at: 2 },
    ]);
  db.prepare("UPDATE assembly_events SET v = 99 WHERE assembly = ? AND seq = 0").run(broken);
  const files = [...unzipped(await buffer(desk.open(fetchFor(BOB))!)).keys()];
  expect(files).toEqual(expect.arrayContaining([`meetings/${id}.json`, `assemblies/${whole}.json`, "data.json"]));
  expect(files).not.toContain(`assemblies/${broken}.json`);
});

test("it tells who took away the meetings that one was in", async () => {
  const { desk, fetchFor, id } = await place();
  const { accesses } = JSON.parse(unzipped(await buffer(desk.open(fetchFor(BOB))!)).get("data.json") ?? "");
  expect(accesses).toContainEqual(expect.objectContaining({ meeting: id, who: ANN, what: "export", times: 1 }));
  expect(accesses).toContainEqual(expect.objectContaining({ who: BOB, what: "own-data" }));
});

test("in Russian the page is Russian", async () => {
  const { desk, fetchFor } = await place();
  expect(unzipped(await buffer(desk.open(fetchFor(BOB, "ru"))!)).get("index.html")).toContain("Что я говорил(а)");
});

test("an address opens once, not for long, and for nobody who guesses", async () => {
  const { it, desk, fetchFor } = await place();
  const code = fetchFor(BOB);
  await buffer(desk.open(code)!);
  expect(desk.open(code)).toBeNull();
  const late = fetchFor(BOB);
  it.at += 11 * 60_000;
  expect(desk.open(late)).toBeNull();
  expect(desk.open("0".repeat(43))).toBeNull();
});

test("by chat the address goes to the person alone, and never into the room", async () => {
  const { it } = await place();
  expect(await it.say(BOB, "!circle my data")).toContain("private message");
  expect(JSON.stringify(it.direct)).toContain("/my-data/");
  expect(JSON.stringify(it.sent)).not.toContain("/my-data/");
});

test("what somebody gave to an assembly is in it, and what others gave is not", async () => {
  const { it, desk, fetchFor } = await place();
  await it.say(ANN, "!circle end");
  await it.say(ANN, "!circle assembly open");
  for (const who of [ANN, BOB, "@eve:hs", "@dan:hs"]) await it.say(who, "!circle assembly join");
  await it.say(ANN, "!circle assembly start assembly our quinces");
  await it.say(ANN, "!circle assembly tell five minutes of quinces");
  const archiveOf = async (who: typeof ANN) => [...unzipped(await buffer(desk.open(fetchFor(who))!)).entries()];
  const [own] = (await archiveOf(ANN)).filter(([name]) => name.startsWith("assemblies/"));
  expect(own?.[1]).toContain("our quinces");
  expect(own?.[1]).toContain("five minutes of quinces");
  const others = JSON.stringify(await archiveOf(BOB));
  expect(others).toContain("assemblies/");
  expect(others).not.toContain("quinces");
});
