import { useTranslation } from "react-i18next";
import { useMeeting, useMeetingSnapshot } from "../../sitting/meeting.ts";
import { CircleAnnouncer } from "./circle-announcer.tsx";
import { Extension } from "./extension.tsx";
import { HandQueue } from "./hand-queue.tsx";
import { handsIn } from "./hands.ts";
import { RestHands } from "./rest-hands.tsx";
import { WhatHappensLine } from "./what-happens-line.tsx";

/** Under the ring, as far as there is something to say: what comes by itself, more time, hands that wait. */
export function CircleNotes() {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const meeting = useMeetingSnapshot();
  const hands = meeting && handsIn(meeting, me.id);
  return (
    <div className="circle-notes">
      <WhatHappensLine />
      <Extension />
      {meeting && hands && !hands.rule && hands.queue.length > 0 && (
        <div className="waiting-hands">
          <p className="quiet small">{t("circle.hands.queueLater")}</p>
          <HandQueue meeting={meeting} />
        </div>
      )}
      {meeting?.phase === "between" && <RestHands meeting={meeting} />}
      <CircleAnnouncer />
    </div>
  );
}
