import { useTranslation } from "react-i18next";
import type { KindProps } from "../kind-view.ts";
import { GroupBody } from "./group-body.tsx";
import { numberOf } from "./groups.ts";

/** Result of the vote: groups by their dots, most first. */
export function VoteFacts({ meeting, circle }: KindProps) {
  const { t } = useTranslation();
  return (
    <ol className="vote vote-results" aria-label={t("circle.dots.result")}>
      {(circle.vote ?? []).map((group) => (
        <li key={numberOf(group)} className="vote-group vote-line" data-testid="vote-result">
          <GroupBody group={group} meeting={meeting} />
          <strong className="vote-count">{t("circle.dots.count", { count: group.dots ?? 0 })}</strong>
        </li>
      ))}
    </ol>
  );
}
