import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { EngineError } from "../engine.ts";
import openai, { languageCode } from "./openai.ts";
import { wavOf } from "../audio/wav.ts";

let server: Server | undefined;
afterEach(() => void server?.close());

/** Starts a server that notes which fields it was asked with, and answers as the test says. */
async function serve(answer: (fields: Map<string, string>) => { status: number; body: unknown }) {
  const asked: Map<string, string>[] = [];
  server = createServer(
    (request, response) =>
      void fieldsOf(request).then((fields) => {
        asked.push(fields);
        const { status, body } = answer(fields);
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      }),
  );
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    options: openai.options.parse({ baseUrl: `http://127.0.0.1:${port}/v1`, model: "ears", timeoutSeconds: 20 }),
  };
}

async function fieldsOf(request: IncomingMessage): Promise<Map<string, string>> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const headers = { "content-type": request.headers["content-type"] ?? "" };
  const form = await new Response(Buffer.concat(pieces), { headers }).formData();
  return new Map(
    [...form].map(([name, value]) => [name, typeof value === "string" ? value : `${value.name}, ${value.size} bytes`]),
  );
}

const samples = new Float32Array(1_600);
const signal = new AbortController().signal;

test("a second of speech goes as WAV, with language and vocabulary", async () => {
  const { asked, options } = await serve(() => ({ status: 200, body: { text: "Привет.", language: "russian" } }));
  const engine = await openai.open(options);
  await expect(engine.transcribe({ samples, language: "ru", vocabulary: ["Анна", "Tom"] }, signal)).resolves.toEqual({
    text: "Привет.",
    language: "ru",
    words: [],
  });
  expect(Object.fromEntries(asked[0] ?? [])).toEqual({
    file: "speech.wav, 3244 bytes",
    model: "ears",
    response_format: "verbose_json",
    temperature: "0",
    language: "ru",
    prompt: "Это встреча, и всё, что на ней говорят, записывается. Имена и слова на ней: Анна, Tom.",
  });
});

test("the prompt is in the language that is spoken, names alone while that is to be found; what echoes it was said by nobody", async () => {
  const answers = [
    "Tea is hot.",
    "Чай.",
    "This is a meeting, and what is said in it is written down. Names and words of it: Tom.",
  ];
  const { asked, options } = await serve(() => ({ status: 200, body: { text: answers.shift() } }));
  const engine = await openai.open(options);
  const heard = async (language: "en" | "auto", ...vocabulary: string[]) =>
    (await engine.transcribe({ samples, language, vocabulary }, signal)).text;
  expect(await heard("auto", "Анна")).toBe("Tea is hot.");
  expect(await heard("auto")).toBe("Чай.");
  expect(await heard("en", "Tom")).toBe("");
  expect(asked.map((fields) => fields.get("prompt"))).toEqual([
    "Анна",
    undefined,
    "This is a meeting, and what is said in it is written down. Names and words of it: Tom.",
  ]);
});

test("segments of the answer give the times of words; times that are none do no harm", async () => {
  const segments = [
    { id: 0, text: " Чай горячий.", start: 0.2, end: 1.4 },
    { id: 1, text: " Пейте.", start: 1.9, end: 2.5 },
  ];
  const answers: unknown[] = [segments, [{ text: 1 }], "none"];
  const { options } = await serve(() => ({
    status: 200,
    body: { text: "Чай горячий. Пейте.", language: "ru", segments: answers.shift() },
  }));
  const engine = await openai.open(options);
  const heard = async () => (await engine.transcribe({ samples, language: "ru", vocabulary: [] }, signal)).words;
  expect(await heard()).toEqual([
    { text: " Чай горячий.", from: 0.2 },
    { text: " Пейте.", from: 1.9 },
  ]);
  expect(await heard()).toEqual([]);
  expect(await heard()).toEqual([]);
});

test("a server that does not know verbose_json is asked for json, from then on at once", async () => {
  const { asked, options } = await serve((fields) =>
    fields.get("response_format") === "json"
      ? { status: 200, body: { text: "Hello." } }
      : { status: 400, body: { error: { message: "no such form" } } },
  );
  const engine = await openai.open(options);
  for (let time = 0; time < 2; time++) {
    await expect(engine.transcribe({ samples, language: "auto", vocabulary: [] }, signal)).resolves.toEqual({
      text: "Hello.",
      language: null,
      words: [],
    });
  }
  expect(asked.map((fields) => fields.get("response_format"))).toEqual(["verbose_json", "json", "json"]);
});

test("what goes wrong has a code", async () => {
  const { options } = await serve(() => ({ status: 401, body: { error: { message: "who are you" } } }));
  const refused = await openai.open(options);
  await expect(refused.transcribe({ samples, language: "auto", vocabulary: [] }, signal)).rejects.toMatchObject({
    failure: "engine-refused",
  });
  const nobody = await openai.open({ ...options, baseUrl: "http://127.0.0.1:9/v1" });
  await expect(nobody.transcribe({ samples, language: "auto", vocabulary: [] }, signal)).rejects.toBeInstanceOf(
    EngineError,
  );
});

test.each([
  [400, "engine-failed"],
  [413, "engine-failed"],
  [415, "engine-failed"],
  [422, "engine-failed"],
  [401, "engine-refused"],
  [403, "engine-refused"],
  [404, "engine-refused"],
])("a recording that is refused is told from a refusal of us: %i is %s", async (status, failure) => {
  const { options } = await serve(() => ({ status, body: { error: { message: "no" } } }));
  const engine = await openai.open(options);
  await expect(engine.transcribe({ samples, language: "auto", vocabulary: [] }, signal)).rejects.toMatchObject({
    failure,
  });
});

test.each([
  ["russian", "ru"],
  ["English", "en"],
  ["uk", "uk"],
  ["klingonese", null],
  [undefined, null],
])("language %j is %j", (named, code) => {
  expect(languageCode(named)).toBe(code);
});

test("a WAV file says what it holds", () => {
  const wav = wavOf(Float32Array.of(0, 1, -1, 2));
  expect(wav.toString("latin1", 0, 4)).toBe("RIFF");
  expect(wav.readUInt32LE(24)).toBe(16_000);
  expect([44, 46, 48, 50].map((at) => wav.readInt16LE(at))).toEqual([0, 32_767, -32_767, 32_767]);
});
