import { useEffect, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ParticipantId } from "../../../appservice/protocol/identity.ts";
import type { MeetingRecord } from "../../../appservice/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";
import { RoundButton } from "../controls/button.tsx";
import { nameOf } from "../ring/seats.ts";
import { GraphDrawing } from "./graph-drawing.ts";
import { asGraphMl, asJson, asSvg } from "./graph-files.ts";
import { filtered, type GraphNode, type MeetingGraph, meetingGraph, NODE_KINDS, type NodeKind } from "./meeting-graph.ts";
import { saveFile } from "../record/save-file.ts";
import "./graph.css";

type Props = { meeting: MeetingSnapshot | null; record: MeetingRecord | null };

/** More than these make a picture nobody can read; then what was said is added by a press. */
const MANY_STATEMENTS = 12;

type File = { readonly name: string; readonly extension: string; readonly make: (graph: MeetingGraph, drawing: GraphDrawing) => Blob | Promise<Blob> };

/** What it can be taken along as, by the names that all languages have for them. */
const FILES: readonly File[] = [
  { name: "PNG", extension: "png", make: (_, drawing) => drawing.png() },
  { name: "SVG", extension: "svg", make: (graph, drawing) => new Blob([asSvg(graph, drawing.positions(), drawing.colours)], { type: "image/svg+xml" }) },
  { name: "JSON", extension: "json", make: (graph) => new Blob([asJson(graph)], { type: "application/json" }) },
  { name: "GraphML", extension: "graphml", make: (graph) => new Blob([asGraphMl(graph)], { type: "application/graphml+xml" }) },
];

