import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { expect, onTestFinished, test } from "vitest";
import { id } from "../../tests/support/circle/play.ts";
import { roomId } from "../../tests/support/protocol/ids.ts";
import { DatasetStage, ROOM } from "../../tests/support/dataset/dataset-stage.ts";
import { flacLength } from "../scribe/audio/flac-read.ts";
import { Pseudonyms } from "./pseudonyms.ts";
import type { DatasetTarget } from "./target.ts";
import { DatasetProblem } from "./target-problem.ts";
import { folderTarget } from "./targets/folder.ts";

function stage(): DatasetStage {
  const made = new DatasetStage();
  onTestFinished(() => made.close());
  return made;
}

/** Every file of the set, as text. */
const everything = (it: DatasetStage) =>
  globSync("**/*", { cwd: it.place, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"))
    .join("\n");

/** A folder that fails, or lets something happen, before a certain file is put there. */
function interrupted(
  it: DatasetStage,
  nth: number,
  happens: () => void,
): DatasetTarget & { readonly put: DatasetTarget["put"]; sent: string[] } {
  const inner = folderTarget(it.place);
  const sent: string[] = [];
  return {
    ...inner,
    sent,
    async put(path, content, signal) {
      if (sent.length + 1 === nth) happens();
      sent.push(path);
      await inner.put(path, content, signal);
    },
  };
}

test("a set has the sound and the text, as heard and as corrected, of those who allowed it, and of nobody else", async () => {
  const it = stage();
  it.allow("ann");
  it.allow("eve", ["improve"]);
  const meeting = it.meeting({
    said: [
      { who: "ann", text: "we by apples", seconds: 3 },
      { who: "bob", text: "no pears please" },
      { who: "eve", text: "plums without sound" },
      { who: "ann", text: "short", seconds: 0.3 },
    ],
  });
  it.correct(meeting, "ann", "1.1", "we buy apples");
  const built = await it.build();
  expect(built).toMatchObject({ version: 1, changed: true, pieces: 1, seconds: 3 });
  expect(Object.fromEntries(built.leftOut)).toMatchObject({ "not-allowed": 2, "too-short-or-long": 1 });
  const [row] = it.rows();
  expect(row).toMatchObject({
    text: "we buy apples",
    text_heard: "we by apples",
    language: "en",
    duration: 3,
    engine: "sherpa",
    model: "whisper-base",
    corrections: 1,
    verified: true,
    circle_kind: "statement",
    rights: "improve",
  });
  const sound = readFileSync(join(it.place, "asr/train", String(row?.["file_name"])));
  expect(flacLength(sound)).toEqual({ rate: 16_000, seconds: 3 });
  expect(everything(it)).not.toMatch(/pears|plums|@ann|@bob/);
  expect(it.lines("consent.jsonl").map((each) => each["purpose"])).toEqual(["improve", "sound", "improve"]);
  expect((await it.verify()).faults).toEqual([]);
});

test("all forms agree on rows, seconds and text; Parquet has the very sound", async () => {
  const it = stage();
  it.allow("ann");
  it.allow("bob");
  it.meeting({
    said: [
      { who: "ann", text: 'Buy "apples",\tnow', seconds: 1.5 },
      { who: "bob", text: "Яблоки и груши", language: "ru", seconds: 2.25 },
    ],
  });
  await it.build();
  const rows = it.rows();
  const nemo = it.lines("manifests/nemo/train.jsonl");
  expect(nemo.map(({ text, duration }) => [text, duration])).toEqual(
    rows.map(({ text, duration }) => [text, duration]),
  );
  for (const { audio_filepath } of nemo)
    expect(existsSync(join(it.place, "manifests/nemo", String(audio_filepath)))).toBe(true);
  const [file = ""] = globSync("asr-parquet/train/*.parquet", { cwd: it.place });
  const bytes = readFileSync(join(it.place, file));
  const buffer = new Uint8Array(bytes).buffer;
  const found = await parquetReadObjects({ file: buffer, utf8: false });
  expect(found.map(({ text, duration }) => [text, duration])).toEqual(
    rows.map(({ text, duration }) => [text, duration]),
  );
  const audio = found[1]?.["audio"] as { bytes: Uint8Array; path: string };
  expect(Buffer.from(audio.bytes)).toEqual(readFileSync(join(it.place, "asr/train", String(rows[1]?.["file_name"]))));
  expect(parquetMetadata(buffer).key_value_metadata?.find(({ key }) => key === "huggingface")?.value).toContain(
    '"Audio"',
  );
  expect(it.read("manifests/common-voice/train.tsv").split("\n")[1]).toContain('Buy "apples", now');
});

test("a set that is as it was stays so, and a new meeting alone is sent", async () => {
  const it = stage();
  it.allow("ann");
  it.meeting({ said: [{ who: "ann", text: "first" }] });
  await it.build();
  const before = everything(it);
  const idle = interrupted(it, 0, () => {});
  expect(await it.build({ target: idle })).toMatchObject({ version: 1, changed: false });
  expect([idle.sent, everything(it)]).toEqual([[], before]);
  it.meeting({ said: [{ who: "ann", text: "second" }] });
  const target = interrupted(it, 0, () => {});
  expect(await it.build({ target })).toMatchObject({ version: 2, pieces: 2 });
  expect(target.sent.filter((path) => /\.(flac|parquet)$/.test(path))).toHaveLength(2);
  expect((await it.verify()).faults).toEqual([]);
});

test("whoever takes it back is in no later version: sound, text and answers are gone from every file", async () => {
  const it = stage();
  it.allow("ann");
  it.allow("bob");
  it.meeting({
    said: [
      { who: "ann", text: "apples of mine" },
      { who: "bob", text: "pears of mine" },
    ],
  });
  await it.build();
  const gone = it.rows().find(({ text }) => text === "pears of mine");
  it.takeBack("bob");
  expect((await it.verify()).faults).toEqual([
    { fault: "not-allowed", path: `asr/train/${String(gone?.["file_name"])}` },
  ]);
  expect(await it.build()).toMatchObject({ version: 2, pieces: 1, withdrawn: 1 });
  expect(everything(it)).not.toContain("pears");
  expect(existsSync(join(it.place, "asr/train", String(gone?.["file_name"])))).toBe(false);
  expect(it.lines("withdrawn.jsonl")).toMatchObject([{ id: gone?.["id"], since: "2.0.0" }]);
  expect(it.read("consent.jsonl")).not.toContain(it.pseudonyms.person(id("bob")));
  expect((await it.verify()).faults).toEqual([]);
});

test.each([{ what: "purpose", purpose: "improve" }, { what: "sound" }, { what: "erasure" }] as const)(
  "a database that was put back and does not know of it brings nothing back: $what",
  async (withdrawal) => {
    const it = stage();
    for (const who of ["ann", "bob"]) it.allow(who);
    it.meeting({
      said: [
        { who: "ann", text: "apples of mine" },
        { who: "bob", text: "pears of mine" },
      ],
    });
    await it.build();
    it.withdrawn.push({ ...withdrawal, room: ROOM, who: id("bob"), at: it.now });
    expect(await it.build()).toMatchObject({ pieces: 1, withdrawn: 1 });
    expect(everything(it)).not.toContain("pears");
  },
);

test("words that are taken back in the room leave the set, too", async () => {
  const it = stage();
  it.allow("ann");
  const meeting = it.meeting({
    said: [
      { who: "ann", text: "said by mistake" },
      { who: "ann", text: "said well" },
    ],
  });
  await it.build();
  it.happen(meeting, { type: "taken-back", id: "1.1", at: it.now, by: id("ann"), name: "ann", door: "widget" });
  expect(await it.build()).toMatchObject({ version: 2, pieces: 1, withdrawn: 1 });
  expect(everything(it)).not.toContain("mistake");
});

test.each([1, 2, 3, 5, 8, 11])(
  "somebody who takes it back before file %i is put is not in what comes out",
  async (nth) => {
    const it = stage();
    it.allow("ann");
    it.allow("bob");
    it.meeting({
      said: [
        { who: "ann", text: "apples of mine" },
        { who: "bob", text: "pears of mine" },
      ],
    });
    let took = false;
    const target = interrupted(it, nth, () => {
      if (!took) it.takeBack("bob");
      took = true;
    });
    const built = await it.build({ target });
    expect([took, built.pieces]).toEqual([true, 1]);
    expect(everything(it)).not.toContain("pears");
    expect((await it.verify()).faults).toEqual([]);
  },
);

test.each([2, 3, 5, 9])("a build that is broken off at file %i goes on where it was", async (nth) => {
  const it = stage();
  it.allow("ann");
  it.meeting({
    said: [
      { who: "ann", text: "one" },
      { who: "ann", text: "two" },
      { who: "ann", text: "three" },
    ],
  });
  const target = interrupted(it, nth, () => {
    throw new DatasetProblem("away", "gone");
  });
  await expect(it.build({ target })).rejects.toThrow("gone");
  expect((await it.verify()).faults).toContainEqual({ fault: "broken-off" });
  const again = interrupted(it, 0, () => {});
  expect(await it.build({ target: again })).toMatchObject({ pieces: 3, changed: true });
  expect(again.sent.filter((path) => target.sent.includes(path) && /\.(flac|parquet)$/.test(path))).toEqual([]);
  expect((await it.verify()).faults).toEqual([]);
});

test("a place that has no room loses nothing of the version that stands there", async () => {
  const it = stage();
  it.allow("ann");
  it.meeting({ said: [{ who: "ann", text: "one" }] });
  await it.build();
  it.meeting({ said: [{ who: "ann", text: "two" }] });
  const full = interrupted(it, 1, () => {
    throw new DatasetProblem("full", "no space");
  });
  await expect(it.build({ target: full })).rejects.toThrow("no space");
  expect((await it.verify()).faults).toEqual([]);
  expect(it.rows()).toHaveLength(1);
});

test("a folder with files of others, or a set for another purpose, is not touched", async () => {
  const it = stage();
  it.allow("ann", ["sound", "improve", "publish"]);
  it.meeting({ said: [{ who: "ann", text: "one" }] });
  mkdirSync(it.place);
  writeFileSync(join(it.place, "thesis.txt"), "mine");
  await expect(it.build()).rejects.toMatchObject({ code: "DATASET_NOT_OURS" });
  expect(everything(it)).toBe("mine");
  const other = folderTarget(join(it.folder, "other"));
  await it.build({ target: other });
  await expect(it.build({ target: other, purpose: "publish" })).rejects.toMatchObject({ code: "DATASET_MISSET" });
});

test("a set is not touched once the key of its pseudonyms is lost, and goes on when the key is back", async () => {
  const it = stage();
  it.allow("ann", ["sound", "improve", "publish"]);
  it.meeting({ said: [{ who: "ann", text: "apples" }] });
  await it.build({ purpose: "publish" });
  const stood = everything(it);
  const key = it.pseudonyms;
  it.pseudonyms = new Pseudonyms(Buffer.alloc(32, 8));
  for (const work of [it.build({ purpose: "publish" }), it.verify({ purpose: "publish" })])
    await expect(work).rejects.toMatchObject({
      code: "DATASET_MISSET",
      message: expect.stringContaining("another key of pseudonyms"),
    });
  expect(everything(it)).toBe(stood);
  expect(await it.build({ target: folderTarget(join(it.folder, "anew")) })).toMatchObject({ pieces: 1 });
  it.pseudonyms = key;
  expect(await it.build({ purpose: "publish" })).toMatchObject({ changed: false, withdrawn: 0 });
});

test("two people of one name are two in a set, and only who takes it back is taken out", async () => {
  const it = stage();
  for (const who of ["ann", "bob"]) it.allow(who);
  it.meeting({
    names: { ann: "Kim", bob: "Kim" },
    said: [
      { who: "ann", text: "Kim has apples" },
      { who: "bob", text: "Kim has pears" },
    ],
  });
  await it.build();
  expect(new Set(it.rows().map(({ speaker }) => speaker)).size).toBe(2);
  expect(everything(it)).not.toContain("Kim");
  it.takeBack("ann");
  expect(await it.build()).toMatchObject({ pieces: 1, withdrawn: 1 });
  expect(it.rows().map(({ text }) => String(text).split(" ").at(-1))).toEqual(["pears"]);
});

test("published is only what everybody in it allowed to be, whoever spoke and whoever corrected", async () => {
  const it = stage();
  it.allow("ann", ["sound", "improve", "publish"]);
  it.allow("bob", ["sound", "improve"]);
  const meeting = it.meeting({
    said: [
      { who: "ann", text: "apples of mine" },
      { who: "ann", text: "plumbs of mine" },
      { who: "bob", text: "pears of mine" },
    ],
  });
  it.correct(meeting, "bob", "2.1", "plums of mine");
  const built = await it.build({ purpose: "publish" });
  expect(it.rows().map(({ text }) => text)).toEqual(["apples of mine"]);
  expect(Object.fromEntries(built.leftOut)).toMatchObject({ "corrector-did-not-allow": 1, "not-allowed": 1 });
  expect(await it.verify({ purpose: "publish" })).toMatchObject({ faults: [] });
});

test("what was published stays in the set though the sound is kept here no more; what improves models goes with it", async () => {
  const it = stage();
  it.allow("ann", ["sound", "improve", "publish"]);
  it.meeting({ said: [{ who: "ann", text: "apples" }] });
  const other = folderTarget(join(it.folder, "other"));
  await it.build({ purpose: "publish" });
  await it.build({ target: other });
  it.now += 31 * 86_400_000;
  expect(await it.build({ purpose: "publish" })).toMatchObject({ changed: false, pieces: 1 });
  expect(await it.build({ target: other })).toMatchObject({ version: 2, pieces: 0, withdrawn: 1 });
});

test("a changed byte, a file that is missing and one too many are found", async () => {
  const it = stage();
  it.allow("ann");
  it.meeting({ said: [{ who: "ann", text: "one" }] });
  await it.build();
  const card = join(it.place, "README.md");
  writeFileSync(card, readFileSync(card, "utf8").replace("People", "Peeple"));
  writeFileSync(join(it.place, "tasks.jsonl"), "{}");
  const { faults } = await it.verify();
  expect(faults).toEqual([
    { fault: "changed", path: "README.md" },
    { fault: "foreign", path: "tasks.jsonl" },
  ]);
});

test("people who never met are in different splits, and nobody is in two", async () => {
  const it = stage();
  for (let n = 0; n < 12; n++) {
    const [room, people] = [roomId(`!room${n}`), [`a${n}`, `b${n}`]];
    for (const who of people) it.allow(who, ["sound", "improve"], room);
    it.meeting({ room, said: people.map((who) => ({ who, text: `words of ${who}` })) });
  }
  await it.build();
  const splits = new Map(
    ["train", "validation", "test"].map((split) => [
      split,
      new Set(it.lines(`asr/${split}/metadata.jsonl`).flatMap(({ speaker, meeting }) => [speaker, meeting])),
    ]),
  );
  for (const [one, inOne] of splits)
    for (const [other, inOther] of splits)
      if (one !== other) expect([...inOne].filter((each) => inOther.has(each))).toEqual([]);
  expect([...splits.values()].every((each) => each.size > 0)).toBe(true);
});

test("checksums are those that sha256sum checks", async () => {
  const it = stage();
  it.allow("ann");
  it.meeting({ said: [{ who: "ann", text: "one" }] });
  await it.build();
  for (const line of it.read("CHECKSUMS.sha256").trimEnd().split("\n")) {
    const [sum, path = ""] = line.split("  ");
    expect(
      createHash("sha256")
        .update(readFileSync(join(it.place, path)))
        .digest("hex"),
      path,
    ).toBe(sum);
  }
});
