import { useTranslation } from "react-i18next";
import { nameOf } from "../../model/meeting/seats.ts";
import { useMeeting, useMeetingSnapshot } from "../../sitting/meeting.ts";
import { handsIn } from "./hands.ts";
import { viewOf } from "./kinds/kinds.ts";

/**
 * Announces, to those who listen to the page, what the kind of circle asks of them, and what others do that concerns
 * all.
 */
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
    const running = meeting.phase === "circle" && circle ? { meeting, circle } : null;
    const view = running && viewOf(running.circle);
    const pressing = (running && view?.announce?.(t, running, me.id)) ?? "";
    if (meeting.turn?.wantsMore && meeting.turn.speaker !== me.id)
      return t("circle.say.wantsMore", { name: nameOf(meeting, meeting.turn.speaker) });
    if (place === 1 && rule) return t("circle.say.handNext");
    if (pressing !== "") return pressing;
    if (meeting.phase === "circle" && meeting.returns.includes(me.id)) return t("circle.say.keptMe");
    return (running && view?.announceLast?.(t, running)) ?? "";
  }
}
