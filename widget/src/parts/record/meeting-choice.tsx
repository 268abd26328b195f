import { useEffect, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useMeetingSnapshot } from "../../sitting/meeting.ts";
import { useRecord } from "../../sitting/record.ts";
import { localeOf } from "./day-written.ts";
import type { PastMeetingEntry } from "../../model/record/past-meetings.ts";
import type { MeetingId } from "@mindminder/protocol/identity.ts";

/** Choice of the room's meeting to read. Where there is only the present one, there is none. */
export function MeetingChoice() {
  const { t, i18n } = useTranslation();
  const { past: known } = useRecord();
  const { meetings, hidden, past } = useSyncExternalStore(known.subscribe, known.get);
  const meeting = useMeetingSnapshot();
  const [present, phase] = [meeting?.id ?? "", meeting?.phase];
  useEffect(() => void known.list(), [known, present, phase]);

  const others = meetings.filter(({ id }) => id !== present);
  const why = hidden && (
    <p className="who-may hidden-meetings" data-testid="hidden-meetings">
      {t("desk.hidden")}
    </p>
  );
  if (others.length === 0) return why || null;
  const day = new Intl.DateTimeFormat(localeOf(i18n.language), { day: "numeric", month: "short", year: "numeric" });
  const titleOf = ({ title, topic, startedAt }: PastMeetingEntry) => `${day.format(startedAt)} · ${topic || title}`;
  return (
    <>
      <label className="meeting-choice">
        <span className="unseen">{t("desk.meeting")}</span>
        <select
          className="desk-field"
          value={past?.meeting.id ?? ""}
          data-testid="meeting-choice"
          onChange={({ target }) => (target.value === "" ? known.close() : void known.open(target.value as MeetingId))}
        >
          <option value="">{t(meeting ? "desk.presentMeeting" : "desk.noMeeting")}</option>
          {others.map((each) => (
            <option key={each.id} value={each.id}>
              {titleOf(each)}
            </option>
          ))}
        </select>
      </label>
      {why}
    </>
  );
}
