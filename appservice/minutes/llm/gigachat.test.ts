import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { LlmOptions } from "../options.ts";
import { AUTHORITY, gigachatServer } from "../../../tests/support/minutes/gigachat-server.ts";
import { openLlm, openLlmIn } from "./llm.ts";

const KEY = "Y2xpZW50OnNlY3JldA==";
const HALF_AN_HOUR = 30 * 60_000;
const question = {
  name: "summary",
  system: "Перескажи.",
  user: "[1] Анна: чай",
  schema: z.object({ sentences: z.array(z.string()) }),
  answerTokens: 50,
};
const ask = (llm: ReturnType<typeof openLlm>) => llm.ask(question, AbortSignal.timeout(50_000));

async function served({ key = KEY, livesMs = () => HALF_AN_HOUR, caFile = AUTHORITY as string | null } = {}) {
  const server = await gigachatServer({ key: KEY, livesMs, answer: 'Вот: {"sentences":["чай"]}' });
  const apiKeyFile = join(mkdtempSync(join(tmpdir(), "gigachat-")), "key");
  writeFileSync(apiKeyFile, `${key}\n`);
  const options = LlmOptions.parse({
    api: "gigachat",
    baseUrl: `${server.url}/api/v1`,
    model: "GigaChat",
    apiKeyFile,
    caFile,
    gigachat: { tokenUrl: `${server.url}/api/v2/oauth`, scope: "GIGACHAT_API_B2B" },
  });
  return { server, llm: openLlm(options, { backoffMs: 1, restMs: 0 }) };
}

test("the key is exchanged once, for the scope asked for, and its token serves all who ask at once; a refused form is stepped down", async () => {
  const { server, llm } = await served();
  await using _ = server;
  expect(await Promise.all([ask(llm), ask(llm)])).toEqual([{ sentences: ["чай"] }, { sentences: ["чай"] }]);
  expect(server.exchanges).toEqual([
    { rquid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f-]{17}$/), scope: "GIGACHAT_API_B2B" },
  ]);
});

test("a token in its last minute is not used any more", async () => {
  const lives = [50_000, HALF_AN_HOUR];
  const { server, llm } = await served({ livesMs: () => lives.shift() ?? HALF_AN_HOUR });
  await using _ = server;
  await ask(llm);
  await ask(llm);
  expect(server.exchanges).toHaveLength(2);
});

test("a token that ends sooner than it said is exchanged anew, and nothing is lost", async () => {
  const { server, llm } = await served();
  await using _ = server;
  await ask(llm);
  server.endTokens();
  expect(await ask(llm)).toEqual({ sentences: ["чай"] });
  expect(server.exchanges).toHaveLength(2);
});

test("a wrong key is said at once, without the key", async () => {
  const { server, llm } = await served({ key: "wrong-key" });
  await using _ = server;
  const failure = await ask(llm).catch((error: unknown) => error as Error);
  expect(failure).toMatchObject({ failure: "refused", message: expect.stringContaining("401") });
  expect(String(failure)).not.toContain("wrong-key");
  expect(server.chats).toBe(0);
});

test("a server whose authority nobody named is not trusted", async () => {
  const { server, llm } = await served({ caFile: null });
  await using _ = server;
  await expect(ask(llm)).rejects.toMatchObject({ failure: "unreachable" });
  expect(server.exchanges).toEqual([]);
});

test("its files count from the folder of the configuration", () => {
  const options = LlmOptions.parse({
    api: "gigachat",
    baseUrl: "https://127.0.0.1:9/v1",
    model: "m",
    apiKeyFile: "no-such-key",
    caFile: "authority.pem",
  });
  expect(() => openLlmIn(dirname(AUTHORITY), options)).toThrow(join(dirname(AUTHORITY), "no-such-key"));
});

test("an authority that cannot be read names its option", () => {
  expect(() =>
    openLlm(
      LlmOptions.parse({ api: "gigachat", baseUrl: "https://127.0.0.1:9/v1", model: "m", caFile: "/nowhere/ca.pem" }),
    ),
  ).toThrow(/minutes\.llm\.caFile/);
});
