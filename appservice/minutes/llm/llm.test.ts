import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { simulateTime, timeSource } from "../../time/source.ts";
import { LlmOptions } from "../options.ts";
import { chatServer, says, streams, type Asked, type Reply } from "../../../tests/support/minutes/chat-server.ts";
import { openLlm } from "./llm.ts";

const schema = z.object({ sentences: z.array(z.string()).max(9) });
const question = { name: "summary", system: "Sum up.", user: "[1] Ann: hello", schema, answerTokens: 50 };
const fine = says('{"sentences":["hello"]}');
const refused = { status: 400, body: { error: { message: "response_format is not supported" } } };
const signal = () => AbortSignal.timeout(50_000);

async function served(reply: (asked: Asked, nth: number) => Reply, timeoutSeconds = 20) {
  const server = await chatServer(reply);
  const options = LlmOptions.parse({ baseUrl: server.url, model: "m", timeoutSeconds });
  return {
    server,
    llm: openLlm(options, { backoffMs: 1 }),
    formats: () => server.asked.map((asked) => asked.response_format?.type ?? "text"),
  };
}

test("a server that knows json_schema is asked once, with the form of the answer", async () => {
  const { server, llm } = await served(() => fine);
  await using _ = server;
  expect(await llm.ask(question, signal())).toEqual({ sentences: ["hello"] });
  expect(server.asked).toMatchObject([
    { response_format: { type: "json_schema", json_schema: { name: "summary", strict: true } }, max_tokens: 50 },
  ]);
});

test("refused forms are stepped down, and the step is remembered", async () => {
  const { server, llm, formats } = await served((asked) =>
    asked.response_format ? refused : says('Sure!\n```json\n{"sentences":["hello"]}\n```'),
  );
  await using _ = server;
  await llm.ask(question, signal());
  expect(formats()).toEqual(["json_schema", "json_schema", "json_object", "json_object", "text"]);
  const lengths = server.asked.map((asked) => JSON.stringify(asked.response_format ?? {}).includes("maxItems"));
  expect(lengths).toEqual([true, false, true, false, false]); // some servers refuse the bounds alone
  await llm.ask(question, signal());
  expect(formats().slice(5)).toEqual(["text"]);
});

test("a server that only stumbles at everything is asked the strict way again", async () => {
  let down = true;
  const { server, llm, formats } = await served(() => (down ? { status: 500, body: {} } : fine));
  await using _ = server;
  await expect(llm.ask(question, signal())).rejects.toMatchObject({ failure: "refused" });
  down = false;
  await llm.ask(question, signal());
  expect(formats().at(-1)).toBe("json_schema");
});

test("nonsense is asked for again in other ways, then refused", async () => {
  const { server, llm, formats } = await served(() => says('{"sentences": ["cut off in the mid'));
  await using _ = server;
  await expect(llm.ask(question, signal())).rejects.toMatchObject({ failure: "nonsense" });
  expect(formats()).toHaveLength(4);
});

test("a busy server is tried again after the time it names", async () => {
  const { server, llm } = await served((_, nth) =>
    nth < 3 ? { status: nth === 1 ? 429 : 503, body: {}, headers: { "retry-after": "0" } } : fine,
  );
  await using _ = server;
  expect(await llm.ask(question, signal())).toEqual({ sentences: ["hello"] });
});

test("a wrong key is said at once", async () => {
  const { server, llm } = await served(() => ({ status: 401, body: { error: { message: "bad key" } } }));
  await using _ = server;
  await expect(llm.ask(question, signal())).rejects.toMatchObject({
    failure: "refused",
    message: expect.stringContaining("401"),
  });
  expect(server.asked).toHaveLength(1);
});

test("a server that does not answer is left alone for a while", async () => {
  const { server, llm } = await served(() => ({ ...fine, delayMs: 1_000 }), 0.1);
  await using _ = server;
  await expect(llm.ask(question, signal())).rejects.toMatchObject({ failure: "timeout" });
  await expect(llm.ask(question, signal())).rejects.toMatchObject({ failure: "resting" });
  expect(server.asked).toHaveLength(1);
});

test("nobody there", async () => {
  const llm = openLlm(LlmOptions.parse({ baseUrl: "http://127.0.0.1:9/v1", model: "m" }), { backoffMs: 1 });
  await expect(llm.ask(question, signal())).rejects.toMatchObject({ failure: "unreachable" });
});

test("a key file that cannot be read names its option", () => {
  expect(() =>
    openLlm(LlmOptions.parse({ baseUrl: "http://127.0.0.1:9/v1", model: "m", apiKeyFile: "/nowhere/key" })),
  ).toThrow(/minutes\.llm\.apiKeyFile/);
});

test("an answer that never ends is cut off, and is no answer", async () => {
  const endless = streams(`{"sentences":["${"and so on ".repeat(20_000)}`, 1_000);
  const { server, llm, formats } = await served(() => endless);
  await using _ = server;
  let longest = 0;
  await expect(
    llm.ask({ ...question, onText: (text) => (longest = Math.max(longest, text.length)) }, signal()),
  ).rejects.toMatchObject({ failure: "nonsense" });
  expect(longest).toBeLessThan(2_000);
  expect(formats()).toHaveLength(4);
});

test("a stream comes piece by piece; a server that knows none answers whole", async () => {
  const heard: string[] = [];
  const { server, llm } = await served((_, nth) => (nth === 1 ? streams('{"sentences":["hello"]}', 8) : fine));
  await using _ = server;
  const asked = { ...question, onText: (text: string) => void heard.push(text) };
  expect(await llm.ask(asked, signal())).toEqual({ sentences: ["hello"] });
  expect(heard).toEqual(['{"senten', '{"sentences":["h', '{"sentences":["hello"]}']);
  expect(await llm.ask(asked, signal())).toEqual({ sentences: ["hello"] });
});

test("an answer that comes all at once is taken a few milliseconds at a time, and others have their turn in between", async () => {
  let [now, turns] = [0, 0];
  const nextTurn = () => {
    turns += 1;
    return Promise.resolve();
  };
  // Each look at the clock takes a millisecond.
  onTestFinished(simulateTime({ ...timeSource(), monotonic: () => (now += 1), nextTurn }));
  const { server, llm } = await served(() => streams('{"sentences":["hello"]}'.padStart(300), 1));
  await using _ = server;
  expect(await llm.ask(question, signal())).toEqual({ sentences: ["hello"] });
  expect(turns, "of 300 pieces").toBeGreaterThan(40);
});

test("what is longer than any answer is taken no further than its bound, also where it comes in one piece", async () => {
  for (const reply of [streams("{".repeat(1_000_000), 1_000_000), says("{".repeat(10_000))]) {
    const { server, llm } = await served(() => reply);
    await using _ = server;
    const heard: number[] = [];
    const asked = { ...question, onText: (text: string) => void heard.push(text.length) };
    await expect(llm.ask(asked, signal())).rejects.toMatchObject({ failure: "nonsense" });
    expect(Math.max(...heard)).toBe(600); // twelve letters for each of its fifty tokens
  }
});
