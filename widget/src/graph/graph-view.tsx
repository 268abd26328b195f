import { useEffect, useId, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { ParticipantId } from "../../../appservice/protocol/identity.ts";
import { type GraphNode, NODE_KINDS, type NodeKind } from "../../../appservice/protocol/meeting-graph.ts";
import type { MeetingRecord } from "../../../appservice/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";
import { RoundButton } from "../controls/button.tsx";
import { useSitting } from "../sitting/sitting.ts";
import { saveFile } from "../record/save-file.ts";
import { filtered, type Shown } from "./filtered.ts";
import { GraphDrawing } from "./graph-drawing.ts";
import { asSvg } from "./graph-files.ts";
import { type Scope, useGraph } from "./use-graph.ts";
import "./graph.css";

type Props = { meeting: MeetingSnapshot | null; record: MeetingRecord | null };

/** More than these make a picture nobody can read; then what was said is added by a press. */
const MANY_STATEMENTS = 12;
const SCOPES = ["meeting", "room"] as const satisfies readonly Scope[];

const NOTHING: Shown = { nodes: [], edges: [] };

/** The meeting as a network: who spoke where, what was said, and what came of it. Or all meetings of the room as one. */
export default function GraphView({ meeting, record }: Props) {
  const { t } = useTranslation();
  const { desk } = useSitting();
  const { meetings } = useSyncExternalStore(desk.subscribe, desk.get);
  const [scope, setScope] = useState<Scope>("meeting");
  const { graph: made, failed } = useGraph(scope, meeting, record);
  const graph = made ?? NOTHING;
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
  // There is a canvas as soon as there is something to draw.
  const ready = graph.nodes.some(({ kind }) => kind !== "participant");
  const { canvas, drawing } = useDrawing(shown, ready, chosen, setChosen);
  const node = shown.nodes.find(({ id }) => id === chosen) ?? null;

  // Where the room has met once, there is nothing to choose.
  const choice = meetings.some(({ id }) => id !== meeting?.id) && (
    <div className="graph-scope" role="group" aria-label={t("graph.scope")}>
      {SCOPES.map((each) => (
        <button key={each} type="button" aria-pressed={scope === each} data-testid={`graph-of-${each}`} onClick={() => { setScope(each); setCircle(null); setChosen(null); }}>
          {t(each === "meeting" ? "graph.thisMeeting" : "graph.allMeetings")}
        </button>
      ))}
    </div>
  );
  if (!ready) {
    return <>{choice}<p className="empty">{t(failed ? "graph.failed" : made || !meeting ? "graph.nothing" : "graph.loading")}</p></>;
  }
  const people = graph.nodes.filter(({ kind }) => kind === "participant");
  const circles = graph.nodes.filter((each) => each.kind === "circle" && each.circle !== null);
  const files = scope === "meeting" ? ([...TAKEN, { format: "graph-svg", name: t("graph.poster") }] as const) : TAKEN;
  return (
    <div className="graph" data-large={large} data-testid="graph" onKeyDown={(event) => { if (event.key === "Escape" && large) setLarge(false); }}>
      {choice}
      <div className="graph-filters">
        <Choice label={t("graph.person")} value={person ?? ""} onChange={(value) => setPerson(value || null)}>
          <option value="">{t("graph.everybody")}</option>
          {people.map(({ id, text, people: [who = ""] }) => <option key={id} value={who}>{text}</option>)}
        </Choice>
        {circles.length > 0 && (
          <Choice label={t("graph.circle")} value={circle === null ? "" : String(circle)} onChange={(value) => setCircle(value === "" ? null : Number(value))}>
            <option value="">{t("graph.allCircles")}</option>
            {circles.map(({ id, circle: index, text }) => <option key={id} value={String(index)}>{`${(index ?? 0) + 1}. ${text}`}</option>)}
          </Choice>
        )}
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
      {node && <Chosen node={node} names={new Map(people.map(({ text, people: [who = ""] }) => [who, text]))} meeting={meeting} record={record} onClose={() => setChosen(null)} />}
      <AsList nodes={shown.nodes} chosen={chosen} onChoose={setChosen} />
      <div className="graph-save">
        <span className="quiet small">{t("graph.save")}</span>
        {ON_SCREEN.map(({ name, extension, make }) => (
          <button
            key={extension} type="button" className="graph-kind" data-testid={`graph-${extension}`}
            onClick={() => { if (drawing.current) void Promise.resolve(make(shown, drawing.current)).then((content) => saveFile(`graph.${extension}`, content)); }}
          >
            {name}
          </button>
        ))}
        {files.map(({ format, name }) => (
          <button
            key={format} type="button" className="graph-kind" data-testid={`take-${format}`}
            onClick={() => void (scope === "meeting" && meeting ? desk.takeAlong(meeting.id, format) : format !== "graph-svg" && desk.takeRoomGraph(format))}
          >
            {name}
          </button>
        ))}
      </div>
    </div>
  );
}

type Picture = { readonly name: string; readonly extension: string; readonly make: (graph: Shown, drawing: GraphDrawing) => Blob | Promise<Blob> };

/** What is on the screen, and the whole of it from the service; by the names that all languages have for them. */
const ON_SCREEN: readonly Picture[] = [
  { name: "PNG", extension: "png", make: (_, drawing) => drawing.png() },
  { name: "SVG", extension: "svg", make: (graph, drawing) => new Blob([asSvg(graph, drawing.positions(), drawing.colours)], { type: "image/svg+xml" }) },
];
const TAKEN = [{ format: "graph-json", name: "JSON" }, { format: "graphml", name: "GraphML" }, { format: "mermaid", name: "Mermaid" }] as const;

function Choice({ label, value, onChange, children }: { label: string; value: string; onChange: (value: string) => void; children: React.ReactNode }) {
  return <select className="graph-choice" aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>{children}</select>;
}

/** What a node says, and the words it came from. */
function Chosen({ node, names, meeting, record, onClose }: { node: GraphNode; names: ReadonlyMap<string, string>; meeting: MeetingSnapshot | null; record: MeetingRecord | null; onClose: () => void }) {
  const { t } = useTranslation();
  const said = (record?.utterances ?? []).filter(({ id }) => node.from.includes(id) || node.from.includes(`${meeting?.id ?? ""}/${id}`));
  const people = node.kind === "participant" ? [] : node.people;
  const card = useRef<HTMLElement>(null);
  useEffect(() => { void card.current?.scrollIntoView({ block: "nearest" }); }, [node.id]);
  return (
    <section ref={card} className="graph-chosen" aria-live="polite" data-testid="graph-chosen" data-kind={node.kind}>
      <RoundButton icon="close" kind="small" label={t("graph.close")} onClick={onClose} />
      <p className="small quiet">{t(`graph.one.${node.kind}`)}{people.length > 0 && <> · <bdi>{people.map((id) => names.get(id) ?? id).join(", ")}</bdi></>}{node.knownBy !== "meeting" && <> · {t(`graph.knownBy.${node.knownBy}`)}</>}</p>
      <p className="graph-text" dir="auto">{node.text}</p>
      {said.map(({ id, speaker, text, segments }) => (
        <blockquote key={id} dir="auto">{segments.map((segment) => segment.text).join(" ") || text}<footer><bdi>{names.get(speaker) ?? speaker}</bdi></footer></blockquote>
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
function useDrawing(shown: Shown, ready: boolean, chosen: string | null, onChoose: (id: string | null) => void) {
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
  }, [key, onChoose, ready]);
  useEffect(() => drawing.current?.show(shown), [shown, ready]);
  useEffect(() => drawing.current?.choose(chosen), [chosen, shown, ready]);
  return { canvas, drawing };
}
