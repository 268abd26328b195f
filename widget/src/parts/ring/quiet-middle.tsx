import { useTranslation } from "react-i18next";
import { Icon } from "../../look/icons.tsx";
import { rightsOf } from "../../model/meeting/rights.ts";
import { useCallPart } from "../../sitting/call.ts";
import { useMeeting } from "../../sitting/meeting.ts";
import { stageViewOf } from "../circle/kinds/kinds.ts";
import { Dial } from "./clock.tsx";
import type { Countdown } from "../../model/meeting/countdown.ts";
import { Face } from "./face.tsx";
import type { MiddleProps } from "./middle-props.ts";

/** Middle while nobody in particular has the word: says what is going on, and who is here for it. */
export function QuietMiddle({
  meeting,
  layout,
  seats,
  voices,
  countdown,
}: MiddleProps & { readonly countdown: Countdown | null }) {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const status = useCallPart((state) => state.status);
  const phase = meeting?.phase ?? "none";
  const stage = meeting && stageViewOf(meeting);
  const joined = status === "in" || rightsOf(meeting, me).takesPart;
  const here = seats.filter(({ person }) => person.presence === "call").length;
  const alone = seats.length === 1 ? seats[0]?.person : undefined;
  const size = Math.min(layout.stage.width, layout.stage.height);
  return (
    <div
      className="stage stage-quiet"
      data-testid="stage"
      data-phase={phase}
      style={{ "--words": `${layout.words}px` }}
    >
      {countdown ? (
        <Dial countdown={countdown} size={size} />
      ) : alone ? (
        <Face
          id={alone.id}
          name={alone.name}
          size={{ width: size, height: size }}
          voice={voices.get(alone.id)}
          mine={alone.id === me.id}
        />
      ) : (
        sign()
      )}
      <div className="stage-words">
        <p className="stage-name">{title()}</p>
        <p className="stage-next">{hint()}</p>
      </div>
    </div>
  );

  function sign() {
    if (phase === "circle")
      return (
        <span className="stage-sign">
          <Icon name={stage?.icon ?? "circle"} size={28} />
        </span>
      );
    return phase === "none" ? (
      <span className="stage-sign">
        <Icon name="circle" size={28} />
      </span>
    ) : null;
  }

  function title(): string {
    if (phase !== "circle") return t(`phase.${phase}`);
    return stage?.title(t) ?? t("phase.starting");
  }

  function hint(): string {
    if (meeting?.paused) return t("ring.paused");
    if (phase === "gathering") return here > 0 ? t("phase.people", { count: here }) : t("frame.nobodyHere");
    if (phase === "none") return joined ? t("frame.startWhenReady") : t("phase.noneHint");
    return phase === "ended" ? t("phase.endedHint") : "";
  }
}
