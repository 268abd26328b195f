import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MeetingRecord } from "@mindminder/protocol/meeting-record.ts";
import { correctionsOf } from "@mindminder/protocol/correction.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { Button } from "../../look/button.tsx";
import { useMeeting } from "../../sitting/meeting.ts";
import { useRecord } from "../../sitting/record.ts";
import { outcomeOf } from "./outcome.ts";

/** All that was found for me to do, taken on with one press; where it is a single task, its own button does. */
export function ConfirmMine({ meeting, record }: { meeting: MeetingSnapshot | null; record: MeetingRecord | null }) {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const { corrector } = useRecord();
  const [busy, setBusy] = useState(false);
  const mine = outcomeOf(record).tasks.filter(({ owner, status }) => owner === me.id && status === "suggested");
  if (!meeting || mine.length < 2) return null;
  const confirm = async () => {
    setBusy(true);
    for (const { id } of mine) {
      const seen = correctionsOf(record?.corrections ?? [], { of: "task", id }).length;
      if (!(await corrector.correct(meeting.id, { of: "task", id, status: "open" }, seen))) break;
    }
    setBusy(false);
  };
  return (
    <p className="confirm-mine">
      <Button icon="check" disabled={busy} data-testid="confirm-mine" onClick={() => void confirm()}>
        {t("after.confirmMine", { count: mine.length })}
      </Button>
    </p>
  );
}
