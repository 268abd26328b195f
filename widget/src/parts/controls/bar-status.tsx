import { useTranslation } from "react-i18next";
import { rightsOf } from "../../model/meeting/rights.ts";
import { myTurn } from "../../model/meeting/my-turn.ts";
import { MyTurnNote } from "./my-turn-note.tsx";
import { useMeeting, useMeetingSnapshot, useServerTime } from "../../sitting/meeting.ts";
import { useCallPart } from "../../sitting/call.ts";

/**
 * Status in the main button's place while there is nothing to press: when my turn comes, and that my microphone is
 * closed until then.
 */
export function BarStatus() {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const meeting = useMeetingSnapshot();
  const status = useCallPart((state) => state.status);
  const microphone = useCallPart((state) => state.microphone);
  const mine = myTurn(meeting, me.id, useServerTime(5_000));
  const closed = status === "in" && microphone === "muted" && !rightsOf(meeting, me).floorOpen;
  return (
    <div className="bar-main bar-status" data-when={mine?.when ?? "none"}>
      <MyTurnNote />
      {closed && (
        <p className="bar-closed">
          {mine && mine.when !== "done" ? t("frame.microphoneClosed") : t("frame.microphoneClosedNow")}
        </p>
      )}
    </div>
  );
}
