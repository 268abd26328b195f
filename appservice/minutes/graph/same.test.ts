import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { personId } from "../../../tests/support/protocol/ids.ts";
import type { GraphNode } from "../../protocol/meeting-graph.ts";
import { simulateTime, timeSource } from "../../time/source.ts";
import { openEmbeddings } from "../embeddings/embeddings.ts";
import { EmbeddingsOptions } from "../embeddings/options.ts";
import { type ByRule, onTheSpot } from "../rules.ts";
import { alikeStatements } from "./alike-statements.ts";
import { sameThings } from "./same.ts";

const node = (i: number, who: string, text = `statement ${i}`): GraphNode => ({
  id: `s${i}`,
  kind: "statement",
  text,
  people: [personId(who)],
  circle: 0,
  from: [`${i}.1`],
  knownBy: "meeting",
  centrality: 0,
  meetings: [],
});

/** Statements of two people in turn, each with a place that has this direction. */
const spoken = (...directions: readonly (readonly number[])[]) => ({
  statements: directions.map((_, i) => node(i, i % 2 === 0 ? "@ann:x" : "@bob:x")),
  places: directions.map((direction) => Float32Array.from(direction)),
});

test("each is paired with its nearest among others' statements, if that is alike enough", () => {
  const { statements, places } = spoken([1, 0, 0, 0.1], [1, 0.1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0.2], [0, 0, 0, 1]);
  const found = alikeStatements(statements, places, 0.5);
  expect(found.map(({ nodes }) => nodes)).toEqual([["s0", "s1"]]);
  expect(alikeStatements(statements, places, 0.999)).toEqual([]);
  const hers = statements.map((each) => ({ ...each, people: [personId("@ann:x")] }));
  expect(alikeStatements(hers, places, 0.5), "nobody is joined with themselves").toEqual([]);
});

test("one sentence of a much-spoken-of matter is tied to its nearest alone", () => {
  const { statements, places } = spoken([1, 0, 0], [1, 0.3, 0], [0, 1, 0], [1, 0.05, 0], [0, 0, 1], [0, 1, 1]);
  const ends = alikeStatements(statements, places, 0.3).flatMap(({ nodes }) => nodes);
  expect(ends).toContain("s0");
  expect(ends.filter((end) => end === "s0")).toHaveLength(1);
});

/** An embeddings server, which remembers how many texts came in each request. */
async function server(numbers: number) {
  const requests: number[] = [];
  const running = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { input } = JSON.parse(Buffer.concat(chunks).toString()) as { input: string[] };
    requests.push(input.length);
    const data = input.map((_, index) => ({
      index,
      object: "embedding",
      embedding: Array.from({ length: numbers }, (__, k) => ((k + index) % 7) / 7),
    }));
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify({ object: "list", model: "m", data }));
  });
  running.listen(0, "127.0.0.1");
  await new Promise((resolve) => running.once("listening", resolve));
  onTestFinished(() => {
    running.closeAllConnections();
    running.close();
  });
  const baseUrl = `http://127.0.0.1:${(running.address() as AddressInfo).port}/v1`;
  return { requests, embeddings: openEmbeddings(EmbeddingsOptions.parse({ baseUrl, model: "m" })) };
}

test("statements are compared apart from the thread that guards the microphones, and their vectors read by turns", async () => {
  const { embeddings, requests } = await server(384);
  const nodes = Array.from({ length: 100 }, (_, i) => node(i, `@p${i % 9}:x`));
  const asked: string[] = [];
  const byRule: ByRule = (rule, ...given) => {
    asked.push(rule);
    return onTheSpot(rule, ...given);
  };
  let turns = 0;
  const nextTurn = () => {
    turns += 1;
    return Promise.resolve();
  };
  onTestFinished(simulateTime({ ...timeSource(), nextTurn }));
  await sameThings({ nodes }, embeddings, byRule, AbortSignal.timeout(60_000));
  expect(asked).toEqual(["alikeStatements"]);
  expect(Math.max(...requests)).toBeLessThanOrEqual(32);
  expect(turns, "no more than eight vectors between two").toBeGreaterThanOrEqual(12);
});

test("an answer whose vectors are none is no answer", async () => {
  const { embeddings } = await server(0);
  await expect(embeddings.of(["a"], AbortSignal.timeout(60_000))).rejects.toMatchObject({
    code: "EMBEDDINGS_UNAVAILABLE",
  });
});
