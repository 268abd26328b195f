import { useTranslation } from "react-i18next";
import type { ShownGraph } from "./filtered.ts";
import { DASHES, drawnKinds } from "./line-kinds.ts";

/** Explains the lines and dashed frames, as far as there are any. */
export function LineLegend({ graph }: { graph: ShownGraph }) {
  const { t } = useTranslation();
  const kinds = drawnKinds(graph);
  const suggested = graph.nodes.some(({ knownBy }) => knownBy === "rules");
  if (kinds.length === 0 && !suggested) return null;
  return (
    <ul className="graph-lines" aria-label={t("network.lines")} data-testid="graph-lines">
      {kinds.map((kind) => (
        <li key={kind}>
          <svg width={30} height={10} aria-hidden="true">
            <path
              d="M1 5 H24"
              stroke={`var(--graph-line-${kind})`}
              strokeWidth={2.5}
              strokeDasharray={DASHES[kind] || undefined}
            />
            <circle cx={25} cy={5} r={4} fill={`var(--graph-line-${kind})`} />
          </svg>
          {t(`network.edge.${kind}`)}
        </li>
      ))}
      {suggested && <li>{t("network.notConfirmed")}</li>}
    </ul>
  );
}
