/** @vitest-environment jsdom */
import { expect, test } from "vitest";
import type { MeetingRecord, Utterance } from "../../../appservice/protocol/meeting-record.ts";
import type { CircleSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";
import { meetingOf } from "../meeting/made-up.ts";
import { asGraphMl, asSvg } from "./graph-files.ts";
import { filtered, meetingGraph, NODE_KINDS } from "./meeting-graph.ts";

const [ANN, BOB] = ["@ann:x", "@bob:x"];
const circle = (index: number, theme: string): CircleSnapshot => ({ index, kind: "statement", theme, secondsPerTurn: 60, status: "done", round: 1, stances: [], texts: [] });
const meeting = meetingOf(["ann", "bob"], {
  circles: [circle(0, "Tea?"), { ...circle(1, "Agreed?"), stances: [{ who: BOB, position: "object", reason: "too <hot>" }] }],
});
const turn = (id: number, of: number, speaker: string) => ({ id, circle: of, speaker, startedAt: 0, endedAt: 1, spokenMs: 60_000, reason: "passed", heard: true });
const utterance = (id: string, of: number, speaker: string, segments: Utterance["segments"]): Utterance => ({
  id, turn: Number(id.split(".")[0]), circle: of, speaker, startedAt: 0, endedAt: 1, language: "en", text: "", segments, engine: { id: "e", model: "m" },
});
const record: MeetingRecord = {
  version: 1, comments: [], remaking: [], corrections: [],
  turns: [turn(1, 0, ANN), turn(2, 0, BOB), turn(3, 1, ANN)],
  utterances: [
    utterance("1.1", 0, ANN, [{ kind: "speech", text: "Green tea." }]),
    utterance("2.1", 0, BOB, [{ kind: "command", text: "Decision: tea at four.", command: { type: "decision", text: "tea at four" } }]),
  ],
  minutes: [{
    about: { kind: "meeting" }, madeBy: { plugin: "tasks", version: "1", method: "rules", model: null, prompt: null, at: 1 },
    result: { form: "tasks", tasks: [{ id: "t", title: "Buy tea", owner: BOB, due: null, from: ["1.1"], status: "open" }] },
  }],
};
const lines = (graph: ReturnType<typeof meetingGraph>) => graph.edges.map(({ kind, source, target }) => `${source} ${kind} ${target}`);

test("who spoke where, who passed the word to whom, and what came of it", () => {
  const graph = meetingGraph(meeting, record);
  expect(graph.nodes.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
    "person: ann", "person: bob", "circle: Tea?", "circle: Agreed?", "objection: too <hot>", "decision: tea at four", "task: Buy tea",
  ]);
  expect(lines(graph)).toEqual(expect.arrayContaining([
    `person:${ANN} spoke circle:0`, `person:${ANN} handed person:${BOB}`, `person:${BOB} objects objection:1:${BOB}`,
    `person:${BOB} decided decision:2.1:0`, `task:t assigned person:${BOB}`, `person:${ANN} asked task:t`,
  ]));
  // The word does not pass from one circle to the next.
  expect(lines(graph)).not.toContain(`person:${BOB} handed person:${ANN}`);
});

test("a person's view keeps what they touch, a circle's view what belongs to it", () => {
  const graph = meetingGraph(meeting, record);
  const all = { kinds: new Set(NODE_KINDS), person: null, circle: null };
  expect(filtered(graph, { ...all, person: ANN }).nodes.map(({ id }) => id)).toEqual([`person:${ANN}`, `person:${BOB}`, "circle:0", "circle:1", "task:t"]);
  expect(filtered(graph, { ...all, circle: 1 }).nodes.map(({ id }) => id)).toEqual([`person:${ANN}`, "circle:1", `objection:1:${BOB}`]);
  expect(filtered(graph, { ...all, kinds: new Set(["circle"]) })).toMatchObject({ nodes: [{ id: "circle:0" }, { id: "circle:1" }], edges: [] });
});

test("what people said is markup in no file", () => {
  const graph = meetingGraph(meeting, record);
  const places = new Map(graph.nodes.map(({ id }, index) => [id, { x: index * 10, y: index * 5 }]));
  const colours = { nodes: Object.fromEntries(NODE_KINDS.map((kind) => [kind, "red"])) as Record<(typeof NODE_KINDS)[number], string>, text: "black", line: "grey", ground: "white", font: "Inter" };
  for (const file of [asGraphMl(graph), asSvg(graph, places, colours)]) {
    expect(new DOMParser().parseFromString(file, "application/xml").querySelector("parsererror")).toBeNull();
    expect(file).toContain("too &lt;hot&gt;");
  }
});