/** The meeting as a network: who spoke where, what was said, and what came of it. */
export default function GraphView({ meeting, record }: Props) {
  const { t } = useTranslation();
  const graph = useMemo(() => (meeting ? meetingGraph(meeting, record) : { nodes: [], edges: [] }), [meeting, record]);
  const present = NODE_KINDS.filter((kind) => graph.nodes.some((node) => node.kind === kind));
  const crowded = graph.nodes.filter(({ kind }) => kind === "statement").length > MANY_STATEMENTS;
  const [switched, setSwitched] = useState<ReadonlyMap<NodeKind, boolean>>(new Map());
  const [person, setPerson] = useState<ParticipantId | null>(null);
  const [circle, setCircle] = useState<number | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [large, setLarge] = useState(false);
  const isOn = (kind: NodeKind) => switched.get(kind) ?? !(kind === "statement" && crowded && person === null);
  const kinds = present.filter(isOn).join(" ");
  const shown = useMemo(
    () => filtered(graph, { kinds: new Set(kinds.split(" ") as NodeKind[]), person, circle }),
    [graph, kinds, person, circle],
  );
  const { canvas, drawing } = useDrawing(shown, chosen, setChosen);
  const node = shown.nodes.find(({ id }) => id === chosen) ?? null;

  if (graph.nodes.every(({ kind }) => kind === "person")) return <p className="empty">{t("graph.nothing")}</p>;
  return (
    <div className="graph" data-large={large} data-testid="graph" onKeyDown={(event) => { if (event.key === "Escape" && large) setLarge(false); }}>
      <div className="graph-filters">
        <Choice label={t("graph.person")} value={person ?? ""} onChange={(value) => setPerson(value || null)}>
          <option value="">{t("graph.everybody")}</option>
          {meeting?.people.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
        </Choice>
        <Choice label={t("graph.circle")} value={circle === null ? "" : String(circle)} onChange={(value) => setCircle(value === "" ? null : Number(value))}>
          <option value="">{t("graph.allCircles")}</option>
          {meeting?.circles.filter(({ status }) => status !== "waiting").map(({ index, theme }) => <option key={index} value={index}>{`${index + 1}. ${theme}`}</option>)}
        </Choice>
        <RoundButton icon={large ? "close" : "expand"} kind="small" label={t(large ? "graph.smaller" : "graph.larger")} onClick={() => setLarge(!large)} />
      </div>
      <div className="graph-legend" role="group" aria-label={t("graph.legend")}>
        {present.map((kind) => (
          <button
            key={kind} type="button" className="graph-kind" data-kind={kind} aria-pressed={isOn(kind)} data-testid="graph-kind"
            onClick={() => setSwitched(new Map(switched).set(kind, !isOn(kind)))}
          >
            <i aria-hidden="true" />{t(`graph.kind.${kind}`)}
          </button>
        ))}
      </div>
      <div className="graph-canvas" ref={canvas} role="img" aria-label={t("graph.picture", { nodes: shown.nodes.length, edges: shown.edges.length })} />
      {node && <Chosen node={node} meeting={meeting} record={record} onClose={() => setChosen(null)} />}
      <AsList nodes={shown.nodes} chosen={chosen} onChoose={setChosen} />
      <div className="graph-save">
        <span className="quiet small">{t("graph.save")}</span>
        {FILES.map(({ name, extension, make }) => (
          <button
            key={extension} type="button" className="graph-kind" data-testid={`graph-${extension}`}
            onClick={() => { if (drawing.current) void Promise.resolve(make(shown, drawing.current)).then((content) => saveFile(`graph.${extension}`, content)); }}
          >
            {name}
          </button>
        ))}
      </div>
    </div>
  );
}

function Choice({ label, value, onChange, children }: { label: string; value: string; onChange: (value: string) => void; children: React.ReactNode }) {
  return <select className="graph-choice" aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>{children}</select>;
}

/** What a node says, and the words it came from. */
function Chosen({ node, meeting, record, onClose }: { node: GraphNode; meeting: MeetingSnapshot | null; record: MeetingRecord | null; onClose: () => void }) {
  const { t } = useTranslation();
  const said = (record?.utterances ?? []).filter(({ id }) => node.from.includes(id));
  const people = node.kind === "person" ? [] : node.people;
  const card = useRef<HTMLElement>(null);
  useEffect(() => { void card.current?.scrollIntoView({ block: "nearest" }); }, [node.id]);
  return (
    <section ref={card} className="graph-chosen" aria-live="polite" data-testid="graph-chosen" data-kind={node.kind}>
      <RoundButton icon="close" kind="small" label={t("graph.close")} onClick={onClose} />
      <p className="small quiet">{t(`graph.one.${node.kind}`)}{people.length > 0 && <> · <bdi>{people.map((id) => nameOf(meeting, id)).join(", ")}</bdi></>}</p>
      <p className="graph-text" dir="auto">{node.text}</p>
      {said.map(({ id, speaker, text, segments }) => (
        <blockquote key={id} dir="auto">{segments.map((segment) => segment.text).join(" ") || text}<footer><bdi>{nameOf(meeting, speaker)}</bdi></footer></blockquote>
      ))}
    </section>
  );
}

/** The same without a picture: for keyboards and for those who listen. */
function AsList({ nodes, chosen, onChoose }: { nodes: readonly GraphNode[]; chosen: string | null; onChoose: (id: string) => void }) {
  const { t } = useTranslation();
  return (
    <details className="graph-list">
      <summary>{t("graph.asList")}</summary>
      <ul>
        {nodes.map(({ id, kind, text }) => (
          <li key={id}><button type="button" aria-pressed={id === chosen} onClick={() => onChoose(id)}><span className="quiet">{t(`graph.one.${kind}`)}:</span> <bdi>{text}</bdi></button></li>
        ))}
      </ul>
    </details>
  );
}

/** Keeps the picture on the page in step with what is to be shown, and with the theme. */
function useDrawing(shown: MeetingGraph, chosen: string | null, onChoose: (id: string | null) => void) {
  const canvas = useRef<HTMLDivElement>(null);
  const drawing = useRef<GraphDrawing | null>(null);
  const key = useId();
  useEffect(() => {
    if (!canvas.current) return;
    const motion = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    const made = new GraphDrawing(canvas.current, { onChoose, motion });
    drawing.current = made;
    const themes = new MutationObserver(() => made.recolour());
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class"] });
    return () => {
      themes.disconnect();
      made.close();
      drawing.current = null;
    };
  }, [key, onChoose]);
  useEffect(() => drawing.current?.show(shown), [shown]);
  useEffect(() => drawing.current?.choose(chosen), [chosen, shown]);
  return { canvas, drawing };
}
