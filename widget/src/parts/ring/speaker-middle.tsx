import { useTranslation } from "react-i18next";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { useMeeting } from "../../sitting/meeting.ts";
import { Clock, Dial } from "./clock.tsx";
import { CountdownArc } from "./countdown-arc.tsx";
import type { Countdown } from "../../model/meeting/countdown.ts";
import { Face } from "./face.tsx";
import { nameOf } from "../../model/meeting/seats.ts";
import type { MiddleProps } from "./middle-props.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";

type Running = MiddleProps & { readonly meeting: MeetingSnapshot; readonly countdown: Countdown | null };

/** Room for the arc round a face. */
const ARC = 20;

/** The speaker's face in the middle, and the clock at its foot. */
export function SpeakerMiddle({
  meeting,
  speaker,
  voices,
  layout,
  countdown,
}: Running & { readonly speaker: ParticipantId }) {
  const name = nameOf(meeting, speaker);
  const tiled = layout.shape === "tiles";
  const { width, height } = layout.stage;
  const face = tiled ? layout.stage : { width: width - ARC, height: height - ARC };
  return (
    <div
      className="stage"
      data-testid="speaker"
      data-speaker={speaker}
      data-state={meeting.turn?.status}
      data-mine={false}
      style={{ "--words": `${layout.words}px` }}
    >
      <div className="stage-face" style={{ width, height }}>
        <Face id={speaker} name={name} size={face} voice={voices.get(speaker)} mine={false} />
        {!tiled && <CountdownArc countdown={countdown} size={width} />}
        {countdown && <Clock countdown={countdown} />}
      </div>
      <div className="stage-words">
        <p className="stage-name">
          <SpeakerLine meeting={meeting} name={name} countdown={countdown} />
        </p>
        <NextLine meeting={meeting} countdown={countdown} />
      </div>
    </div>
  );
}

/** My own turn: no face of mine, but the time that is left and what I am asked. */
export function MyMiddle({ meeting, layout, withTheme, countdown }: Running) {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const theme = meeting.circles[meeting.circle ?? -1]?.theme;
  const size = Math.min(layout.stage.width, layout.stage.height);
  return (
    <div
      className="stage"
      data-testid="speaker"
      data-speaker={me.id}
      data-state={meeting.turn?.status}
      data-mine={true}
      style={{ "--words": `${layout.words}px` }}
    >
      <Dial countdown={countdown} size={size} />
      <div className="stage-words">
        <p className="stage-name" data-mark={countdown?.mark}>
          <bdi>{sentence()}</bdi>
        </p>
        {withTheme && theme && (
          <p className="stage-theme" dir="auto" aria-hidden="true">
            {theme}
          </p>
        )}
        <NextLine meeting={meeting} countdown={countdown} />
      </div>
    </div>
  );

  function sentence(): string {
    if (meeting.paused) return t("ring.paused");
    if (meeting.turn?.status === "offered") return t("ring.offeredToYou");
    return t("ring.youHaveWord");
  }
}

function SpeakerLine({
  meeting,
  name,
  countdown,
}: {
  meeting: MeetingSnapshot;
  name: string;
  countdown: Countdown | null;
}) {
  const { t } = useTranslation();
  if (meeting.paused)
    return (
      <bdi>
        {t("ring.paused")} · {name}
      </bdi>
    );
  if (meeting.turn?.status === "offered") return <bdi>{t("ring.offered", { name })}</bdi>;
  return <bdi>{countdown?.of === "return" ? t("ring.held", { name }) : name}</bdi>;
}

function NextLine({ meeting, countdown }: { meeting: MeetingSnapshot; countdown: Countdown | null }) {
  const { me } = useMeeting();
  const { t } = useTranslation();
  return (
    <p className="stage-next">
      <bdi>{sentence()}</bdi>
    </p>
  );

  function sentence(): string {
    if (countdown?.of === "grace") return t("ring.grace");
    if (!meeting.next) return t("ring.last");
    return meeting.next === me.id ? t("ring.nextIsYou") : t("ring.next", { name: nameOf(meeting, meeting.next) });
  }
}
