import type { MeetingGraph } from "../../protocol/meeting-graph.ts";
import type { Embeddings } from "../embeddings/embeddings.ts";
import type { ByRule } from "../rules.ts";
import { sameThings } from "./same.ts";
import { timeLimit } from "../../time/time.ts";

/**
 * Joins the graphs of a room's meetings. Without a model of likeness, or with it away, statements are joined by their
 * words alone.
 */
export async function roomGraph(
  graphs: readonly MeetingGraph[],
  byRule: ByRule,
  embeddings: Embeddings | null,
  warn: (error: unknown) => void,
): Promise<MeetingGraph> {
  const merged = await byRule("mergeGraphs", graphs);
  if (!embeddings || graphs.length < 2) return merged;
  try {
    return await byRule("mergeGraphs", graphs, await sameThings(merged, embeddings, byRule, timeLimit(LONGEST_MS)));
  } catch (error) {
    warn(error);
    return merged;
  }
}

/** Limit of the wait, during which somebody looks at an empty page. */
const LONGEST_MS = 10_000;
