import { useTranslation } from "react-i18next";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { useMeeting, useMeetingSnapshot, useServerTime } from "../../sitting/meeting.ts";
import { countdownOf } from "../../model/meeting/countdown.ts";
import { nameOf } from "../../model/meeting/seats.ts";

/** Announces the speaker, and the time at its marks, to those who listen to the page. Nothing ticks here. */
export function Announcer() {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const meeting = useMeetingSnapshot();
  const now = useServerTime(1_000);
  const mark = countdownOf(meeting, now)?.mark;
  const mine = meeting?.turn?.speaker === me.id && meeting.turn.status === "speaking";
  const timeSaid = mine
    ? { calm: "", late: t("say.late"), last: t("say.last"), over: t("say.grace") }[mark ?? "calm"]
    : "";
  return (
    <div className="unseen">
      <p aria-live="polite" data-testid="announcement">
        {sayWord()}
      </p>
      <p aria-live="assertive">{timeSaid}</p>
    </div>
  );

  function sayWord(): string {
    if (!meeting) return "";
    if (meeting.waitsForCall) return t("circle.what.callAway");
    if (meeting.paused) return t("say.paused");
    if (meeting.turn) return sayTurn(meeting, meeting.turn);
    return meeting.phase === "between" ? t("say.between") : meeting.phase === "ended" ? t("say.ended") : "";
  }

  function sayTurn(of: MeetingSnapshot, { speaker, status }: NonNullable<MeetingSnapshot["turn"]>): string {
    if (speaker === me.id) return status === "offered" ? t("say.offeredToYou") : t("say.youHaveWord");
    const who = t("say.hasWord", { name: nameOf(of, speaker) });
    return of.next === me.id ? `${who} ${t("say.youAreNext")}` : who;
  }
}
