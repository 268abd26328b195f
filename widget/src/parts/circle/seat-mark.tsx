import { useTranslation } from "react-i18next";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { Icon, type IconName } from "../../look/icons.tsx";
import { useMeetingSnapshot } from "../../sitting/meeting.ts";

type Mark = { readonly what: "consent" | "object" | "wrote" | "more"; readonly icon: IconName; readonly words: string };

/** On a person's seat: where they stand, that they have finished writing, that they are for more time. */
export function SeatMark({ who, size }: { who: ParticipantId; size: number }) {
  const { t } = useTranslation();
  const meeting = useMeetingSnapshot();
  const icon = Math.max(10, size * 0.2);
  return (
    meeting &&
    marksOf(meeting).map(({ what, icon: name, words }) => (
      <span key={what} className="seat-mark" data-mark={what} data-testid={`seat-${what}`} title={words}>
        <Icon name={name} size={icon} />
        <span className="unseen">{words}</span>
      </span>
    ))
  );

  function marksOf({ circles, circle, phase, stage, wrote, turn }: MeetingSnapshot): Mark[] {
    const marks: Mark[] = [];
    const stance = phase === "circle" ? circles[circle ?? -1]?.stances.find((each) => each.who === who) : undefined;
    if (stance)
      marks.push({
        what: stance.position,
        icon: stance.position === "consent" ? "check" : "warning",
        words: t(`circle.consent.position.${stance.position}`),
      });
    else if (stage === "writing" && wrote.includes(who))
      marks.push({ what: "wrote", icon: "check", words: t("circle.writing.hasFinished") });
    else if (turn?.extension?.asked.includes(who))
      marks.push({ what: "more", icon: "extend", words: t("circle.extension.isFor") });
    return marks;
  }
}
