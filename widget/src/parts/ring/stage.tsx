import { useTranslation } from "react-i18next";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import type { CallState } from "../../model/call/call-state.ts";
import { Icon } from "../../look/icons.tsx";
import { useServerTime, useSitting } from "../../sitting/sitting.ts";
import { BetweenStage } from "./between-stage.tsx";
import { countdownOf, isStale } from "../../model/meeting/countdown.ts";
import type { InTheMiddle } from "./geometry.ts";
import type { RingLayout } from "./layout.ts";
import { QuietStage } from "./quiet-stage.tsx";
import { MyStage, SpeakerStage } from "./speaker-stage.tsx";
import type { Seat } from "../../model/meeting/seats.ts";

export type StageProps = {
  readonly meeting: MeetingSnapshot | null;
  readonly voices: CallState["voices"];
  readonly layout: RingLayout;
  /** The theme stands under my clock, and not at the top. */
  readonly withTheme: boolean;
  /** Everybody who is here. */
  readonly seats: readonly Seat[];
};

/** What the middle holds, which decides how much room it asks for. */
export function inTheMiddle(
  meeting: MeetingSnapshot | null,
  { mine, roomy }: { mine: boolean; roomy: boolean },
): InTheMiddle {
  if (meeting?.turn) return mine ? (roomy ? "task" : "clock") : "face";
  if (meeting?.phase === "between") return "words";
  return meeting?.phase === "circle" && meeting.stage !== "round" ? "clock" : "sign";
}

/** The middle of the ring: who has the word, large, with the time that everybody sees the same; or what is between. */
export function Stage(props: StageProps) {
  const { me } = useSitting();
  const now = useServerTime(250);
  const { meeting } = props;
  if (isStale(meeting, now)) return <StaleStage />;
  const countdown = countdownOf(meeting, now);
  if (meeting?.turn?.speaker === me.id) return <MyStage {...props} meeting={meeting} countdown={countdown} />;
  if (meeting?.turn)
    return <SpeakerStage {...props} meeting={meeting} speaker={meeting.turn.speaker} countdown={countdown} />;
  if (meeting?.phase === "between") return <BetweenStage {...props} meeting={meeting} countdown={countdown} />;
  return <QuietStage {...props} countdown={countdown} />;
}

/** A clock that should have gone on is not shown as if it ran. */
function StaleStage() {
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
