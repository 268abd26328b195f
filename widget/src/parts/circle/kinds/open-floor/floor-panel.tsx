import { useTranslation } from "react-i18next";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { rightsOf } from "../../../../model/meeting/rights.ts";
import { useMeeting } from "../../../../sitting/meeting.ts";
import { HandChoice } from "../../hand-choice.tsx";
import { HandQueue } from "../../hand-queue.tsx";
import { handsIn } from "../../hands.ts";
import { Panel } from "../../panel.tsx";

/** The open floor, where hands rule. */
export function FloorPanel({ meeting }: { meeting: MeetingSnapshot }) {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const { queue } = handsIn(meeting, me.id);
  return (
    <Panel name="floor" title={t("circle.hands.floorTitle")} lead={t("circle.hands.floorLead")}>
      {rightsOf(meeting, me).takesPart && <HandChoice meeting={meeting} kind="plain" />}
      {queue.length > 0 ? <HandQueue meeting={meeting} /> : <p className="quiet small">{t("circle.hands.none")}</p>}
    </Panel>
  );
}
