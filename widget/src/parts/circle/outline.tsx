import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { OutlinedCircle } from "@mindminder/protocol/http-api.ts";
import { viewOf } from "./kinds/kinds.ts";
import { clockTime } from "../../language/duration.ts";

/**
 * Outlines a meeting by this scenario, circle by circle; the topic as it is being typed stands above, and in the themes
 * that have a place for it.
 */
export function Outline({
  circles,
  topic,
  testId = "outline",
}: {
  circles: readonly OutlinedCircle[];
  topic: string;
  testId?: string;
}) {
  const { t } = useTranslation();
  return (
    <div className="outline">
      {topic && (
        <p className="outline-topic" dir="auto" data-testid="outline-topic">
          {topic}
        </p>
      )}
      <ol aria-label={t("circle.scenario.outline")} data-testid={testId}>
        {circles.map((circle, index) => (
          <li key={index} className="outlined" data-kind={circle.kind}>
            <p className="outlined-head">
              <span className="pill">{index + 1}</span>
              <strong>
                {circle.speakers === "keeper" ? t("circle.steps.keeperSpeaks") : t(`theme.kind.${circle.kind}`)}
              </strong>
              <span className="quiet small">{timeOf(t, circle)}</span>
            </p>
            <p className="outlined-theme" dir="auto">
              {withTopic(circle.theme, topic || `[${t("circle.scenario.topicHere")}]`)}
            </p>
            {circle.back && (
              <p className="quiet small">
                {t("circle.scenario.back", { n: circle.back.to + 1, most: circle.back.atMost })}
              </p>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

function withTopic(theme: string, topic: string): string {
  return theme.replaceAll("{topic}", () => topic);
}

function timeOf(t: TFunction, circle: OutlinedCircle): string {
  const { secondsPerTurn, circleSeconds, speakers } = circle;
  const each = clockTime(secondsPerTurn * 1000);
  const whole = circleSeconds === null ? null : clockTime(circleSeconds * 1000);
  const own = viewOf(circle).time?.(t, circle, { each, whole });
  if (own) return own;
  if (speakers === "keeper") return t("circle.scenario.keeperOnly", { time: each });
  const perTurn = t("circle.scenario.each", { time: each });
  return whole ? `${perTurn}, ${t("circle.scenario.whole", { time: whole })}` : perTurn;
}
