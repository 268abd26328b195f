import { expect, test, vi } from "vitest";
import { z } from "zod";
import type { MeetingRecord, MinutesEntry } from "../protocol/meeting-record.ts";
import { plugin, type Descriptor, type Plugin, type RunInput } from "./plugin.ts";
import { createRunner, type RunnerDeps } from "./runner.ts";
import { meeting, record, turn } from "../../tests/support/minutes/meeting.ts";
import { utterance } from "../../tests/support/minutes/utterance.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

const note = { result: { form: "note", title: "", text: "" }, method: "rules", model: null, prompt: null } as const;

function make(
  id: string,
  run: (input: RunInput) => Promise<typeof note>,
  given: Partial<Descriptor<z.ZodType>> = {},
): Plugin {
  return plugin({
    id,
    version: "1",
    after: "circle",
    about: "circle",
    place: 10,
    reads: [],
    options: z.object({}),
    ...given,
    run,
  });
}

function start(plugins: readonly Plugin[], given: Partial<RunnerDeps> = {}) {
  const made: MinutesEntry[] = [];
  const failed: string[] = [];
  const warn = vi.fn();
  const runner = createRunner({
    pluginSet: () => ({ plugins: plugins.map((each) => ({ plugin: each, options: {} })), llmOf: () => null }),
    onMade: (_, entry) => void made.push(entry),
    onFailed: (_, id, __, error) => void failed.push(`${id}: ${error.message}`),
    log: { warn },
    backoffMs: 1,
    ...given,
  });
  return { runner, made, failed, warn };
}

const done = meeting({ circles: [{ ...meeting().circles[0]!, status: "done" }] });
const spoken: MeetingRecord = record({
  turns: [turn(1, 0, personId("@anna:x"))],
  utterances: [utterance({ text: "Сервер работает." })],
});

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
    // Work that takes a while.
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
  const { runner, made, failed } = start([make("bad", bad), make("good", async () => note, { reads: ["bad"] })], {
    tries: 3,
  });
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
  const entry: MinutesEntry = {
    about,
    result: note.result,
    madeBy: { plugin: "a", version: "1", method: "rules", model: null, prompt: null, at: 0 },
  };
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
  const english = utterance({ id: "2.1", turn: 2, speaker: personId("@sue:x"), text: "The server is up." });
  const later = utterance({ id: "3.1", turn: 3, circle: 1, text: "Позже." });
  const seen: string[] = [];
  const each = make(
    "each",
    async ({ utterances, language }) => (seen.push(`${language}: ${utterances.map(({ id }) => id)}`), note),
    { about: "participant" },
  );
  const { runner } = start([each]);
  runner.project(done, {
    ...spoken,
    turns: [...spoken.turns, turn(2, 0, personId("@sue:x"))],
    utterances: [...spoken.utterances, english, later],
  });
  await runner.idle();
  expect(seen).toEqual(["ru: 1.1", "en: 2.1"]);
});

test("closing stops what runs without calling it a failure", async () => {
  const begun = Promise.withResolvers<void>();
  const never = () => {
    begun.resolve();
    return new Promise<never>(() => {});
  };
  const { runner, made, failed } = start([make("slow", never)]);
  runner.project(done, spoken);
  await begun.promise;
  await runner.close();
  runner.project(done, spoken);
  expect([made, failed]).toEqual([[], []]);
});

