import { useTranslation } from "react-i18next";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { Icon } from "../../look/icons.tsx";
import { useServerTime, useMeeting } from "../../sitting/meeting.ts";
import { stageViewOf } from "../circle/kinds/kinds.ts";
import { BetweenMiddle } from "./between-middle.tsx";
import { countdownOf, isStale } from "../../model/meeting/countdown.ts";
import type { InTheMiddle } from "./geometry.ts";
import type { MiddleProps } from "./middle-props.ts";
import { QuietMiddle } from "./quiet-middle.tsx";
import { MyMiddle, SpeakerMiddle } from "./speaker-middle.tsx";

/** Content of the middle, which decides how much room it asks for. */
export function inTheMiddle(
  meeting: MeetingSnapshot | null,
  { mine, roomy }: { mine: boolean; roomy: boolean },
): InTheMiddle {
  if (meeting?.turn) return mine ? (roomy ? "task" : "clock") : "face";
  if (meeting?.phase === "between") return "words";
  return meeting?.phase === "circle" && stageViewOf(meeting) ? "clock" : "sign";
}

/**
 * The middle of the ring: the speaker, large, with the time, which is the same for everybody; or the state between
 * turns.
 */
export function Middle(props: MiddleProps) {
  const { me } = useMeeting();
  const now = useServerTime(250);
  const { meeting } = props;
  if (isStale(meeting, now)) return <StaleMiddle />;
  const countdown = countdownOf(meeting, now);
  if (meeting?.turn?.speaker === me.id) return <MyMiddle {...props} meeting={meeting} countdown={countdown} />;
  if (meeting?.turn)
    return <SpeakerMiddle {...props} meeting={meeting} speaker={meeting.turn.speaker} countdown={countdown} />;
  if (meeting?.phase === "between") return <BetweenMiddle {...props} meeting={meeting} countdown={countdown} />;
  return <QuietMiddle {...props} countdown={countdown} />;
}

/** A clock that should have gone on is not shown as if it ran. */
function StaleMiddle() {
  const { t } = useTranslation();
  return (
    <div className="stage stage-quiet" data-testid="stage-stale">
      <span className="stage-sign">
        <Icon name="away" size={28} />
      </span>
      <p className="stage-name">{t("frame.reconnecting")}</p>
    </div>
  );
}
