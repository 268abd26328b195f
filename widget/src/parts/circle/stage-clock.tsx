import { useTranslation } from "react-i18next";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { clockTime } from "../../language/duration.ts";
import { useServerTime } from "../../sitting/meeting.ts";

/** Time left for writing, or of the open floor. */
export function StageClock({ meeting: { stageEndsAt, paused, at } }: { meeting: MeetingSnapshot }) {
  const { t } = useTranslation();
  const now = useServerTime(500);
  if (stageEndsAt === null) return null;
  return (
    <span className="stage-clock" role="timer" aria-label={t("ring.timeLeft")} data-testid="stage-clock">
      {paused ? t("ring.paused") : clockTime(stageEndsAt - Math.max(now, at))}
    </span>
  );
}
