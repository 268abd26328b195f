import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { meetingId, personId, roomId } from "../../tests/support/protocol/ids.ts";
import type { Utterance } from "../protocol/meeting-record.ts";
import { openDatabase } from "./database.ts";
import { KeptAudio } from "./kept-audio.ts";
import { wordKeysOf } from "./word-keys.ts";

const [ROOM, MEETING] = [roomId("!garden:hs"), meetingId("mwordy00001")];
const [ANN, BOB] = [personId("@ann:hs"), personId("@bob:hs")];
const SOUND = "fLaC and what was said";

const said = (speaker: typeof ANN, startedAt: number): Utterance => ({
  id: `1.${startedAt}`,
  turn: 1,
  circle: 0,
  speaker,
  startedAt,
  endedAt: startedAt + 1,
  language: "en",
  text: "said",
  segments: [],
  engine: { id: "e", model: "m" },
});

/** Sound of two people that lies there from before sound was sealed. */
function withOlderSound() {
  const state = mkdtempSync(join(tmpdir(), "mindminder-kept-"));
  onTestFinished(() => rmSync(state, { recursive: true, force: true }));
  const [db, folder] = [openDatabase(join(state, "mindminder.db")), join(state, "speech-kept")];
  onTestFinished(() => void db.close());
  const audio = new KeptAudio({ db, folder, days: 30, now: () => 10 });
  const keep = (utterance: Utterance) => {
    audio.consent({ room: ROOM, speaker: utterance.speaker }, true);
    const place = audio.placeFor({ room: ROOM, speaker: utterance.speaker }, { meeting: MEETING, ...utterance });
    const file = join(folder, place ?? "");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, SOUND);
    return file;
  };
  const files = [keep(said(ANN, 1)), keep(said(ANN, 2)), keep(said(BOB, 3))];
  const read = async (utterance: Utterance) => {
    const sound = await audio.read(ROOM, MEETING, utterance);
    return sound && Buffer.from(sound).toString();
  };
  return { db, audio, files, read };
}

test("sound from before it was sealed is heard, is sealed file by file also after an end in the middle, and is heard still", async () => {
  const { audio, files, read } = withOlderSound();
  const open = () => files.filter((file) => readFileSync(file, "latin1").includes("what was said"));
  expect(await read(said(ANN, 1))).toBe(SOUND);
  let looked = 0;
  await audio.sealOlder(() => looked++ > 1);
  expect(open(), "it was ended in the middle").toHaveLength(1);
  await audio.sealOlder();
  expect(open()).toEqual([]);
  await audio.sealOlder();
  expect(await Promise.all([said(ANN, 1), said(ANN, 2), said(BOB, 3)].map(read))).toEqual([SOUND, SOUND, SOUND]);
});

test("sound whose key is destroyed is nobody's to hear, in whatever copy; that of others is", async () => {
  const { db, audio, files, read } = withOlderSound();
  await audio.sealOlder();
  const keys = wordKeysOf(db);
  keys.destroy([keys.presentOf(ROOM, BOB)]);
  expect(audio.has(ROOM, MEETING, said(BOB, 3))).toBe(true);
  expect(await read(said(BOB, 3))).toBeNull();
  expect(await read(said(ANN, 1))).toBe(SOUND);
  // One person's sound is not taken for another moment's of theirs.
  writeFileSync(files[0] ?? "", readFileSync(files[1] ?? ""));
  expect(await read(said(ANN, 1))).toBeNull();
});
