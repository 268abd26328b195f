import { createHash } from "node:crypto";
import { dateIn, translateTo } from "../../language/translate.ts";
import type { MeetingGraph } from "../../protocol/meeting-graph.ts";
import type { MeetingSnapshot } from "../../protocol/meeting-snapshot.ts";
import { graphPicture, type GraphPicture } from "./svg.ts";

/** Draws the poster of a meeting: its graph under its title, with the day and the people. */
export function pictureOfMeeting(graph: MeetingGraph, meeting: MeetingSnapshot): GraphPicture {
  const { language, topic, scenario, startedAt, at } = meeting;
  const day = dateIn(language, new Date(startedAt ?? at).toISOString().slice(0, 10));
  const people = graph.nodes.filter(({ kind }) => kind === "participant").map(({ text }) => text);
  const facts = [topic ? scenario.title : "", day, people.join(", ")].filter((fact) => fact !== "").join(" · ");
  return graphPicture(graph, { title: topic || scenario.title, facts, language, t: translateTo(language) });
}

/** Tells one state of a graph from another. */
export function fingerprint(graph: MeetingGraph): string {
  return createHash("sha256").update(JSON.stringify(graph)).digest("base64url").slice(0, 22);
}
