import { useMemo, type Ref } from "react";
import { useTranslation } from "react-i18next";
import { layoutOf } from "@mindminder/protocol/graph-layout/layout.ts";
import type { Layout } from "@mindminder/protocol/graph-layout/parts.ts";
import { endsOf, lineOf, ringOf, stalkOf } from "@mindminder/protocol/graph-layout/lines.ts";
import { type Page, pageOf } from "@mindminder/protocol/graph-layout/page.ts";
import type { ShownGraph } from "./filtered.ts";
import { GraphCard } from "./graph-card.tsx";
import { GraphDisc } from "./graph-disc.tsx";
import { DASHES, isDrawn } from "./line-kinds.ts";

type Props = {
  graph: ShownGraph;
  width: number;
  chosen: string | null;
  onChoose: (id: string | null) => void;
  drawing: Ref<SVGSVGElement>;
};

/** The poster's picture, laid out for the place it has: as people sat where there is room, else one below the other. */
export function GraphPicture({ graph, width, chosen, onChoose, drawing }: Props) {
  const { t } = useTranslation();
  const { page, layout } = useMemo(() => {
    const of = pageOf(width);
    return { page: of, layout: layoutOf(graph, of, of.margin) };
  }, [graph, width]);
  const height = Math.ceil(layout.height + page.margin);
  const near = useMemo(() => neighbours(graph, chosen), [graph, chosen]);
  const ordinals = new Map(
    graph.nodes.filter(({ kind }) => kind === "circle").map(({ circle }, at) => [circle, at + 1]),
  );
  const ring = ringOf(layout.discs);
  return (
    <svg
      ref={drawing}
      className="graph-picture"
      role="img"
      aria-label={t("graph.picture", { nodes: graph.nodes.length, edges: graph.edges.length })}
      width={layout.width}
      height={height}
      viewBox={`0 0 ${layout.width} ${height}`}
      onClick={() => onChoose(null)}
    >
      {ring && <path d={ring} fill="none" stroke="var(--graph-ring)" strokeWidth={8} strokeLinejoin="round" />}
      {layout.cards.map((card) => {
        const stalk = stalkOf(card, layout.discs, graph.edges);
        return (
          stalk && (
            <path
              key={card.node.id}
              d={stalk}
              fill="none"
              stroke={`var(--graph-${card.node.kind})`}
              strokeOpacity={0.45}
              strokeWidth={1.5}
            />
          )
        );
      })}
      <Lines graph={graph} layout={layout} page={page} chosen={chosen} />
      {layout.headings.map(({ text, x, y }) => (
        <text
          key={text}
          x={x}
          y={y + 14}
          fontSize={12}
          fontWeight={600}
          letterSpacing={0.8}
          fill="var(--graph-quiet)"
          stroke="var(--graph-ground)"
          strokeWidth={4}
          paintOrder="stroke"
        >
          {t(`network.heading.${text}`).toLocaleUpperCase()}
        </text>
      ))}
      {layout.cards.map((card) => (
        <GraphCard
          key={card.node.id}
          card={card}
          ordinal={ordinals.get(card.node.circle)}
          state={stateOf(card.node.id)}
          onChoose={onChoose}
        />
      ))}
      {layout.discs.map((disc) => (
        <GraphDisc key={disc.node.id} disc={disc} state={stateOf(disc.node.id)} onChoose={onChoose} />
      ))}
      <LineNames graph={graph} layout={layout} page={page} chosen={chosen} />
    </svg>
  );

  function stateOf(id: string): "chosen" | "near" | "far" | "plain" {
    if (near === null) return "plain";
    return id === chosen ? "chosen" : near.has(id) ? "near" : "far";
  }
}

type LinesProps = { graph: ShownGraph; layout: Layout; page: Page; chosen: string | null };

function Lines({ graph, layout, page, chosen }: LinesProps) {
  const { t } = useTranslation();
  const ends = endsOf(layout);
  return graph.edges
    .filter(({ kind }) => isDrawn(kind))
    .map((edge) => {
      const line = lineOf(edge, ends, page);
      if (!line) return null;
      const colour = `var(--graph-line-${edge.kind})`;
      const mine = edge.source === chosen || edge.target === chosen;
      const faint = chosen !== null ? !mine : page.shape === "column";
      return (
        <g key={edge.id} opacity={faint ? 0.3 : 1} data-kind={edge.kind}>
          <title>{t(`network.edge.${edge.kind}`)}</title>
          <path
            d={line.path}
            fill="none"
            stroke={colour}
            strokeWidth={mine ? 3 : 2}
            strokeOpacity={mine ? 1 : 0.75}
            strokeDasharray={DASHES[edge.kind] || undefined}
          />
          {edge.kind !== "same" && <circle cx={line.tip.x} cy={line.tip.y} r={4} fill={colour} />}
        </g>
      );
    });
}

/**
 * The lines of what is chosen say what they are; all names at once would cover the picture. A column has no room for
 * them: they stand in the card.
 */
function LineNames({ graph, layout, page, chosen }: LinesProps) {
  const { t } = useTranslation();
  if (chosen === null || page.shape === "column") return null;
  const ends = endsOf(layout);
  return graph.edges
    .filter(({ kind, source, target }) => isDrawn(kind) && (source === chosen || target === chosen))
    .map((edge) => {
      const line = lineOf(edge, ends, page);
      return (
        line && (
          <text
            key={edge.id}
            x={line.middle.x}
            y={line.middle.y + 4}
            fontSize={12}
            fontWeight={600}
            textAnchor="middle"
            fill={`var(--graph-line-${edge.kind})`}
            stroke="var(--graph-ground)"
            strokeWidth={5}
            paintOrder="stroke"
            data-testid="line-name"
            pointerEvents="none"
          >
            {t(`network.edge.${edge.kind}`)}
          </text>
        )
      );
    });
}

/** Those that what is chosen has to do with; null while nothing is chosen. */
function neighbours({ edges }: ShownGraph, chosen: string | null): ReadonlySet<string> | null {
  if (chosen === null) return null;
  return new Set(
    edges.flatMap(({ source, target }) => (source === chosen ? [target] : target === chosen ? [source] : [])),
  );
}
