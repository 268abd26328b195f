import { onTheSpot } from "../rules.ts";
import { expect, test } from "vitest";
import type { MeetingRecord } from "../../protocol/meeting-record.ts";
import { MeetingGraph } from "../../protocol/meeting-graph.ts";
import { council } from "../../../tests/support/minutes/council.ts";
import { buildGraph } from "./build.ts";
import { mergeGraphs } from "./merge.ts";
import { roomGraph } from "./room-graph.ts";
import { meetingId, personId } from "../../../tests/support/protocol/ids.ts";

const { meeting, record } = council();
const task = (id: string): MeetingRecord["minutes"][number] => ({
  about: { kind: "meeting" },
  madeBy: { plugin: "tasks", version: "1", method: "rules", model: null, prompt: null, at: 1 },
  result: {
    form: "tasks",
    tasks: [{ id, title: "Купить чай", owner: personId("@anna:x"), due: null, from: ["1.1"], status: "open" }],
  },
});
const first = buildGraph(meeting, { ...record, minutes: [task("t1")] });
const second = buildGraph(
  { ...meeting, id: meetingId("mcouncil02"), topic: "Another" },
  { ...record, minutes: [task("t1")], utterances: record.utterances.filter(({ circle }) => circle === 0) },
);
const merged = mergeGraphs([second, first]);
const of = (kind: string) => merged.nodes.filter((node) => node.kind === kind);

test("everybody is there once, what was said in the same words stands once, and each task is of its meeting", () => {
  expect(MeetingGraph.parse(merged)).toEqual(merged);
  expect(of("participant").map(({ text, meetings }) => `${text} ${meetings.length}`)).toEqual([
    "Анна 2",
    "Tom 2",
    "Борис 2",
    "Sue 2",
    "Вера 2",
    "Kim 2",
    "Глеб 2",
  ]);
  expect(of("circle")).toHaveLength(2);
  expect(of("theme").map(({ text }) => text)).toEqual(expect.arrayContaining(["Another", meeting.topic]));
  expect(
    of("statement")
      .filter(({ text }) => text === "I was ill for three days.")
      .map(({ meetings }) => meetings),
  ).toEqual([["mcouncil02", "mcouncil00"]]);
  expect(of("task").map(({ id, meetings }) => [id, meetings])).toEqual([
    ["mcouncil02/task:t1", ["mcouncil02"]],
    ["mcouncil00/task:t1", ["mcouncil00"]],
  ]);
});

test("what it rests on names its meeting, and no line leads to nowhere", () => {
  expect(of("task").map(({ from }) => from)).toEqual([["mcouncil02/1.1"], ["mcouncil00/1.1"]]);
  const ids = new Set(merged.nodes.map(({ id }) => id));
  expect(merged.edges.filter(({ source, target }) => !ids.has(source) || !ids.has(target))).toEqual([]);
});

test("of a room that met often what is most connected stays, with all people and tasks", () => {
  const many = Array.from({ length: 30 }, (_, i) =>
    buildGraph(
      { ...meeting, id: meetingId(`m0000000${i}x`) },
      {
        ...record,
        minutes: [task(`t${i}`)],
        utterances: record.utterances.map((utterance) => ({
          ...utterance,
          segments: [],
          text: `${utterance.text.replace(/[.!?]$/, "")}, ${i}.`,
        })),
      },
    ),
  );
  const graph = mergeGraphs(many);
  expect(graph.nodes.length).toBe(200);
  expect(graph.nodes.filter(({ kind }) => kind === "task")).toHaveLength(30);
  expect(graph.nodes.filter(({ kind }) => kind === "participant")).toHaveLength(7);
});

test("a model of likeness that is away leaves them joined by their words", async () => {
  const warned: unknown[] = [];
  const away = { model: "m", alikeFrom: 0, of: () => Promise.reject(new Error("away")) };
  const graph = await roomGraph(
    [buildGraph(meeting, record), buildGraph({ ...meeting, id: meetingId("mcouncil02") }, record)],
    onTheSpot,
    away,
    (error) => warned.push(error),
  );
  expect(graph.meetings).toHaveLength(2);
  expect(warned).toHaveLength(1);
});
