import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { GraphNode } from "@mindminder/protocol/meeting-graph.ts";
import type { MeetingRecord } from "@mindminder/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { RoundButton } from "../../look/button.tsx";
import type { ShownGraph } from "./filtered.ts";
import { isDrawn } from "./line-kinds.ts";

type Props = {
  node: GraphNode;
  graph: ShownGraph;
  /** Names of people by their ids. */
  names: ReadonlyMap<string, string>;
  meeting: MeetingSnapshot | null;
  record: MeetingRecord | null;
  onChoose: (id: string) => void;
  onClose: () => void;
};

/** Text of the chosen node, and the words it came from. */
export function ChosenNode({ node, graph, names, meeting, record, onChoose, onClose }: Props) {
  const { t } = useTranslation();
  const said = (record?.utterances ?? []).filter(
    ({ id }) => node.from.includes(id) || node.from.includes(`${meeting?.id ?? ""}/${id}`),
  );
  const people = node.kind === "participant" ? [] : node.people;
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    void card.current?.scrollIntoView({ block: "nearest" });
  }, [node.id]);
  return (
    <section ref={card} className="graph-chosen" aria-live="polite" data-testid="graph-chosen" data-kind={node.kind}>
      <RoundButton icon="close" kind="small" label={t("graph.close")} onClick={onClose} />
      <p className="small quiet">
        {t(`graph.one.${node.kind}`)}
        {people.length > 0 && (
          <>
            {" "}
            · <bdi>{people.map((id) => names.get(id) ?? id).join(", ")}</bdi>
          </>
        )}
        {node.knownBy !== "meeting" && <> · {t(`graph.knownBy.${node.knownBy}`)}</>}
      </p>
      <p className="graph-text" dir="auto">
        {node.text}
      </p>
      <Relations node={node} graph={graph} onChoose={onChoose} />
      {said.map(({ id, speaker, text, segments }) => (
        <blockquote key={id} dir="auto">
          {segments.map((segment) => segment.text).join(" ") || text}
          <footer>
            <bdi>{names.get(speaker) ?? speaker}</bdi>
          </footer>
        </blockquote>
      ))}
    </section>
  );
}

/** Nodes that this one is linked with, each by the name of its line; a press goes there. */
function Relations({ node, graph, onChoose }: Pick<Props, "node" | "graph" | "onChoose">) {
  const { t } = useTranslation();
  const texts = new Map(graph.nodes.map(({ id, text }) => [id, text]));
  const lines = graph.edges.filter(
    ({ kind, source, target }) => isDrawn(kind) && (source === node.id || target === node.id),
  );
  if (lines.length === 0) return null;
  return (
    <ul className="graph-relations" aria-label={t("network.connected")}>
      {lines.map(({ id, kind, source, target }) => {
        const other = source === node.id ? target : source;
        return (
          <li key={id} data-testid="relation">
            <button type="button" onClick={() => onChoose(other)}>
              <span className="quiet">{t(source === node.id ? `network.edge.${kind}` : `network.back.${kind}`)}:</span>{" "}
              <bdi>{texts.get(other)}</bdi>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
