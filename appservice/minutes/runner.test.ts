import { expect, test, vi } from "vitest";
import { z } from "zod";
import type { MeetingRecord, MinutesEntry } from "../protocol/meeting-record.ts";
import { plugin, type Descriptor, type Plugin, type RunInput } from "./plugin.ts";
import { createRunner, type RunnerParts } from "./runner.ts";
import { meeting, record, turn } from "./testing/meeting.ts";
import { utterance } from "./testing/utterance.ts";

const note = { result: { form: "note", title: "", text: "" }, method: "rules", model: null, prompt: null } as const;

function make(id: string, run: (input: RunInput) => Promise<typeof note>, given: Partial<Descriptor<z.ZodType>> = {}): Plugin {
  return plugin({ id, version: "1", after: "circle", about: "circle", place: 10, reads: [], options: z.object({}), ...given, run });
}

function start(plugins: readonly Plugin[], given: Partial<RunnerParts> = {}) {
  const made: MinutesEntry[] = [];
  const failed: string[] = [];
  const warn = vi.fn();
  const runner = createRunner({
    pluginSet: () => ({ plugins: plugins.map((each) => ({ plugin: each, options: {} })), llm: null }),
    onMade: (_, entry) => void made.push(entry),
    onFailed: (_, id, __, error) => void failed.push(`${id}: ${error.message}`),
    log: { warn },
    backoffMs: 1,
    ...given,
  });
  return { runner, made, failed, warn };
}

const done = meeting({ circles: [{ ...meeting().circles[0]!, status: "done" }] });
const spoken: MeetingRecord = record({ turns: [turn(1, 0, "@anna:x")], utterances: [utterance({ text: "Сервер работает." })] });

test("what is due is made once, however often the meeting is shown", async () => {
  const run = vi.fn(async () => note);
  const { runner, made } = start([make("a", run)]);
  for (let i = 0; i < 5; i++) runner.project(done, spoken);
  await runner.idle();
  expect(run).toHaveBeenCalledTimes(1);
  runner.project(done, { ...spoken, minutes: made });
  await runner.idle();
  expect(run).toHaveBeenCalledTimes(1);
});

test("results that others read are made first and handed on", async () => {
  const seen: number[] = [];
  const reader = make("reader", async ({ results }) => (seen.push(results.length), note), { reads: ["read"] });
  const { runner, made } = start([reader, make("read", async () => note)]);
  runner.project(done, spoken);
  await runner.idle();
  expect(made.map((entry) => entry.madeBy.plugin)).toEqual(["read", "reader"]);
  expect(seen).toEqual([1]);
});

test("one after another within a meeting", async () => {
  let running = 0;
  const run = async () => {
    expect(++running).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running--;
    return note;
  };
  const { runner, made } = start(["a", "b", "c"].map((id) => make(id, run)));
  runner.project(done, spoken);
  await runner.idle();
  expect(made).toHaveLength(3);
});

test("a failing plugin is tried again, then given up, and harms no other", async () => {
  const bad = vi.fn(async () => Promise.reject(new Error("no luck")));
  const { runner, made, failed } = start([make("bad", bad), make("good", async () => note, { reads: ["bad"] })], { tries: 3 });
  runner.project(done, spoken);
  await runner.idle();
  expect(bad).toHaveBeenCalledTimes(3);
  expect(failed).toEqual(["bad: no luck"]);
  expect(made.map((entry) => entry.madeBy.plugin)).toEqual(["good"]);
});

test("what succeeds at the second try is made", async () => {
  const run = vi.fn(async () => note).mockRejectedValueOnce(new Error("not yet"));
  const { runner, made, failed } = start([make("a", run)]);
  runner.project(done, spoken);
  await runner.idle();
  expect([made.length, failed.length]).toEqual([1, 0]);
});

test("a plugin that never ends and ignores its signal is given up at the time limit", async () => {
  const { runner, failed } = start([make("stuck", () => new Promise(() => {}))], { timeLimitMs: 20, tries: 1 });
  runner.project(done, spoken);
  await runner.idle();
  expect(failed).toHaveLength(1);
});

test("after a restart only what is missing is made, and what was given up stays so", async () => {
  const ran: string[] = [];
  const plugins = ["a", "b", "c"].map((id) => make(id, async () => (ran.push(id), note)));
  const about = { kind: "circle", circle: 0 } as const;
  const entry: MinutesEntry = { about, result: note.result, madeBy: { plugin: "a", version: "1", method: "rules", model: null, prompt: null, at: 0 } };
  const { runner } = start(plugins);
  runner.project(done, { ...spoken, minutes: [entry] }, [{ plugin: "b", about }]);
  await runner.idle();
  expect(ran).toEqual(["c"]);
});

test("a result that could not be kept is made again", async () => {
  const onMade = vi.fn().mockRejectedValueOnce(new Error("disk full"));
  const { runner } = start([make("a", async () => note)], { onMade });
  runner.project(done, spoken);
  await runner.idle();
  expect(onMade).toHaveBeenCalledTimes(2);
});

test("a plugin is given the utterances it is about and their language", async () => {
  const english = utterance({ id: "2.1", turn: 2, speaker: "@sue:x", text: "The server is up." });
  const later = utterance({ id: "3.1", turn: 3, circle: 1, text: "Позже." });
  const seen: string[] = [];
  const each = make("each", async ({ utterances, language }) => (seen.push(`${language}: ${utterances.map(({ id }) => id)}`), note), { about: "participant" });
  const { runner } = start([each]);
  runner.project(done, { ...spoken, turns: [...spoken.turns, turn(2, 0, "@sue:x")], utterances: [...spoken.utterances, english, later] });
  await runner.idle();
  expect(seen).toEqual(["ru: 1.1", "en: 2.1"]);
});

test("closing stops what runs without calling it a failure", async () => {
  const { runner, made, failed } = start([make("slow", () => new Promise(() => {}))]);
  runner.project(done, spoken);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await runner.close();
  runner.project(done, spoken);
  expect([made, failed]).toEqual([[], []]);
});
