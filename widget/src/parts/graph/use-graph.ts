import { useEffect, useState } from "react";
import type { MeetingGraph } from "@mindminder/protocol/meeting-graph.ts";
import type { MeetingRecord } from "@mindminder/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { useRecord } from "../../sitting/record.ts";

export type GraphScope = "meeting" | "room";

/** `graph` is null until it has come; what was there stays until something newer is. */
export type GraphState = { readonly graph: MeetingGraph | null; readonly failed: boolean };

/** The graph as the service makes it, made anew there whenever the record or somebody's stance has changed. */
export function useGraph(scope: GraphScope, meeting: MeetingSnapshot | null, record: MeetingRecord | null): GraphState {
  const { graph: fetchGraph } = useRecord();
  const [state, setState] = useState<GraphState & { readonly of: string }>({ graph: null, failed: false, of: "" });
  const id = meeting?.id ?? null;
  const of = scope === "room" ? "room" : (id ?? "");
  const stances = meeting?.circles.map(({ status, stances: taken }) => [
    status,
    taken.map(({ who, position, reason }) => [who, position, reason]),
  ]);
  const seen = JSON.stringify([of, id, record?.version, meeting?.phase, stances]);
  useEffect(() => {
    if (id === null) return;
    let over = false;
    void fetchGraph(scope === "room" ? null : id).then((graph) => {
      if (!over)
        setState((before) => ({
          graph: graph ?? (before.of === of ? before.graph : null),
          failed: graph === null,
          of,
        }));
    });
    return () => {
      over = true;
    };
  }, [fetchGraph, scope, id, of, seen]);
  return state.of === of ? state : { graph: null, failed: false };
}
