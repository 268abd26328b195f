import { useTranslation } from "react-i18next";
import { kindOf, StepTrail } from "../parts/circle/step-trail.tsx";
import { RoundButton } from "../look/button.tsx";
import { clockTime } from "../language/duration.ts";
import type { FrameShape } from "../look/frame-shape.ts";
import { useMeetingSnapshot } from "../sitting/meeting.ts";
import { Theme } from "./theme.tsx";

type Props = {
  shape: FrameShape;
  recordShown: boolean;
  onRecord: () => void;
  onDialog: (name: "settings" | "help") => void;
};

/** Theme of the circle, always in sight, with the ways to the record, the help and the settings. */
export function ThemeBar({ shape, recordShown, onRecord, onDialog }: Props) {
  const { t } = useTranslation();
  const meeting = useMeetingSnapshot();
  return (
    <header className="theme-bar">
      <div className="theme-row">
        {where()}
        <Theme />
        {!shape.tiny && (
          <div className="theme-side">
            <RoundButton
              icon="record"
              kind="panel"
              label={recordShown ? t("act.hideRecord") : t("act.showRecord")}
              pressed={recordShown}
              data-testid="toggle-record"
              onClick={onRecord}
            />
            {!shape.slim && (
              <RoundButton
                icon="help"
                kind="small"
                label={t("act.help")}
                data-testid="open-help"
                aria-keyshortcuts="?"
                onClick={() => onDialog("help")}
              />
            )}
            {!shape.slim && (
              <RoundButton
                icon="settings"
                kind="small"
                label={t("act.settings")}
                data-testid="open-settings"
                onClick={() => onDialog("settings")}
              />
            )}
          </div>
        )}
      </div>
    </header>
  );

  function where() {
    const circle = meeting?.phase === "ended" ? undefined : meeting?.circles[meeting.circle ?? -1];
    if (!meeting || !circle) return null;
    // A theme that is made of the topic says it already.
    const topic =
      meeting.topic && !circle.theme.toLowerCase().includes(meeting.topic.toLowerCase()) ? meeting.topic : null;
    return (
      <div className="theme-where">
        <span className="pill">{t("theme.circleOf", { n: circle.index + 1, m: meeting.circles.length })}</span>
        {meeting.paused && <span className="pill pill-warm">{t("ring.paused")}</span>}
        <span className="theme-kind">{kindOf(t, circle)}</span>
        <span className="theme-each">{t("theme.perTurn", { time: clockTime(circle.secondsPerTurn * 1000) })}</span>
        {topic !== null && (
          <span className="theme-topic">
            <bdi>{topic}</bdi>
          </span>
        )}
        <StepTrail />
      </div>
    );
  }
}
