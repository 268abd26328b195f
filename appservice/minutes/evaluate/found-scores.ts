import type { MeetingGraph } from "../../protocol/meeting-graph.ts";
import { contentStems, overlap } from "../text/words.ts";
import type { Matters } from "./matters.ts";

/** Number of things found, wanted, and found that are wanted. */
export type FoundCounts = { readonly found: number; readonly wanted: number; readonly matched: number };

/** Share of the words of the shorter text that must be in the other for two to be one matter. */
const SAME_MATTER = 0.5;

/** Pairs texts that are found with those wanted, the likest first, each once. */
export function textCounts(found: readonly string[], wanted: readonly string[]): FoundCounts {
  const stems = (texts: readonly string[]) => texts.map((text) => new Set(contentStems(text)));
  const [ours, theirs] = [stems(found), stems(wanted)];
  const pairs = ours
    .flatMap((one, i) => theirs.map((other, j) => ({ i, j, likeness: overlap(one, other) })))
    .filter(({ likeness }) => likeness >= SAME_MATTER)
    .sort((a, b) => b.likeness - a.likeness);
  const [left, right] = [new Set<number>(), new Set<number>()];
  for (const { i, j } of pairs) {
    if (left.has(i) || right.has(j)) continue;
    left.add(i);
    right.add(j);
  }
  return { found: found.length, wanted: wanted.length, matched: left.size };
}

/** Counts agreements, objections and answers of the graph that join the turns which a reader joins, in the same way. */
export function relationCounts(
  { nodes, edges }: Pick<MeetingGraph, "nodes" | "edges">,
  { relations }: Matters,
  lines: ReadonlyMap<number, string>,
): FoundCounts {
  const turnOf = new Map(nodes.map(({ id, from }) => [id, turn(from[0])]));
  const found = new Set(
    edges.flatMap(({ kind, source, target }) =>
      kind === "supports" || kind === "objects" || kind === "answers"
        ? [`${kind} ${turnOf.get(source)} ${turnOf.get(target)}`]
        : [],
    ),
  );
  const wanted = new Set(
    relations.map(({ kind, line, to }) => `${kind} ${turn(lines.get(line))} ${turn(lines.get(to))}`),
  );
  return { found: found.size, wanted: wanted.size, matched: wanted.intersection(found).size };
}

function turn(utterance: string | undefined): string {
  return utterance?.split(".")[0] ?? "";
}

/** Precision, recall and F1 over all meetings together; null where there is nothing to divide by. */
export function foundFigures(all: readonly FoundCounts[]) {
  const sum = (of: keyof FoundCounts) => all.reduce((total, counts) => total + counts[of], 0);
  const [found, wanted, matched] = [sum("found"), sum("wanted"), sum("matched")];
  return {
    precision: found === 0 ? null : matched / found,
    recall: wanted === 0 ? null : matched / wanted,
    f1: found + wanted === 0 ? null : (2 * matched) / (found + wanted),
  };
}
