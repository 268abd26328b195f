import { useTranslation } from "react-i18next";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { rightsOf } from "../../model/meeting/rights.ts";
import { useMeeting } from "../../sitting/meeting.ts";
import { HandChoice } from "./hand-choice.tsx";
import { HandQueue } from "./hand-queue.tsx";
import { handsIn } from "./hands.ts";

/** Between two circles: one line for hands, since the theme that comes next is what all should read. */
export function RestHands({ meeting }: { meeting: MeetingSnapshot }) {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const { takesPart } = rightsOf(meeting, me);
  const { queue } = handsIn(meeting, me.id);
  if (!takesPart && queue.length === 0) return null;
  return (
    <section
      className="rest-hands"
      aria-label={t("circle.hands.restTitle")}
      title={t("circle.hands.restLead")}
      data-testid="rest-hands"
    >
      {queue.length > 0 && (
        <div className="waiting-hands">
          <HandQueue meeting={meeting} />
        </div>
      )}
      {takesPart && <HandChoice meeting={meeting} kind="plain" />}
    </section>
  );
}
