import { expect, test } from "vitest";
import { type EdgeKind, type MeetingGraph, NODE_KINDS, type NodeKind } from "@mindminder/protocol/meeting-graph.ts";
import { filtered } from "./filtered.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import { meetingId, personId } from "../../../../tests/support/protocol/ids.ts";

const [ANN, BOB] = [personId("@ann:x"), personId("@bob:x")];
const node = (
  id: string,
  kind: NodeKind,
  circle: number | null,
  ...people: ParticipantId[]
): MeetingGraph["nodes"][number] => ({
  id,
  kind,
  text: id,
  people,
  circle,
  from: [],
  knownBy: "meeting",
  centrality: 1,
  meetings: [meetingId("m00000001")],
});
const edge = (source: string, kind: EdgeKind, target: string): MeetingGraph["edges"][number] => ({
  id: `${source}|${target}`,
  kind,
  source,
  target,
  weight: 1,
  knownBy: "meeting",
});
const graph = {
  nodes: [
    node("ann", "participant", null, ANN),
    node("bob", "participant", null, BOB),
    node("tea?", "circle", 0),
    node("agreed?", "circle", 1),
    node("green tea", "statement", 0, ANN),
    node("too hot", "objection", 1, BOB),
  ],
  edges: [
    edge("ann", "spoke", "tea?"),
    edge("ann", "said", "green tea"),
    edge("green tea", "about", "tea?"),
    edge("bob", "said", "too hot"),
    edge("too hot", "about", "agreed?"),
    edge("too hot", "objects", "green tea"),
  ],
};
const all = { kinds: new Set(NODE_KINDS), person: null, circle: null };
const idsOf = ({ nodes }: ReturnType<typeof filtered>) => nodes.map(({ id }) => id);

test("without a filter all is there", () => expect(filtered(graph, all)).toEqual(graph));

test("a circle's view keeps what belongs to it and who touches that", () => {
  expect(idsOf(filtered(graph, { ...all, circle: 1 }))).toEqual(["bob", "agreed?", "too hot"]);
});

test("a person's view keeps what they touch", () => {
  expect(idsOf(filtered(graph, { ...all, person: ANN }))).toEqual(["ann", "tea?", "green tea"]);
});

test("a line has both its ends or is not there", () => {
  expect(filtered(graph, { ...all, kinds: new Set(["circle"]) })).toMatchObject({
    nodes: [{ id: "tea?" }, { id: "agreed?" }],
    edges: [],
  });
});
