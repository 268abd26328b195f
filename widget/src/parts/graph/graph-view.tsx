import { startTransition, useId, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { FileFormat } from "@mindminder/protocol/file-formats.ts";
import { formatsOf, GRAPH_FORMATS } from "@mindminder/protocol/format-list.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import { NODE_KINDS, type GraphNode, type NodeKind } from "@mindminder/protocol/meeting-graph.ts";
import type { MeetingRecord } from "@mindminder/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { RoundButton } from "../../look/button.tsx";
import { useRecord } from "../../sitting/record.ts";
import { formatName } from "../../model/record/format-name.ts";
import { saveFile } from "../../model/record/save-file.ts";
import { filtered, type ShownGraph } from "./filtered.ts";
import { ChosenNode } from "./chosen-node.tsx";
import { asPng, asSvg } from "./graph-files.ts";
import { GraphFilters } from "./graph-filters.tsx";
import { LineLegend } from "./graph-legend.tsx";
import { GraphPicture } from "./graph-picture.tsx";
import { type GraphScope, useGraph } from "./use-graph.ts";
import { useWidth } from "./use-width.ts";
import "./graph.css";

type Props = { meeting: MeetingSnapshot | null; record: MeetingRecord | null };

/** More than these make a picture nobody can read; then what was said is added by a press. */
const MANY_STATEMENTS = 12;
const SCOPES = ["meeting", "room"] as const satisfies readonly GraphScope[];

const NOTHING: ShownGraph = { nodes: [], edges: [] };

/**
 * The meeting as a network: who spoke where, what was said, and what came of it. Or all meetings of the room as one.
 */
export default function GraphView({ meeting, record }: Props) {
  const { t } = useTranslation();
  const { past, files: recordFiles } = useRecord();
  const { meetings } = useSyncExternalStore(past.subscribe, past.get);
  const [scope, setScope] = useState<GraphScope>("meeting");
  const { graph: made, failed } = useGraph(scope, meeting, record);
  const graph = made ?? NOTHING;
  const present = NODE_KINDS.filter((kind) => graph.nodes.some((node) => node.kind === kind));
  const crowded = graph.nodes.filter(({ kind }) => kind === "statement").length > MANY_STATEMENTS;
  const [switched, setSwitched] = useState<ReadonlyMap<NodeKind, boolean>>(new Map());
  const [person, setPerson] = useState<ParticipantId | null>(null);
  const [circle, setCircle] = useState<number | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [large, setLargeNow] = useState(false);
  // The press is answered first; the page is drawn for its new width after that.
  const setLarge = (on: boolean) => startTransition(() => setLargeNow(on));
  const [filtering, setFiltering] = useState(false);
  const filters = useId();
  const isOn = (kind: NodeKind) => switched.get(kind) ?? !(kind === "statement" && crowded && person === null);
  const kinds = present.filter(isOn).join(" ");
  const shown = useMemo(
    () => filtered(graph, { kinds: new Set(kinds.split(" ") as NodeKind[]), person, circle }),
    [graph, kinds, person, circle],
  );
  const ready = graph.nodes.some(({ kind }) => kind !== "participant");
  const [canvas, width] = useWidth();
  const drawing = useRef<SVGSVGElement>(null);
  const node = shown.nodes.find(({ id }) => id === chosen) ?? null;

  // Where the room has met once, there is nothing to choose.
  const choice = meetings.some(({ id }) => id !== meeting?.id) && (
    <div className="graph-scope" role="group" aria-label={t("graph.scope")}>
      {SCOPES.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={scope === each}
          data-testid={`graph-of-${each}`}
          onClick={() => {
            setScope(each);
            setCircle(null);
            setChosen(null);
          }}
        >
          {t(each === "meeting" ? "graph.thisMeeting" : "graph.allMeetings")}
        </button>
      ))}
    </div>
  );
  if (!ready) {
    return (
      <>
        {choice}
        <p className="empty">{t(failed ? "graph.failed" : made || !meeting ? "graph.nothing" : "graph.loading")}</p>
      </>
    );
  }
  const people = graph.nodes.filter(({ kind }) => kind === "participant");
  const circles = graph.nodes.filter((each) => each.kind === "circle" && each.circle !== null);
  const files: readonly { format: FileFormat; take: () => Promise<void> }[] =
    scope === "meeting" && meeting
      ? [...GRAPH_FORMATS, ...formatsOf("picture")].map((format) => ({
          format,
          take: () => recordFiles.takeAlong(meeting.id, format),
        }))
      : GRAPH_FORMATS.map((format) => ({ format, take: () => recordFiles.takeRoomGraph(format) }));
  return (
    <div
      className="graph"
      data-large={large}
      data-testid="graph"
      onKeyDown={(event) => {
        if (event.key === "Escape" && large) setLarge(false);
      }}
    >
      <div className="graph-tools">
        {choice}
        <button
          type="button"
          className="graph-kind graph-filter"
          aria-expanded={filtering}
          aria-controls={filters}
          data-testid="graph-filter"
          onClick={() => setFiltering(!filtering)}
        >
          {t("network.filter")}
        </button>
        <RoundButton
          icon={large ? "close" : "expand"}
          kind="small"
          data-testid="graph-larger"
          label={t(large ? "graph.smaller" : "graph.larger")}
          onClick={() => setLarge(!large)}
        />
      </div>
      {filtering && (
        <GraphFilters
          id={filters}
          people={people}
          circles={circles}
          kinds={present}
          isOn={isOn}
          person={person}
          circle={circle}
          onPerson={setPerson}
          onCircle={setCircle}
          onKind={(kind) => startTransition(() => setSwitched(new Map(switched).set(kind, !isOn(kind))))}
        />
      )}
      <div className="graph-canvas" ref={canvas}>
        {width > 0 && (
          <GraphPicture graph={shown} width={width} chosen={node?.id ?? null} onChoose={setChosen} drawing={drawing} />
        )}
      </div>
      <LineLegend graph={shown} />
      {node && (
        <ChosenNode
          node={node}
          graph={shown}
          onChoose={setChosen}
          names={new Map(people.map(({ text, people: [who = ""] }) => [who, text]))}
          meeting={meeting}
          record={record}
          onClose={() => setChosen(null)}
        />
      )}
      <AsList nodes={shown.nodes} chosen={chosen} onChoose={setChosen} />
      <div className="graph-save">
        <span className="quiet small">{t("graph.save")}</span>
        {ON_SCREEN.map(({ name, extension, make }) => (
          <button
            key={extension}
            type="button"
            className="graph-kind"
            data-testid={`graph-${extension}`}
            onClick={() => {
              if (drawing.current)
                void Promise.resolve(make(drawing.current)).then((content) => saveFile(`graph.${extension}`, content));
            }}
          >
            {name}
          </button>
        ))}
        {files.map(({ format, take }) => (
          <button
            key={format}
            type="button"
            className="graph-kind"
            data-testid={`take-${format}`}
            onClick={() => void take()}
          >
            {formatName(format, t)}
          </button>
        ))}
      </div>
    </div>
  );
}

type Picture = {
  readonly name: string;
  readonly extension: string;
  readonly make: (drawing: SVGSVGElement) => Blob | Promise<Blob>;
};

/** Formats of the picture on the screen, by names that are the same in all languages; the service makes the others. */
const ON_SCREEN: readonly Picture[] = [
  { name: "PNG", extension: "png", make: asPng },
  { name: "SVG", extension: "svg", make: (drawing) => new Blob([asSvg(drawing)], { type: "image/svg+xml" }) },
];

/** The same without a picture: for keyboards and for those who listen. */
function AsList({
  nodes,
  chosen,
  onChoose,
}: {
  nodes: readonly GraphNode[];
  chosen: string | null;
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <details className="graph-list">
      <summary>{t("graph.asList")}</summary>
      <ul>
        {nodes.map(({ id, kind, text }) => (
          <li key={id}>
            <button type="button" aria-pressed={id === chosen} onClick={() => onChoose(id)}>
              <span className="quiet">{t(`graph.one.${kind}`)}:</span> <bdi>{text}</bdi>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