test("what grows is shown after each turn while the circle runs, at a civil rate while it is written, and makes way for what is due", async () => {
  const shown: string[] = [];
  let written = 0;
  const growing = make(
    "growing",
    async ({ show, memory }) => {
      for (const text of ["a", "b", "c"]) show?.({ method: "llm", sentences: [{ text, from: ["1.1"] }] });
      written += Number(memory?.get("seen") ?? 0);
      return note;
    },
    {
      grow: async ({ utterances, memory }) => (
        memory?.set("seen", utterances.length),
        { method: "highlights" as const, sentences: utterances.map(({ id, text }) => ({ text, from: [id] })) }
      ),
    },
  );
  const { runner, made } = start([growing], {
    onGrowing: (_, { sentences }) => void shown.push(sentences.map(({ text }) => text).join()),
    showEveryMs: 0,
  });
  const running = meeting({ circles: [{ ...meeting().circles[0]!, status: "running" }] });
  const two = {
    ...spoken,
    turns: [...spoken.turns, turn(2, 0, personId("@sue:x"), { heard: false })],
    utterances: [...spoken.utterances, utterance({ id: "2.1", turn: 2, text: "Not heard to its end." })],
  };
  runner.project(running, spoken);
  await runner.idle();
  runner.project(running, two);
  await runner.idle();
  expect(shown).toEqual(["Сервер работает."]); // nothing new was heard
  runner.project(running, { ...two, turns: two.turns.map((each) => ({ ...each, heard: true })) });
  await runner.idle();
  runner.project(done, { ...two, turns: two.turns.map((each) => ({ ...each, heard: true })) });
  await runner.idle();
  expect(shown.slice(1)).toEqual(["Сервер работает.,Not heard to its end.", "a", "b", "c"]);
  expect([made.length, written]).toEqual([1, 2]);
});

test("while it is written, what grows is shown once in a while, not with each word", async () => {
  const shown: string[] = [];
  const busy = make("busy", async ({ show }) => {
    for (let words = 1; words < 50; words++)
      show?.({ method: "llm", sentences: [{ text: "word ".repeat(words), from: ["1.1"] }] });
    return note;
  });
  const { runner } = start([busy], { onGrowing: (_, { sentences }) => void shown.push(sentences[0]!.text) });
  runner.project(done, spoken);
  await runner.idle();
  expect(shown).toHaveLength(1);
});

test("preparing is broken off when the result itself is wanted, and that is no failure", async () => {
  const begun = Promise.withResolvers<void>();
  const slow = make("slow", async () => note, {
    grow: ({ signal }) => (
      begun.resolve(), new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)))
    ),
  });
  const { runner, made, warn } = start([slow], { onGrowing: () => undefined });
  runner.project(meeting({ circles: [{ ...meeting().circles[0]!, status: "running" }] }), spoken);
  await begun.promise;
  runner.project(done, spoken);
  await runner.idle();
  expect([made.length, warn.mock.calls.length]).toEqual([1, 0]);
});

test("a plugin is given what it says it needs, and no more", async () => {
  const seen: string[] = [];
  const look = (id: string, needs?: readonly ("transcript" | "comments")[]) =>
    make(
      id,
      async ({ utterances, comments, language }) => (
        seen.push(`${id} ${utterances.length} ${comments.length} ${language}`), note
      ),
      needs ? { needs } : {},
    );
  const comment = { id: "$c", circle: 0, turn: 1, who: personId("@sue:x"), name: "Sue", at: 1, text: "and tea" };
  const { runner } = start([look("all"), look("said", ["transcript"]), look("none", [])]);
  runner.project(done, { ...spoken, comments: [comment] });
  await runner.idle();
  expect(seen.sort()).toEqual(["all 1 1 ru", "none 0 0 ru", "said 1 0 ru"]);
});

test("each plugin has the model that is its own", async () => {
  const models: (string | null)[] = [];
  const model = (name: string) => ({
    model: name,
    contextTokens: 1_000,
    secondQuestion: false,
    ask: () => Promise.reject(new Error("nobody asks")),
    yesOrNo: () => Promise.reject(new Error("nobody asks")),
  });
  const plugins = ["large", "small", "none"].map((id) =>
    make(id, async ({ llm }) => (models.push(llm?.model ?? null), note)),
  );
  const { runner } = start(plugins, {
    pluginSet: () => ({
      plugins: plugins.map((each) => ({ plugin: each, options: {} })),
      llmOf: (id) => (id === "none" ? null : model(id)),
    }),
  });
  runner.project(done, spoken);
  await runner.idle();
  expect(models.sort()).toEqual(["large", "small", null].sort());
});
