import type { ParticipantId } from "../../protocol/identity.ts";
import type { GraphNode, KnownBy, MeetingGraph, SameThing } from "../../protocol/meeting-graph.ts";
import type { MeetingRecord } from "../../protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../../protocol/meeting-snapshot.ts";
import { decisionsIn, questionsIn, tasksIn } from "./contents.ts";
import { Network } from "./network.ts";
import { relationsIn, withoutLooseEnds } from "./relations.ts";
import { alike, type SaidThing, saidIn, sharesUtterance } from "./said.ts";
import { themesIn } from "./themes.ts";

export const participantNode = (id: ParticipantId) => `participant:${id}`;
export const circleNode = (index: number) => `circle:${index}`;
const TOPIC = "theme:topic";

/**
 * Builds the network of a meeting's results from the record as it is now: while the meeting runs as well as after
 * corrections. Pure. Statements that say the same are known from the minutes, since finding them takes a model.
 */
export function buildGraph(meeting: MeetingSnapshot, record: MeetingRecord): MeetingGraph {
  const network = new Network();
  const node = (
    id: string,
    kind: GraphNode["kind"],
    text: string,
    of: { people?: (ParticipantId | null)[]; circle?: number | null; from?: readonly string[]; knownBy: KnownBy },
  ) =>
    network.node({
      id,
      kind,
      text,
      circle: of.circle ?? null,
      from: [...(of.from ?? [])],
      knownBy: of.knownBy,
      meetings: [meeting.id],
      people: [...new Set((of.people ?? []).filter((who) => who !== null))],
    });
  const [decisions, tasks] = [decisionsIn(record), tasksIn(record)];
  const heard = saidIn(meeting, record, [...decisions, ...tasks]);
  const relations = relationsIn(heard, meeting.people, participantNode);
  const said = withoutLooseEnds(heard, relations);

  peopleAndCircles();
  for (const { id, kind, text, speaker, circle, from, knownBy } of said) {
    node(id, kind, text, { people: [speaker], circle, from, knownBy });
    network.edge("said", participantNode(speaker), id, "meeting");
    network.edge("about", id, circleNode(circle), "meeting");
  }
  for (const { kind, source, target } of relations) network.edge(kind, source, target, "rules");
  stances();
  for (const { id, text, speaker, circle, from, knownBy } of decisions)
    result(`decision:${id}`, "decision", { text, speaker, circle, from, knownBy });
  for (const { id, text, speaker, owner, circle, from, knownBy } of tasks) {
    result(`task:${id}`, "task", { text, speaker, circle, from, knownBy }, owner);
    if (owner) network.edge("assigned", `task:${id}`, participantNode(owner), knownBy);
  }
  const asked = said.filter(({ kind }) => kind === "question");
  for (const { id, from, ...of } of questionsIn(record)) {
    // Questions that were asked aloud stand there already.
    if (!asked.some((each) => sharesUtterance(from, each.from))) result(`question:${id}`, "question", { ...of, from });
  }
  themes();
  for (const {
    nodes: [one, other],
    likeness,
  } of sameIn(record))
    network.edge("same", one, other, "embeddings", 1 + Math.max(0, likeness));
  return withUtterances(
    network.done([
      { id: meeting.id, title: meeting.topic || meeting.scenario.title, startedAt: meeting.startedAt ?? meeting.at },
    ]),
    record,
  );

  function peopleAndCircles(): void {
    const took = meeting.people.filter(
      ({ id, presence, spokenMs }) =>
        presence !== "left" || spokenMs > 0 || record.turns.some(({ speaker }) => speaker === id),
    );
    for (const { id, name } of took)
      node(participantNode(id), "participant", name, { people: [id], knownBy: "meeting" });
    for (const { index, theme, status } of meeting.circles)
      if (status !== "waiting") node(circleNode(index), "circle", theme, { circle: index, knownBy: "meeting" });
    for (const { circle, speaker, spokenMs } of record.turns)
      if (spokenMs > 0)
        network.edge("spoke", participantNode(speaker), circleNode(circle), "meeting", spokenMs / 60_000);
  }

  /**
   * Adds consent and objections, which are data; their subject is the proposal that was made in that circle, or before
   * it.
   */
  function stances(): void {
    for (const { index, theme, status, stances: taken } of meeting.circles) {
      const proposal =
        said.findLast(({ kind, circle }) => kind === "proposal" && circle <= index)?.id ?? circleNode(index);
      const objections = taken.filter(({ position }) => position === "object");
      for (const { who, reason } of objections) {
        const id = `objection:${index}:${who}`;
        const from = record.utterances
          .filter(({ circle, speaker, text }) => circle === index && speaker === who && alike(text, reason))
          .map((utterance) => utterance.id);
        node(id, "objection", reason, { people: [who], circle: index, from, knownBy: "meeting" });
        network.edge("said", participantNode(who), id, "meeting");
        network.edge("about", id, circleNode(index), "meeting");
        network.edge("objects", id, proposal, "meeting");
      }
      const consents = taken.filter(({ position }) => position === "consent");
      const decided = status === "done" && consents.length > 0 && objections.length === 0;
      const decision = `decision:consent:${index}`;
      if (decided) {
        const of = said.find(({ id }) => id === proposal);
        node(decision, "decision", of?.text ?? theme, {
          people: of ? [of.speaker] : [],
          circle: index,
          from: of?.from ?? [],
          knownBy: "meeting",
        });
        network.edge("about", decision, circleNode(index), "meeting");
        network.edge("derived", decision, proposal, "meeting");
      }
      for (const { who } of consents)
        network.edge(decided ? "agreed" : "supports", participantNode(who), decided ? decision : proposal, "meeting");
    }
  }

  function result(
    id: string,
    kind: "decision" | "task" | "question",
    of: {
      text: string;
      speaker: ParticipantId | null;
      circle: number | null;
      from: readonly string[];
      knownBy: KnownBy;
    },
    owner: ParticipantId | null = null,
  ): void {
    const { text, speaker, circle, from, knownBy } = of;
    node(id, kind, text, { people: [owner, speaker], circle, from, knownBy });
    if (speaker) network.edge("said", participantNode(speaker), id, "meeting");
    if (circle !== null) network.edge("about", id, circleNode(circle), "meeting");
    for (const source of said) if (comesFrom(of, source)) network.edge("derived", id, source.id, "rules");
  }

  function themes(): void {
    if (meeting.topic) {
      node(TOPIC, "theme", meeting.topic, { knownBy: "meeting" });
      for (const { index, status } of meeting.circles)
        if (status !== "waiting") network.edge("about", circleNode(index), TOPIC, "meeting");
    }
    const spokenOf = network
      .nodes()
      .filter(({ kind }) => kind !== "participant" && kind !== "circle" && kind !== "theme");
    const known = [
      meeting.topic,
      ...meeting.circles.map(({ theme }) => theme),
      ...meeting.people.map(({ name }) => name),
    ];
    for (const { stem, word, nodes } of themesIn(spokenOf, known)) {
      node(`theme:${stem}`, "theme", word, { knownBy: "rules" });
      for (const id of nodes) network.edge("about", id, `theme:${stem}`, "rules");
    }
  }
}

