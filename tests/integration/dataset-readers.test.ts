import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { entryId } from "../../appservice/protocol/minutes-key.ts";
import type { Correction } from "../../appservice/protocol/correction.ts";
import type { MinutesEntry } from "../../appservice/protocol/meeting-record.ts";
import { ensureDatasetReaders } from "../../tools/setup/dataset-readers.ts";
import { quiet } from "../../tools/setup/progress.ts";
import { id } from "../support/circle/play.ts";
import { DatasetStage } from "../support/dataset/dataset-stage.ts";
import { roomId } from "../support/protocol/ids.ts";
import { LONG } from "../support/stack/long.ts";

const MINUTES = 60_000;
const STEPS = 30;
const SCRIPTS = join(import.meta.dirname, "../support/dataset");

/** Texts with what tables and lines stumble over. */
const TEXTS = [
  "We buy apples.",
  'She said "no", twice; then left.',
  "Яблоки — это хорошо, ёжик!",
  "back\\slash, comma, {brace} and 'quote'",
  "naïve café 漢字 😀",
];

const SUMMARY: MinutesEntry = {
  about: { kind: "circle", circle: 0 },
  result: { form: "summary", sentences: [{ text: "They sell apples.", from: ["1.1"] }] },
  madeBy: { plugin: "summary", version: "1", method: "llm", model: "tiny", prompt: "p1", at: 5 },
};

let it: DatasetStage;
let python = "";

beforeAll(async () => {
  if (!LONG) return;
  it = new DatasetStage();
  for (let group = 0; group < 8; group++) {
    const [room, people] = [roomId(`!room${group}`), [`ann${group}`, `bob${group}`]];
    for (const who of people) it.allow(who, ["sound", "improve"], room);
    const said = TEXTS.map((text, n) => ({
      who: people[n % 2] ?? "",
      text: `${text} ${group}`,
      seconds: 0.5 + n + group / 10,
      language: n === 2 ? ("ru" as const) : ("en" as const),
    }));
    const meeting = it.meeting({ room, said, after: [{ type: "minutes-made", entry: SUMMARY }] });
    const change: Correction = { of: "summary", id: entryId(SUMMARY), sentences: ["They buy apples."] };
    it.happen(meeting, { type: "corrected", at: it.now, by: id(people[0] ?? ""), name: "x", door: "widget", change });
  }
  await it.build();
  ({ python } = await ensureDatasetReaders(quiet));
}, 30 * MINUTES);

afterAll(() => it?.close());

/** The last line that a script prints. */
function said(script: string, ...args: string[]): unknown {
  const { status, stdout, stderr } = spawnSync(python, [join(SCRIPTS, script), it.place, ...args], {
    encoding: "utf8",
    maxBuffer: 1e8,
    env: { PATH: process.env["PATH"], HOME: it.folder, HF_HUB_OFFLINE: "1", HF_HOME: join(it.folder, "hf") },
  });
  expect([status, status === 0 ? "" : stderr]).toEqual([0, ""]);
  return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
}

const Rows = z.record(z.string(), z.array(z.tuple([z.string(), z.number()])));

/** Has every program load the set as it is, and tells the texts and the lines for models that all of them found. */
function loaded(): { readonly texts: readonly string[]; readonly lessons: Readonly<Record<string, number>> } {
  const { found, lessons } = z
    .object({ found: z.record(z.string(), Rows), lessons: z.record(z.string(), z.number()) })
    .parse(said("read_all.py", it.place));
  const rows = (split: string) =>
    it
      .lines(`asr/${split}/metadata.jsonl`)
      .map(({ text, duration }): [string, number] => [String(text), Math.round(Number(duration) * 1_000) / 1_000])
      .sort(([one], [other]) => (one < other ? -1 : 1));
  const forms = "audiofolder card parquet pyarrow croissant nemo lhotse stm common-voice".split(" ");
  expect(Object.keys(found).sort()).toEqual(forms.toSorted());
  for (const [form, bySplit] of Object.entries(found)) {
    expect(Object.keys(bySplit), form).toEqual(["train", "validation", "test"]);
    for (const [split, theirs] of Object.entries(bySplit)) {
      const sorted = theirs.toSorted(([one], [other]) => (one < other ? -1 : 1));
      expect(sorted, `${form}, ${split}`).toEqual(rows(split));
    }
  }
  const texts = Object.values(found["nemo"] ?? {}).flatMap((theirs) => theirs.map(([text]) => text));
  return { texts, lessons };
}

test.runIf(LONG)(
  "datasets, lhotse, mlcroissant, pyarrow and meeteval agree on rows, seconds and text of every form",
  () => {
    const { texts, lessons } = loaded();
    expect(texts).toHaveLength(8 * TEXTS.length);
    expect(lessons).toEqual({ sft: 8, dpo: 8 });
  },
  10 * MINUTES,
);

test.runIf(LONG)(
  "a small Whisper of random weights learns from it: its loss falls",
  () => {
    const { losses } = z.object({ losses: z.array(z.number()) }).parse(said("train.py", String(STEPS)));
    expect(losses).toHaveLength(STEPS);
    const mean = (part: readonly number[]) => part.reduce((sum, loss) => sum + loss, 0) / part.length;
    expect(mean(losses.slice(-3))).toBeLessThan(0.8 * mean(losses.slice(0, 3)));
  },
  10 * MINUTES,
);

test.runIf(LONG)(
  "what somebody takes back is in no form of the set that is built again, and all programs load it as before",
  async () => {
    const ofAnn = TEXTS.filter((_, n) => n % 2 === 0).map((text) => `${text} 0`);
    const before = loaded().texts;
    expect(before).toEqual(expect.arrayContaining(ofAnn));
    it.takeBack("ann0", ["improve"], roomId("!room0"));
    await it.build();
    const { texts, lessons } = loaded();
    expect(texts.toSorted()).toEqual(before.filter((text) => !ofAnn.includes(text)).toSorted());
    // Their room's summary rests on their words.
    expect(lessons).toEqual({ sft: 7, dpo: 7 });
    expect((await it.verify()).faults).toEqual([]);
  },
  10 * MINUTES,
);
