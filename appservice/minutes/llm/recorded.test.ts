import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LlmOptions } from "../options.ts";
import type { RunInput } from "../plugin.ts";
import { onTheSpot } from "../rules.ts";
import { loadPlugins } from "../registry.ts";
import { chatServer } from "../../../tests/support/minutes/chat-server.ts";
import { council } from "../../../tests/support/minutes/council.ts";
import { openLlm } from "./llm.ts";

/**
 * Real exchanges, recorded: llama-cpp-python 0.3.36 as the server, with SmolLM2-135M-Instruct and Qwen2.5-Coder-1.5B,
 * asked by these plugins about turns of the council in `tests/support/minutes`. That server answers 500 to a
 * json_schema and knows json_object with a schema. A small HTTP server gives its answers again: by model, subject and
 * form, not by prompt.
 */
type Exchange = {
  readonly model: string;
  readonly of: string;
  readonly format: string;
  readonly status: number;
  readonly body: unknown;
};
const exchanges: readonly Exchange[] = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../tests/support/minutes/recorded-exchanges.json"), "utf8"),
);

async function replay(model: string, plugin: string, turn: number) {
  const of = `${plugin} of turn ${turn}`;
  const refusal = exchanges.find((each) => each.model === model && each.status === 500)!;
  await using server = await chatServer((asked) => {
    const format = asked.response_format?.type ?? "text";
    return format === "json_schema"
      ? refusal
      : exchanges.find(
          (each) => each.model === model && each.of === of && each.format === format && each.status === 200,
        )!;
  });
  const { meeting, record } = council();
  const utterances = record.utterances.filter((utterance) => utterance.turn === turn);
  const { circle, speaker } = utterances[0]!;
  const warned: string[] = [];
  const input: RunInput = {
    about: plugin === "tasks" ? { kind: "meeting" } : { kind: "participant", circle, participant: speaker },
    meeting,
    people: meeting.people,
    utterances,
    comments: [],
    results: [],
    options: plugin === "tasks" ? { timeZone: "UTC" } : {},
    language: "en",
    now: 0,
    llm: openLlm(LlmOptions.parse({ baseUrl: server.url, model, contextTokens: 2048 }), { backoffMs: 1 }),
    signal: AbortSignal.timeout(50_000),
    byRule: onTheSpot,
    warn: (message) => void warned.push(message),
  };
  const made = await (await loadPlugins()).find((each) => each.id === plugin)!.run(input);
  return { made, warned, formats: server.asked.map((asked) => asked.response_format?.type) };
}

test("a server that stumbles over json_schema is asked for a json_object, and its task is taken", async () => {
  const { made, warned, formats } = await replay("qwen2.5-coder-1.5b", "tasks", 9);
  expect(formats).toEqual(["json_schema", "json_schema", "json_object"]);
  expect(made).toMatchObject({
    method: "llm",
    model: "qwen2.5-coder-1.5b",
    result: {
      tasks: [
        { title: "Find out why the payment service times out", owner: "@tom:x", due: "2026-11-27", from: ["9.2"] },
        { title: "Send me the list of phones that crash", owner: "@kim:x", due: null, from: ["9.4"] },
        // The model is mistaken here, but nothing of it is invented: it stays a suggestion with its utterance.
        { title: "Think the launch date is still realistic", owner: "@tom:x", from: ["9.5"], status: "suggested" },
      ],
    },
  });
  expect(warned).toEqual(["a task of the language model rests on nothing that was said and is dropped"]); // it named a wrong line
});

test("an invention in the form of Russian is dropped, and highlights stand in for it", async () => {
  const { made, warned } = await replay("smollm2-135m", "participant-summary", 3);
  expect(warned[0]).toContain("rest on nothing that was said");
  expect(made).toMatchObject({ method: "highlights", model: null });
});

test("a turn retold in one breath is no sentence of a summary", async () => {
  expect((await replay("qwen2.5-coder-1.5b", "participant-summary", 4)).made).toMatchObject({ method: "highlights" });
});

test("an empty answer to a turn full of matter is no summary", async () => {
  expect((await replay("smollm2-135m", "participant-summary", 4)).made).toMatchObject({ method: "highlights" });
});

test("where the model finds no task and the rules find some, theirs are taken", async () => {
  expect((await replay("smollm2-135m", "tasks", 9)).made).toMatchObject({
    method: "rules",
    result: { tasks: [{ owner: "@tom:x" }, { owner: "@kim:x" }] },
  });
});
