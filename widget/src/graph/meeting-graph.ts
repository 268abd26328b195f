import type { ParticipantId } from "../../../appservice/protocol/identity.ts";
import type { MeetingRecord } from "../../../appservice/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";
import { decisionsOf, tasksOf } from "../../../appservice/protocol/record-contents.ts";

export const NODE_KINDS = ["person", "circle", "statement", "task", "decision", "objection"] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

export const EDGE_KINDS = ["spoke", "handed", "said", "about", "asked", "assigned", "decided", "objects"] as const;
export type EdgeKind = (typeof EDGE_KINDS)[number];

export type GraphNode = {
  readonly id: string;
  readonly kind: NodeKind;
  readonly text: string;
  /** Whose it is: the person themselves, the owner of a task, whoever said it. */
  readonly people: readonly ParticipantId[];
  readonly circle: number | null;
  /** The utterances it came from. */
  readonly from: readonly string[];
};

export type GraphEdge = {
  readonly id: string;
  readonly kind: EdgeKind;
  readonly source: string;
  readonly target: string;
  /** From 1 for a line's usual width. */
  readonly weight: number;
};

export type MeetingGraph = { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] };

/** What of a meeting belongs together: people, circles, what was said in them, and what came of it. */
export function meetingGraph(meeting: MeetingSnapshot, record: MeetingRecord | null): MeetingGraph {
  const graph = new Drawing();
  const people = meeting.people.filter(({ id, spokenMs, presence }) => presence !== "left" || spokenMs > 0 || record?.turns.some(({ speaker }) => speaker === id));
  for (const { id, name } of people) graph.node({ id: personNode(id), kind: "person", text: name, people: [id], circle: null, from: [] });
  for (const { index, theme, status, stances } of meeting.circles) {
    if (status === "waiting") continue;
    graph.node({ id: circleNode(index), kind: "circle", text: theme, people: [], circle: index, from: [] });
    for (const { who, position, reason } of stances) {
      if (position !== "object") continue;
      const id = `objection:${index}:${who}`;
      graph.node({ id, kind: "objection", text: reason, people: [who], circle: index, from: [] });
      graph.edge("objects", personNode(who), id);
      graph.edge("about", id, circleNode(index));
    }
  }
  if (record) {
    turns(graph, record);
    statements(graph, record);
    decisions(graph, record);
    tasks(graph, record);
  }
  return graph.done();
}

function turns(graph: Drawing, { turns: ended }: MeetingRecord): void {
  const spokenIn = Map.groupBy(ended.filter(({ spokenMs }) => spokenMs > 0), ({ circle, speaker }) => `${circle} ${speaker}`);
  for (const of of spokenIn.values()) {
    const [first] = of;
    if (!first) continue;
    const minutes = of.reduce((sum, { spokenMs }) => sum + spokenMs, 0) / 60_000;
    graph.edge("spoke", personNode(first.speaker), circleNode(first.circle), 1 + Math.min(4, minutes));
  }
  for (const [index, { speaker, circle }] of ended.entries()) {
    const next = ended[index + 1];
    if (next?.circle === circle && next.speaker !== speaker) graph.edge("handed", personNode(speaker), personNode(next.speaker));
  }
}

/** The sentences chosen or written for each person. */
function statements(graph: Drawing, { minutes, utterances }: MeetingRecord): void {
  const speakers = new Map(utterances.map(({ id, speaker }) => [id, speaker]));
  for (const { about, result } of minutes) {
    if (about.kind !== "participant" || result.form !== "summary") continue;
    for (const { text, from } of result.sentences) {
      const id = `statement:${about.circle}:${about.participant}:${from.join(",")}:${text.length}`;
      const who = speakers.get(from[0] ?? "") ?? about.participant;
      graph.node({ id, kind: "statement", text, people: [who], circle: about.circle, from });
      graph.edge("said", personNode(who), id);
      graph.edge("about", id, circleNode(about.circle));
    }
  }
}

function decisions(graph: Drawing, record: MeetingRecord): void {
  for (const { id: decision, text, from, source: { speaker, circle } } of decisionsOf(record)) {
    const id = `decision:${decision}`;
    graph.node({ id, kind: "decision", text, people: [speaker], circle, from });
    graph.edge("decided", personNode(speaker), id);
    graph.edge("about", id, circleNode(circle));
  }
}

function tasks(graph: Drawing, record: MeetingRecord): void {
  const said = new Map(record.utterances.map((utterance) => [utterance.id, utterance]));
  for (const { id, title, owner, from } of tasksOf(record)) {
    const source = said.get(from[0] ?? "");
    const node = `task:${id}`;
    const of = [owner, source?.speaker].filter((who) => who !== undefined && who !== null);
    graph.node({ id: node, kind: "task", text: title, people: [...new Set(of)], circle: source?.circle ?? null, from });
    if (owner) graph.edge("assigned", node, personNode(owner));
    if (source && source.speaker !== owner) graph.edge("asked", personNode(source.speaker), node);
    if (source) graph.edge("about", node, circleNode(source.circle));
  }
}

export type Filter = { readonly kinds: ReadonlySet<NodeKind>; readonly person: ParticipantId | null; readonly circle: number | null };

/** What is left of a graph: only lines with both ends. A person's view keeps the circles and the people it touches. */
export function filtered({ nodes, edges }: MeetingGraph, { kinds, person, circle }: Filter): MeetingGraph {
  const ofKind = nodes.filter(({ kind }) => kinds.has(kind));
  const inCircle = ofKind.filter((node) => circle === null || node.circle === circle || (node.circle === null && touches(edges, node.id, circleNode(circle))));
  const centre = person === null ? null : personNode(person);
  const kept = centre === null ? inCircle : inCircle.filter((node) => node.id === centre || touches(edges, node.id, centre));
  const ids = new Set(kept.map(({ id }) => id));
  return { nodes: kept, edges: edges.filter(({ source, target }) => ids.has(source) && ids.has(target)) };
}

function touches(edges: readonly GraphEdge[], one: string, other: string): boolean {
  return edges.some(({ source, target }) => (source === one && target === other) || (source === other && target === one));
}

const personNode = (id: ParticipantId) => `person:${id}`;
const circleNode = (index: number) => `circle:${index}`;

/** Collects nodes and edges; an edge to nobody is left out, one drawn twice counts more. */
class Drawing {
  readonly #nodes = new Map<string, GraphNode>();
  readonly #edges = new Map<string, GraphEdge>();

  node(node: GraphNode): void {
    this.#nodes.set(node.id, node);
  }

  edge(kind: EdgeKind, source: string, target: string, weight = 1): void {
    const id = `${kind}|${source}|${target}`;
    const known = this.#edges.get(id);
    this.#edges.set(id, known ? { ...known, weight: Math.min(5, known.weight + 1) } : { id, kind, source, target, weight });
  }

  done(): MeetingGraph {
    const edges = [...this.#edges.values()].filter(({ source, target }) => this.#nodes.has(source) && this.#nodes.has(target));
    return { nodes: [...this.#nodes.values()], edges };
  }
}
