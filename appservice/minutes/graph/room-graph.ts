import type { MeetingGraph } from "../../protocol/meeting-graph.ts";
import type { MeetingRecord } from "../../protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../../protocol/meeting-snapshot.ts";
import type { Embeddings } from "../embeddings/embeddings.ts";
import { buildGraph } from "./build.ts";
import { mergeGraphs } from "./merge.ts";
import { sameThings } from "./same.ts";

type Of = { readonly meeting: MeetingSnapshot; readonly record: MeetingRecord };

/** The graph of a room's meetings. Without a model of likeness, or with it away, statements are joined by their words alone. */
export async function roomGraph(meetings: readonly Of[], embeddings: Embeddings | null, warn: (error: unknown) => void): Promise<MeetingGraph> {
  const graphs = meetings.map(({ meeting, record }) => buildGraph(meeting, record));
  const merged = mergeGraphs(graphs);
  if (!embeddings || graphs.length < 2) return merged;
  try {
    return mergeGraphs(graphs, await sameThings(merged, embeddings, AbortSignal.timeout(LONGEST_MS)));
  } catch (error) {
    warn(error);
    return merged;
  }
}

/** Somebody looks at an empty page meanwhile. */
const LONGEST_MS = 10_000;
