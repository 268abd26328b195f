import { useTranslation } from "react-i18next";
import { nameOf } from "../../model/meeting/seats.ts";
import { useMeeting, useMeetingSnapshot } from "../../sitting/meeting.ts";
import { handsIn } from "./hands.ts";

/** For those who listen to the page: what the kind of circle asks of them, and what others do that concerns all. */
export function CircleAnnouncer() {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const meeting = useMeetingSnapshot();
  return (
    <p className="unseen" aria-live="polite" data-testid="circle-announcement">
      {words()}
    </p>
  );

  function words(): string {
    if (!meeting || (meeting.phase !== "circle" && meeting.phase !== "between")) return "";
    const circle = meeting.circles[meeting.circle ?? -1];
    const { place, rule } = handsIn(meeting, me.id);
    const objection =
      meeting.phase === "circle" ? circle?.stances.findLast(({ position }) => position === "object") : undefined;
    if (meeting.turn?.wantsMore && meeting.turn.speaker !== me.id)
      return t("circle.say.wantsMore", { name: nameOf(meeting, meeting.turn.speaker) });
    if (place === 1 && rule) return t("circle.say.handNext");
    if (meeting.stage === "writing") return t("circle.say.writing");
    if (meeting.stage === "floor" && !meeting.turn) return t("circle.say.floor");
    if (objection && objection.who !== me.id) return t("circle.say.objects", { name: nameOf(meeting, objection.who) });
    if (meeting.phase === "circle" && meeting.returns.includes(me.id)) return t("circle.say.keptMe");
    return meeting.phase === "circle" && circle?.kind === "silent-writing" ? t("circle.say.texts") : "";
  }
}
