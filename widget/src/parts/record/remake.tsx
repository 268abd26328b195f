import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMeeting } from "../../sitting/meeting.ts";
import { useRecord } from "../../sitting/record.ts";
import { mayRemake } from "../../model/record/may-correct.ts";
import { useShownRecord } from "../../sitting/shown-record.ts";

/**
 * Remakes the minutes, at the keeper's wish, from the record as it is now. People's corrections and confirmations stay.
 */
export function Remake() {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const { corrector } = useRecord();
  const { meeting, record } = useShownRecord();
  const [busy, setBusy] = useState(false);
  if (!meeting || !record) return null;
  if (record.remaking.length > 0)
    return (
      <p className="remake" role="status" data-testid="remaking">
        {t("desk.remaking")}
      </p>
    );
  if (!mayRemake(meeting, me) || record.minutes.length === 0) return null;
  const remake = async () => {
    setBusy(true);
    await corrector.redo(meeting.id);
    setBusy(false);
  };
  return (
    <p className="remake">
      <button
        type="button"
        className="desk-link"
        disabled={busy}
        title={t("desk.remakeHint")}
        data-testid="remake"
        onClick={() => void remake()}
      >
        {t("desk.remake")}
      </button>
    </p>
  );
}
