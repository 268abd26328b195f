import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { CircleSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { Icon } from "../../look/icons.tsx";
import { useMeetingSnapshot } from "../../sitting/meeting.ts";
import type { Came } from "./kinds/kind-view.ts";
import { viewOf } from "./kinds/kinds.ts";

/**
 * All circles of the meeting as a line of steps: where we are, what came of those that asked, which one comes again.
 */
export function StepTrail() {
  const { t } = useTranslation();
  const meeting = useMeetingSnapshot();
  if (!meeting || meeting.circles.length < 2 || meeting.phase === "gathering") return null;
  return (
    <ol className="trail" aria-label={t("circle.steps.label")} data-testid="trail">
      {meeting.circles.map((circle) => {
        const current = circle.index === meeting.circle && meeting.phase !== "ended";
        const came = viewOf(circle).came?.(t, circle) ?? null;
        const verdict = came?.verdict;
        const facts = factsOf(t, circle, came);
        return (
          <li
            key={circle.index}
            className="step"
            data-status={circle.status}
            data-kind={circle.kind}
            data-verdict={verdict}
            aria-current={current ? "step" : undefined}
            title={`${facts}: ${circle.theme}`}
          >
            {verdict === "consented" ? (
              <Icon name="check" size={10} />
            ) : verdict === "objected" ? (
              <b aria-hidden="true">!</b>
            ) : null}
            <span className="unseen">{facts}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** “Consent”, “Consent, once more (2)”, “The keeper speaks”. */
export function kindOf(t: TFunction, { kind, round, speakers }: CircleSnapshot): string {
  const name = speakers === "keeper" ? t("circle.steps.keeperSpeaks") : t(`theme.kind.${kind}`);
  return round > 1 ? `${name}, ${t("circle.steps.again", { n: round })}` : name;
}

function factsOf(t: TFunction, circle: CircleSnapshot, came: Came | null): string {
  const { index, status } = circle;
  const state = { waiting: t("circle.steps.ahead"), running: t("circle.steps.now"), done: t("circle.steps.done") }[
    status
  ];
  return [t("circle.steps.at", { n: index + 1, kind: kindOf(t, circle) }), state, came?.words]
    .filter(Boolean)
    .join(", ");
}