/**
 * Tells whether a result comes from a statement: made in the same words by anybody, in the same or an earlier circle,
 * or in the same breath.
 */
function comesFrom(
  { text, circle, from }: { text: string; circle: number | null; from: readonly string[] },
  source: SaidThing,
): boolean {
  if (circle === null || source.circle > circle) return false;
  return sharesUtterance(from, source.from) || (source.kind === "proposal" && alike(text, source.text));
}

/** Statements that say one thing, as the minutes found them last. */
function sameIn({ minutes }: MeetingRecord): readonly SameThing[] {
  const last = minutes.findLast(({ result }) => result.form === "graph");
  return last?.result.form === "graph" ? last.result.same : [];
}

/** Lets people, circles and themes rest on all that hangs on them. */
function withUtterances(graph: MeetingGraph, { utterances }: MeetingRecord): MeetingGraph {
  const own = new Map(graph.nodes.map(({ id, from }) => [id, from]));
  const order = new Map(utterances.map(({ id }, place) => [id, place]));
  const hung = (id: string) =>
    graph.edges.flatMap(({ source, target }) =>
      source === id ? (own.get(target) ?? []) : target === id ? (own.get(source) ?? []) : [],
    );
  const inOrder = (ids: readonly string[]) =>
    [...new Set(ids)].sort((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0));
  const spoken = (who: ParticipantId | undefined) =>
    utterances.filter(({ speaker }) => speaker === who).map(({ id }) => id);
  return {
    ...graph,
    nodes: graph.nodes.map((node) => {
      if (node.from.length > 0) return node;
      const {
        kind,
        id,
        circle,
        people: [who],
      } = node;
      if (kind === "circle")
        return {
          ...node,
          from: inOrder(
            utterances.filter((utterance) => utterance.circle === circle).map((utterance) => utterance.id),
          ).slice(0, MOST_QUOTED),
        };
      return {
        ...node,
        from: (kind === "participant"
          ? spoken(who).filter((said) => hung(id).includes(said))
          : inOrder(hung(id))
        ).slice(0, MOST_QUOTED),
      };
    }),
  };
}

const MOST_QUOTED = 20;
