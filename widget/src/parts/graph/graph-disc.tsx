import type { Disc } from "@mindminder/protocol/graph-layout/parts.ts";

type Props = { disc: Disc; state: "chosen" | "near" | "far" | "plain"; onChoose: (id: string) => void };

/** A person, where they sat, with their name below or beside. */
export function GraphDisc({
  disc: {
    node: { id, text },
    x,
    y,
    radius,
    name,
    side,
  },
  state,
  onChoose,
}: Props) {
  const choose = (event: React.MouseEvent) => {
    event.stopPropagation();
    onChoose(id);
  };
  const row = side === "row";
  const words = {
    fontSize: 14,
    fontWeight: 600,
    fill: "var(--graph-text)",
    stroke: "var(--graph-ground)",
    strokeWidth: 4,
    paintOrder: "stroke",
  };
  return (
    <g
      className="graph-node"
      data-node={id}
      data-kind="participant"
      data-state={state}
      opacity={state === "far" ? 0.35 : 1}
      onClick={choose}
    >
      <title>{text}</title>
      <circle
        cx={x}
        cy={y}
        r={radius}
        fill="var(--graph-participant)"
        stroke={state === "chosen" ? "var(--graph-text)" : "var(--graph-ground)"}
        strokeWidth={state === "chosen" ? 3 : 4}
      />
      <text
        x={x}
        y={y + radius * 0.32}
        fontSize={radius * 0.9}
        fontWeight={600}
        textAnchor="middle"
        fill="var(--graph-on-participant)"
      >
        {[...text][0]?.toLocaleUpperCase()}
      </text>
      {name.map((line, at) =>
        row ? (
          <text key={at} x={x + radius + 10} y={y + 5} {...words}>
            {line}
          </text>
        ) : (
          <text key={at} x={x} y={y + radius + 18 + at * 17} textAnchor="middle" {...words}>
            {line}
          </text>
        ),
      )}
    </g>
  );
}
