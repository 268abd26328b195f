import { z } from "zod";
import { Instant, MeetingId, ParticipantId } from "./identity.ts";

export const NODE_KINDS = [
  "participant",
  "circle",
  "theme",
  "statement",
  "proposal",
  "agreement",
  "objection",
  "decision",
  "task",
  "question",
] as const;
export const NodeKind = z.enum(NODE_KINDS);
export type NodeKind = z.infer<typeof NodeKind>;

/**
 * Kinds of edges, from whom or what to what: `spoke` participant → circle; `said` participant → what they said; `about`
 * what was said → circle or theme; `supports`, `objects`, `answers` what was said (or a stance) → what it speaks of;
 * `agreed` participant → decision; `assigned` task → participant; `derived` result → what it came from; `same`
 * statements of different people on one thing.
 */
export const EDGE_KINDS = [
  "spoke",
  "said",
  "about",
  "supports",
  "objects",
  "answers",
  "agreed",
  "assigned",
  "derived",
  "same",
] as const;
export const EdgeKind = z.enum(EDGE_KINDS);
export type EdgeKind = z.infer<typeof EdgeKind>;

/**
 * Source of the knowledge. `meeting`: it happened so (who sat there, who objected, what was called out). `people`:
 * somebody put it so. `highlights`: a sentence chosen from what was said. `rules`: found by patterns. `llm`: written
 * by a language model. `embeddings`: found by likeness of meaning.
 */
export const KnownBy = z.enum(["meeting", "people", "highlights", "rules", "llm", "embeddings"]);
export type KnownBy = z.infer<typeof KnownBy>;

export const GraphNode = z.object({
  id: z.string(),
  kind: NodeKind,
  text: z.string(),
  /** People it belongs to: the person themselves, those who said it, the owner of a task. */
  people: z.array(ParticipantId),
  /** Index of the circle it belongs to; null where it belongs to none, or to circles of several meetings. */
  circle: z.number().int().nonnegative().nullable(),
  /** The utterances it rests on; in a graph of several meetings `MEETING/UTTERANCE`. */
  from: z.array(z.string()),
  knownBy: KnownBy,
  /** PageRank, as a share of the most central one's: 0 to 1. */
  centrality: z.number().min(0).max(1),
  /** The meetings it stands in. */
  meetings: z.array(MeetingId),
});
export type GraphNode = z.infer<typeof GraphNode>;

export const GraphEdge = z.object({
  id: z.string(),
  kind: EdgeKind,
  source: z.string(),
  target: z.string(),
  /** Weight of the line: 1 is its usual width. */
  weight: z.number().min(0),
  knownBy: KnownBy,
});
export type GraphEdge = z.infer<typeof GraphEdge>;

/**
 * The network of a meeting's results, or of all meetings of a room. `format` grows when older readers would misread it.
 */
export const MeetingGraph = z.object({
  format: z.literal(1),
  meetings: z.array(
    z.object({
      id: MeetingId,
      title: z.string(),
      startedAt: Instant,
      /** Ring of an assembly that it is the meeting of: its nodes are drawn as a group of that name. */
      group: z.string().optional(),
    }),
  ),
  nodes: z.array(GraphNode),
  edges: z.array(GraphEdge),
});
export type MeetingGraph = z.infer<typeof MeetingGraph>;

/** Two statements of different people on one thing, and how alike they are (cosine). */
export const SameThing = z.object({ nodes: z.tuple([z.string(), z.string()]), likeness: z.number() });
export type SameThing = z.infer<typeof SameThing>;
