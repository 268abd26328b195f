import { expect, onTestFinished, test } from "vitest";
import { id } from "../../tests/support/circle/play.ts";
import { DatasetStage } from "../../tests/support/dataset/dataset-stage.ts";
import type { Correction } from "../protocol/correction.ts";
import type { MeetingId } from "../protocol/identity.ts";
import type { MinutesEntry } from "../protocol/meeting-record.ts";
import { entryId } from "../protocol/minutes-key.ts";
import type { RecordEvent } from "../record/event.ts";

const MADE_BY = { plugin: "summary", version: "1", method: "llm", model: "tiny", prompt: "p1", at: 5 } as const;

const SUMMARY: MinutesEntry = {
  about: { kind: "circle", circle: 0 },
  result: { form: "summary", sentences: [{ text: "Ann sells apples.", from: ["1.1"] }] },
  madeBy: MADE_BY,
};
const TASKS: MinutesEntry = {
  about: { kind: "meeting" },
  result: {
    form: "tasks",
    tasks: ["t1", "t2", "t3"].map((task) => ({
      id: task,
      title: `title of ${task}`,
      owner: null,
      due: null,
      from: ["2.1"],
      status: "suggested" as const,
    })),
  },
  madeBy: { ...MADE_BY, plugin: "tasks" },
};

const made = (entry: MinutesEntry): RecordEvent => ({ type: "minutes-made", entry });

function stage() {
  const it = new DatasetStage();
  onTestFinished(() => it.close());
  const meeting = it.meeting({
    said: [
      { who: "ann", text: "we buy apples" },
      { who: "bob", text: "i will call the shop" },
    ],
    after: [made(SUMMARY), made(TASKS)],
  });
  return { it, meeting };
}

function change(it: DatasetStage, meeting: MeetingId, by: string, what: Correction): void {
  it.happen(meeting, { type: "corrected", at: it.now, by: id(by), name: by, door: "widget", change: what });
}

const BETTER: Correction = { of: "summary", id: entryId(SUMMARY), sentences: ["We buy apples."] };

test("a summary that somebody put right is an example, and what the model wrote is the worse of two", async () => {
  const { it, meeting } = stage();
  for (const who of ["ann", "bob"]) it.allow(who, ["improve"]);
  change(it, meeting, "bob", BETTER);
  await it.build();
  const [sft] = it.lines("summaries/sft.jsonl");
  const [dpo] = it.lines("summaries/dpo.jsonl");
  const [ann, bob] = [it.pseudonyms.person(id("ann")), it.pseudonyms.person(id("bob"))];
  const asked = { role: "user", content: `${ann}: we buy apples\n${bob}: i will call the shop` };
  expect(sft).toMatchObject({
    messages: [{ role: "system" }, asked, { role: "assistant", content: "We buy apples." }],
  });
  expect(dpo).toMatchObject({ prompt: [{ role: "system" }, asked], chosen: [{ content: "We buy apples." }] });
  expect(JSON.stringify(dpo?.["rejected"])).toMatch(/"\w+ sells apples\."/);
  expect(dpo).toMatchObject({ of: "summary", plugin: "summary@1", model: "tiny" });
});

test("tasks that people took up or dropped are judged; about those that nobody touched nothing is said", async () => {
  const { it, meeting } = stage();
  it.allow("bob", ["improve"]);
  change(it, meeting, "bob", { of: "task", id: "t1", status: "open", title: "Call the shop" });
  change(it, meeting, "bob", { of: "task", id: "t2", status: "dropped" });
  await it.build();
  expect(it.lines("summaries/kto.jsonl").map(({ completion, label }) => [completion, label])).toEqual([
    [[{ role: "assistant", content: "title of t1" }], true],
    [[{ role: "assistant", content: "title of t2" }], false],
  ]);
  expect(it.lines("summaries/dpo.jsonl")).toMatchObject([
    { chosen: [{ content: "Call the shop" }], rejected: [{ content: "title of t1" }] },
  ]);
  expect(it.lines("tasks.jsonl")).toMatchObject([
    {
      utterances: [{ text: "i will call the shop" }],
      tasks: [{ title: "Call the shop", status: "open", from: ["2.1"] }],
    },
  ]);
});

test.each([
  ["somebody who spoke", ["bob", "eve"]],
  ["somebody who corrected", ["ann", "bob"]],
])("nothing is made of a summary that %s did not allow to be used", async (_, allow) => {
  const { it, meeting } = stage();
  for (const who of allow) it.allow(who, ["improve"]);
  change(it, meeting, "eve", BETTER);
  await it.build();
  expect(it.lines("summaries/sft.jsonl")).toEqual([]);
  expect(it.read("summaries/dpo.jsonl")).toBe("");
});

const OF_ALL: MinutesEntry = {
  about: { kind: "meeting" },
  result: { form: "summary", sentences: [{ text: "Apples are bought.", from: ["1.1"] }] },
  madeBy: { ...MADE_BY, plugin: "meeting-summary" },
};

test.each([
  { eve: false, lines: [] },
  { eve: true, lines: ["of a circle", "of all"] },
])("words of whoever put a circle's summary right are in the meeting's: with their yes alone ($eve)", async (given) => {
  const { it, meeting } = stage();
  for (const who of ["ann", "bob", ...(given.eve ? ["eve"] : [])]) it.allow(who, ["improve"]);
  change(it, meeting, "eve", { of: "summary", id: entryId(SUMMARY), sentences: ["of a circle"] });
  it.happen(meeting, made(OF_ALL));
  change(it, meeting, "bob", { of: "summary", id: entryId(OF_ALL), sentences: ["of all"] });
  await it.build();
  const answers = it
    .lines("summaries/sft.jsonl")
    .map(({ messages }) => (messages as { content: string }[])[2]?.content);
  expect(answers).toEqual(given.lines);
});

test("nothing is made of words that somebody corrected who did not allow it", async () => {
  const { it, meeting } = stage();
  for (const who of ["ann", "bob"]) it.allow(who, ["improve"]);
  change(it, meeting, "bob", BETTER);
  change(it, meeting, "eve", { of: "utterance", id: "1.1", text: "we buy pears" });
  await it.build();
  expect(it.lines("summaries/sft.jsonl")).toEqual([]);
});

test("silence is no yes: of results that nobody touched there are no lines", async () => {
  const { it } = stage();
  for (const who of ["ann", "bob"]) it.allow(who, ["improve"]);
  await it.build();
  expect([it.read("summaries/sft.jsonl"), it.read("summaries/kto.jsonl"), it.read("tasks.jsonl")]).toEqual([
    "",
    "",
    "",
  ]);
});
