import { useTranslation } from "react-i18next";
import { myTurn } from "../../model/meeting/my-turn.ts";
import { useMeeting, useMeetingSnapshot, useServerTime } from "../../sitting/meeting.ts";

/** Note of when my own turn comes. */
export function MyTurnNote() {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const meeting = useMeetingSnapshot();
  const mine = myTurn(meeting, me.id, useServerTime(5_000));
  if (!mine) return null;
  const minutes = mine.when === "later" ? Math.round(mine.inMs / 60_000) : 0;
  const text = {
    next: () => t("ring.youAreNext"),
    done: () => t("ring.youAreDone"),
    later: () => (minutes < 1 ? t("ring.yourTurnSoon") : t("ring.yourTurnIn", { count: minutes })),
  }[mine.when]();
  const kept = mine.when === "later" && mine.kept;
  return (
    <p className="my-turn" data-testid="my-turn" data-when={mine.when}>
      {kept ? t("ring.turnKept") : text}
    </p>
  );
}
