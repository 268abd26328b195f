import { useTranslation } from "react-i18next";
import type { CircleSnapshot, MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { StanceList } from "./stance-list.tsx";
import { stancesOf, verdictOf } from "./stances.ts";
import { TextList } from "./texts-panel.tsx";

/** A running circle shows its answers and texts beside the ring; afterwards they belong to the record. */
export function hasFacts({ status, stances, texts }: CircleSnapshot): boolean {
  return status === "done" && (stances.length > 0 || texts.length > 0);
}

/** What a circle that is over decided and wrote. */
export function CircleFacts({ circle: index, meeting }: { circle: number; meeting: MeetingSnapshot | null }) {
  const { t } = useTranslation();
  const circle = meeting?.circles[index];
  if (!meeting || !circle || !hasFacts(circle)) return null;
  const verdict = verdictOf(circle);
  return (
    <div className="circle-facts" data-testid="circle-facts">
      {verdict && (
        <p className="verdict" data-verdict={verdict}>
          {t(`circle.consent.verdict.${verdict}`)}
        </p>
      )}
      {circle.stances.length > 0 && (
        <StanceList
          stances={stancesOf(meeting, circle).filter(({ position }) => position !== "none")}
          meeting={meeting}
        />
      )}
      {circle.texts.length > 0 && (
        <details>
          <summary>
            {t("circle.record.texts")} · {circle.texts.length}
          </summary>
          <TextList texts={circle.texts} meeting={meeting} />
        </details>
      )}
    </div>
  );
}
