import { useTranslation } from "react-i18next";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { Icon } from "../../look/icons.tsx";
import { useMeetingSnapshot } from "../../sitting/meeting.ts";
import type { SeatSign } from "./kinds/kind-view.ts";
import { viewOf } from "./kinds/kinds.ts";

/** Mark on a person's seat: their stance, that they have finished writing, that they are for more time. */
export function SeatMark({ who, size }: { who: ParticipantId; size: number }) {
  const { t } = useTranslation();
  const meeting = useMeetingSnapshot();
  const icon = Math.max(10, size * 0.2);
  return (
    meeting &&
    signsOf(meeting).map(({ name, icon: drawn, words }) => (
      <span key={name} className="seat-mark" data-mark={name} data-testid={`seat-${name}`} title={words}>
        <Icon name={drawn} size={icon} />
        <span className="unseen">{words}</span>
      </span>
    ))
  );

  function signsOf(meeting: MeetingSnapshot): SeatSign[] {
    const { circles, circle: index, phase, turn } = meeting;
    const circle = phase === "circle" ? circles[index ?? -1] : undefined;
    const sign = circle && viewOf(circle).sign?.(t, { meeting, circle }, who);
    if (sign) return [sign];
    if (!turn?.extension?.asked.includes(who)) return [];
    return [{ name: "more", icon: "extend", words: t("circle.extension.isFor") }];
  }
}
