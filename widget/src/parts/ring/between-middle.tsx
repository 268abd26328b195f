import { useTranslation } from "react-i18next";
import { kindOf } from "../circle/step-trail.tsx";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { clockTime } from "../../language/duration.ts";
import { Clock } from "./clock.tsx";
import type { Countdown } from "../../model/meeting/countdown.ts";
import type { MiddleProps } from "./middle-props.ts";

/** Between two circles there is one thing worth reading: what comes next. */
export function BetweenMiddle({
  meeting,
  layout,
  countdown,
}: MiddleProps & { readonly meeting: MeetingSnapshot; readonly countdown: Countdown | null }) {
  const { t } = useTranslation();
  const next = meeting.circles[(meeting.circle ?? -1) + 1];
  return (
    <div
      className="stage stage-between"
      data-testid="stage"
      data-phase="between"
      style={{ "--words": `${layout.words}px` }}
    >
      <p className="stage-when">
        <span className="stage-name">{meeting.paused ? t("ring.paused") : t("phase.between")}</span>
        {countdown && <Clock countdown={countdown} />}
      </p>
      {next && (
        <>
          <p className="stage-coming" dir="auto" data-testid="next-theme">
            {next.theme || kindOf(t, next)}
          </p>
          <p className="stage-next">
            {kindOf(t, next)} · {t("theme.perTurn", { time: clockTime(next.secondsPerTurn * 1000) })}
          </p>
        </>
      )}
    </div>
  );
}
