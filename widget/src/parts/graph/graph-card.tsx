import { useTranslation } from "react-i18next";
import type { Card } from "@mindminder/protocol/graph-layout/parts.ts";
import { TEXT } from "@mindminder/protocol/graph-layout/page.ts";

type Props = {
  card: Card;
  ordinal: number | undefined;
  state: "chosen" | "near" | "far" | "plain";
  onChoose: (id: string) => void;
};

/** Card of one node: its kind and its words in a frame, dashed while nobody has confirmed it. */
export function GraphCard({ card: { node, x, y, width, height, lines }, ordinal, state, onChoose }: Props) {
  const { t } = useTranslation();
  const { id, kind, knownBy, text } = node;
  const colour = `var(--graph-${kind})`;
  const choose = (event: React.MouseEvent) => {
    event.stopPropagation();
    onChoose(id);
  };
  const frame = {
    className: "graph-node",
    "data-node": id,
    "data-kind": kind,
    "data-state": state,
    opacity: state === "far" ? 0.35 : 1,
    onClick: choose,
  };
  if (kind === "theme") {
    return (
      <g {...frame}>
        <rect
          x={x}
          y={y}
          width={width}
          height={height}
          rx={height / 2}
          fill="var(--graph-soft)"
          stroke={state === "chosen" ? colour : "none"}
          strokeWidth={2}
        />
        <text
          x={x + width / 2}
          y={y + 21}
          fontSize={TEXT.size}
          fontWeight={600}
          textAnchor="middle"
          fill="var(--graph-text)"
        >
          {lines[0]}
        </text>
      </g>
    );
  }
  const byRule = knownBy === "rules";
  const name = t(`graph.one.${kind}`);
  const head =
    kind === "circle"
      ? t("record.circle", { n: ordinal ?? 1 })
      : ordinal !== undefined
        ? t("network.inCircle", { kind: name, n: ordinal })
        : name;
  return (
    <g {...frame}>
      <title>{text}</title>
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        rx={9}
        fill={kind === "circle" ? "var(--graph-soft)" : "var(--graph-paper)"}
        stroke={byRule || state === "chosen" ? colour : "var(--graph-edge)"}
        strokeWidth={state === "chosen" ? 2.5 : 1.2}
        strokeDasharray={byRule && state !== "chosen" ? "5 4" : undefined}
      />
      <rect x={x} y={y + 8} width={4} height={height - 16} rx={2} fill={colour} />
      <text x={x + 16} y={y + 18} fontSize={12} fontWeight={600} fill={colour}>
        {head}
      </text>
      <text fontSize={TEXT.size} fill="var(--graph-text)">
        {lines.map((line, at) => (
          <tspan key={at} x={x + 16} y={y + TEXT.head + 16 + at * TEXT.line}>
            {line}
          </tspan>
        ))}
      </text>
    </g>
  );
}
