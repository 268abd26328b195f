import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import type { GraphNode, NodeKind } from "@mindminder/protocol/meeting-graph.ts";

type Props = {
  id: string;
  people: readonly GraphNode[];
  circles: readonly GraphNode[];
  kinds: readonly NodeKind[];
  isOn: (kind: NodeKind) => boolean;
  person: ParticipantId | null;
  circle: number | null;
  onPerson: (who: ParticipantId | null) => void;
  onCircle: (circle: number | null) => void;
  onKind: (kind: NodeKind) => void;
};

/** Chooses the part of the graph that is shown: a person, a circle, kinds of nodes. */
export function GraphFilters({ id, people, circles, kinds, isOn, person, circle, onPerson, onCircle, onKind }: Props) {
  const { t } = useTranslation();
  return (
    <div id={id} className="graph-filtering">
      <div className="graph-filters">
        <Choice
          label={t("graph.person")}
          value={person ?? ""}
          onChange={(value) => onPerson((value as ParticipantId) || null)}
        >
          <option value="">{t("graph.everybody")}</option>
          {people.map(({ id: node, text, people: [who = ""] }) => (
            <option key={node} value={who}>
              {text}
            </option>
          ))}
        </Choice>
        {circles.length > 0 && (
          <Choice
            label={t("graph.circle")}
            value={circle === null ? "" : String(circle)}
            onChange={(value) => onCircle(value === "" ? null : Number(value))}
          >
            <option value="">{t("graph.allCircles")}</option>
            {circles.map(({ id: node, circle: index, text }) => (
              <option key={node} value={String(index)}>{`${(index ?? 0) + 1}. ${text}`}</option>
            ))}
          </Choice>
        )}
      </div>
      <div className="graph-legend" role="group" aria-label={t("graph.legend")}>
        {kinds.map((kind) => (
          <button
            key={kind}
            type="button"
            className="graph-kind"
            data-kind={kind}
            aria-pressed={isOn(kind)}
            data-testid="graph-kind"
            onClick={() => onKind(kind)}
          >
            <i aria-hidden="true" />
            {t(`graph.kind.${kind}`)}
          </button>
        ))}
      </div>
    </div>
  );
}

function Choice({
  label,
  value,
  onChange,
  children,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}) {
  return (
    <select
      className="graph-choice"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {children}
    </select>
  );
}
