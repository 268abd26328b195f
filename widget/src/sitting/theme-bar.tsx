import { useTranslation } from "react-i18next";
import { kindOf, StepTrail } from "../circle/step-trail.tsx";
import { RoundButton } from "../controls/button.tsx";
import { clockTime } from "../language/duration.ts";
import { myTurn } from "../ring/my-turn.ts";
import { useMeetingState, useServerTime, useSitting } from "./sitting.ts";

/** What the circle is about, always in sight, and when my own turn comes. */
export function ThemeBar({ onSettings, onHelp }: { onSettings: () => void; onHelp: () => void }) {
  const { t } = useTranslation();
  const { meeting } = useMeetingState();
  const circle = meeting?.circles[meeting.circle ?? -1];
  return (
    <header className="theme-bar">
      <div className="theme-row">
        <div className="theme-words">
          {circle && meeting ? (
            <div className="theme-where">
              <span className="pill">{t("theme.circleOf", { n: circle.index + 1, m: meeting.circles.length })}</span>
              <span>{kindOf(t, circle)}</span>
              <span>{t("theme.perTurn", { time: clockTime(circle.secondsPerTurn * 1000) })}</span>
              <StepTrail />
              {meeting.paused && <span className="pill pill-warm">{t("ring.paused")}</span>}
            </div>
          ) : null}
          <h1 className="theme-text" data-testid="theme"><bdi>{circle?.theme || meeting?.topic || meeting?.scenario.title || t("theme.noMeeting")}</bdi></h1>
          {circle && meeting?.topic && meeting.topic !== circle.theme && <p className="theme-topic"><bdi>{meeting.topic}</bdi></p>}
        </div>
        <MyTurnNote />
        <div className="theme-side">
          <RoundButton icon="help" kind="small" label={t("act.help")} data-testid="open-help" aria-keyshortcuts="?" onClick={onHelp} />
          <RoundButton icon="settings" kind="small" label={t("act.settings")} data-testid="open-settings" onClick={onSettings} />
        </div>
      </div>
    </header>
  );
}

function MyTurnNote() {
  const { t } = useTranslation();
  const { me } = useSitting();
  const { meeting } = useMeetingState();
  const mine = myTurn(meeting, me.id, useServerTime(5_000));
  if (!mine) return null;
  const minutes = mine.when === "later" ? Math.round(mine.inMs / 60_000) : 0;
  const text = {
    next: () => t("ring.youAreNext"),
    done: () => t("ring.youAreDone"),
    later: () => (minutes < 1 ? t("ring.yourTurnSoon") : t("ring.yourTurnIn", { count: minutes })),
  }[mine.when]();
  const kept = mine.when === "later" && mine.kept;
  return <p className="my-turn" data-testid="my-turn" data-when={mine.when} title={kept ? t("ring.turnKept") : undefined}>{kept ? t("ring.turnKept") : text}</p>;
}
