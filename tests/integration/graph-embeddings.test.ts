import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openEmbeddings } from "../../appservice/minutes/embeddings/embeddings.ts";
import { EmbeddingsOptions } from "../../appservice/minutes/embeddings/options.ts";
import { buildGraph } from "../../appservice/minutes/graph/build.ts";
import { baselines } from "../../appservice/minutes/evaluate/baselines.ts";
import { rouge } from "../../appservice/minutes/evaluate/scores.ts";
import { readWrittenMeetings } from "../../appservice/minutes/evaluate/written-meeting.ts";
import { meetingHighlights } from "../../appservice/minutes/highlights/highlights.ts";
import { meaningsOf } from "../../appservice/minutes/highlights/meanings.ts";
import { words } from "../../appservice/minutes/text/words.ts";
import graphPlugin from "../../appservice/minutes/plugins/graph.ts";
import { onTheSpot } from "../../appservice/minutes/rules.ts";
import { meeting, record as recordOf, turn } from "../support/minutes/meeting.ts";
import { utterance } from "../support/minutes/utterance.ts";
import type { MeetingRecord, MinutesEntry } from "../../appservice/protocol/meeting-record.ts";
import { type EmbeddingsServer, startEmbeddingsServer } from "../support/stack/embeddings-server.ts";
import { personId } from "../support/protocol/ids.ts";

let dir: string;
let server: EmbeddingsServer;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "mindminder-embeddings-"));
  server = await startEmbeddingsServer({ dir });
});
afterAll(async () => {
  await server?.stop();
  await rm(dir, { recursive: true, force: true });
});

/** Two things that two people each speak of, one in either language, among other things. */
const SAID = [
  ["@anna:x", "Клиенты не понимают наших тарифов."],
  ["@boris:x", "Платёжный сервис не выдерживает нагрузки."],
  ["@sue:x", "People do not understand the difference between our price plans."],
  ["@tom:x", "I was ill for three days."],
  ["@boris:x", "По субботам я поливать сад не могу."],
  ["@sue:x", "The payment service times out under load."],
  ["@anna:x", "Я закончила тексты для сайта."],
  ["@vera:x", "Мы выросли на двадцать процентов за год."],
  ["@tom:x", "The office will move to another street in spring."],
  ["@vera:x", "Нужен новый логотип для визиток."],
] as const;
const record: MeetingRecord = recordOf({
  turns: SAID.map(([speaker], i) => turn(i + 1, 0, personId(speaker))),
  utterances: SAID.map(([speaker, text], i) =>
    utterance({ id: `${i + 1}.1`, turn: i + 1, speaker: personId(speaker), text }),
  ),
});
const over = meeting({
  phase: "ended",
  circles: [
    {
      index: 0,
      kind: "statement",
      theme: "Что мешает?",
      secondsPerTurn: 60,
      status: "done",
      round: 1,
      stances: [],
      texts: [],
    },
  ],
});

async function made(baseUrl: string): Promise<{ entry: MinutesEntry; warned: string[] }> {
  const warned: string[] = [];
  const { result, method, model, prompt } = await graphPlugin.run({
    about: { kind: "meeting" },
    meeting: over,
    people: over.people,
    utterances: record.utterances,
    comments: [],
    results: [],
    llm: null,
    options: {},
    language: "ru",
    now: 0,
    embeddings: openEmbeddings(
      EmbeddingsOptions.parse({ baseUrl, model: "multilingual-e5-small-q4", timeoutSeconds: 100 }),
    ),
    signal: AbortSignal.timeout(120_000),
    byRule: onTheSpot,
    warn: (message, detail) => void warned.push(`${message} ${JSON.stringify(detail)}`),
  });
  return {
    entry: {
      about: { kind: "meeting" },
      result,
      madeBy: { plugin: "graph", version: "1", method, model, prompt, at: 1 },
    },
    warned,
  };
}

test("statements of different people on one thing find each other across languages, and those on other things do not", async () => {
  const { entry, warned } = await made(server.baseUrl);
  expect(warned).toEqual([]);
  expect(entry.madeBy.model).toBe("multilingual-e5-small-q4");
  const graph = buildGraph(over, { ...record, minutes: [entry] });
  const textOf = (id: string) => graph.nodes.find((node) => node.id === id)?.text;
  const joined = graph.edges
    .filter(({ kind }) => kind === "same")
    .map(({ source, target, knownBy }) => [textOf(source), textOf(target), knownBy]);
  // A small model finds six of ten such pairs; what counts is that it joins nothing else (docs/graph.md).
  const pairs = [
    [SAID[0][1], SAID[2][1], "embeddings"],
    [SAID[1][1], SAID[5][1], "embeddings"],
  ];
  expect(joined).toContainEqual(pairs[0]);
  expect(joined.filter((pair) => !pairs.some((each) => each.join() === pair.join()))).toEqual([]);
});

test("a server that is away leaves the graph without these lines, and says so in the log", async () => {
  const { entry, warned } = await made("http://127.0.0.1:9/v1");
  expect(entry).toMatchObject({ result: { form: "graph", same: [] }, madeBy: { method: "rules", model: null } });
  expect(warned).toEqual([expect.stringMatching(/not joined.*no embeddings from 127\.0\.0\.1:9/)]);
});

test("highlights chosen with embeddings are no worse than those by words, the first sentences or any others", async () => {
  const embeddings = openEmbeddings(
    EmbeddingsOptions.parse({ baseUrl: server.baseUrl, model: server.model, timeoutSeconds: 100 }),
  );
  const written = readWrittenMeetings("tests/minutes/dev").meetings.flatMap(({ summary, ...each }) =>
    summary === null ? [] : [{ ...each, summary }],
  );
  const warned: string[] = [];
  const warn = (message: string) => void warned.push(message);
  const sums = { near: 0, plain: 0, lead: 0, random: 0 };
  for (const { meeting, record, summary } of written) {
    const said = { utterances: record.utterances, people: meeting.people, meeting };
    const meanings = await meaningsOf({
      ...said,
      embeddings,
      byRule: onTheSpot,
      signal: AbortSignal.timeout(120_000),
      warn,
    });
    expect(meanings).not.toBeNull();
    const text = (of: readonly { readonly text: string }[]) => of.map((each) => each.text).join(" ");
    const near = text(meetingHighlights({ ...said, meanings }, 8));
    const { lead, random } = baselines(record.utterances, summary, words(near).length);
    sums.near += rouge(near, summary).rouge1;
    sums.plain += rouge(text(meetingHighlights(said, 8)), summary).rouge1;
    sums.lead += lead.rouge1;
    sums.random += random.rouge1;
  }
  expect(warned).toEqual([]);
  expect(sums.near).toBeGreaterThanOrEqual(Math.max(sums.plain, sums.lead, sums.random));
});

test("where the server is away, highlights are chosen by their words, and the log says so", async () => {
  const embeddings = openEmbeddings(EmbeddingsOptions.parse({ baseUrl: "http://127.0.0.1:9/v1", model: "m" }));
  const warned: string[] = [];
  const signal = AbortSignal.timeout(120_000);
  const asked = { utterances: record.utterances, meeting: over, embeddings, byRule: onTheSpot, signal };
  expect(await meaningsOf({ ...asked, warn: (message) => void warned.push(message) })).toBeNull();
  expect(warned).toEqual([expect.stringContaining("no embeddings")]);
});
