import { useTranslation } from "react-i18next";
import type { MeetingSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";
import type { CallState } from "../call/call-state.ts";
import { clockTime } from "../language/duration.ts";
import { Icon } from "../look/icons.tsx";
import { useServerTime, useSitting } from "../sitting/sitting.ts";
import { CountdownArc } from "./countdown-arc.tsx";
import { countdownOf, type Countdown } from "./countdown.ts";
import { Face } from "./face.tsx";
import { nameOf } from "./seats.ts";
import { Word } from "./word.tsx";

type Props = {
  meeting: MeetingSnapshot | null;
  voices: CallState["voices"];
  size: number;
  /** Width for the lines under the face. */
  words: number;
  /** Where the speaker sits, as seen from here; null where nobody points. */
  speakerAt: number | null;
};

/** The middle of the ring: who has the word, large, with the time that everybody sees the same; or what is between. */
export function Stage({ meeting, voices, size, words, speakerAt }: Props) {
  const now = useServerTime(250);
  const countdown = countdownOf(meeting, now);
  return meeting?.turn ? (
    <SpeakerStage meeting={meeting} speaker={meeting.turn.speaker} voices={voices} size={size} words={words} speakerAt={speakerAt} countdown={countdown} />
  ) : (
    <QuietStage meeting={meeting} size={size} words={words} countdown={countdown} />
  );
}

type SpeakerProps = Props & { meeting: MeetingSnapshot; speaker: string; countdown: Countdown | null };

function SpeakerStage({ meeting, speaker, voices, size, words, speakerAt, countdown }: SpeakerProps) {
  const { me } = useSitting();
  const { t } = useTranslation();
  const mine = speaker === me.id;
  const name = nameOf(meeting, speaker);
  return (
    <div className="stage" data-testid="speaker" data-speaker={speaker} data-state={meeting.turn?.status} data-mine={mine} style={{ "--words": `${words}px` }}>
      <div className="stage-face" style={{ width: size, height: size }}>
        <Face id={speaker} name={name} size={size - 20} voice={voices.get(speaker)} mine={mine} />
        <CountdownArc countdown={countdown} size={size} />
        {speakerAt !== null && <Word direction={speakerAt} size={size} />}
        {countdown && <Clock countdown={countdown} />}
      </div>
      <div className="stage-words">
        <p className="stage-name"><SpeakerLine meeting={meeting} name={name} mine={mine} countdown={countdown} /></p>
        <p className="stage-next">{countdown?.of === "grace" ? t("ring.grace") : <NextLine meeting={meeting} />}</p>
      </div>
    </div>
  );
}

function Clock({ countdown }: { countdown: Countdown }) {
  const { t } = useTranslation();
  return (
    <span className="clock" role="timer" data-testid="countdown" data-mark={countdown.mark} data-of={countdown.of} aria-label={t("ring.timeLeft")}>
      {countdown.of === "standing" && <Icon name="pause" size={14} />}
      {clockTime(countdown.leftMs)}
    </span>
  );
}

function SpeakerLine({ meeting, name, mine, countdown }: { meeting: MeetingSnapshot; name: string; mine: boolean; countdown: Countdown | null }) {
  const { t } = useTranslation();
  if (meeting.paused) return <bdi>{t("ring.paused")} · {name}</bdi>;
  if (meeting.turn?.status === "offered") return <bdi>{mine ? t("ring.offeredToYou") : t("ring.offered", { name })}</bdi>;
  if (countdown?.of === "return") return <bdi>{t("ring.held", { name })}</bdi>;
  return <bdi>{mine ? t("ring.youHaveWord") : name}</bdi>;
}

function NextLine({ meeting }: { meeting: MeetingSnapshot }) {
  const { me } = useSitting();
  const { t } = useTranslation();
  if (!meeting.next) return <>{t("ring.last")}</>;
  if (meeting.next === me.id) return <>{t("ring.nextIsYou")}</>;
  return <bdi>{t("ring.next", { name: nameOf(meeting, meeting.next) })}</bdi>;
}

function QuietStage({ meeting, size, words, countdown }: { meeting: MeetingSnapshot | null; size: number; words: number; countdown: Countdown | null }) {
  const { t } = useTranslation();
  const here = meeting?.people.filter(({ presence }) => presence !== "left").length ?? 0;
  const phase = meeting?.phase ?? "none";
  const next = meeting?.circles[(meeting.circle ?? -1) + 1];
  const hint = {
    none: t("phase.noneHint"),
    gathering: t("phase.people", { count: here }),
    circle: meeting?.paused ? t("ring.paused") : "",
    between: meeting?.paused ? t("ring.paused") : next ? next.theme : "",
    ended: t("phase.endedHint"),
  }[phase];
  return (
    <div className="stage stage-quiet" data-testid="stage" data-phase={phase} style={{ "--words": `${words}px` }}>
      <div className="stage-face" style={{ width: size, height: size }}>
        <span className="stage-sign" style={{ width: size - 20, height: size - 20 }}><Icon name={phase === "ended" ? "check" : meeting?.stage === "floor" && phase === "circle" ? "hand" : "circle"} size={size * 0.4} /></span>
        <CountdownArc countdown={countdown} size={size} />
        {countdown && <Clock countdown={countdown} />}
      </div>
      <div className="stage-words">
        <p className="stage-name">{titleOf()}</p>
        <p className="stage-next">{hint}</p>
      </div>
    </div>
  );

  function titleOf(): string {
    if (phase !== "circle") return t(`phase.${phase}`);
    return t(meeting?.stage === "writing" ? "circle.writing.title" : meeting?.stage === "floor" ? "circle.hands.floorTitle" : "phase.starting");
  }
}
