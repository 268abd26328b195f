import { useTranslation } from "react-i18next";
import type { MeetingRecord } from "@mindminder/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { clockTime } from "../../language/duration.ts";
import { Avatar } from "../../look/avatar.tsx";
import { plainName } from "../../model/meeting/seats.ts";
import { evenness } from "./evenness.ts";

/** Talk time of each person, and how evenly it is spread. */
export function TalkTime({ meeting, record }: { meeting: MeetingSnapshot | null; record: MeetingRecord | null }) {
  const { t } = useTranslation();
  const people = meeting?.people ?? [];
  const total = people.reduce((sum, { spokenMs }) => sum + spokenMs, 0);
  const longest = Math.max(1, ...people.map(({ spokenMs }) => spokenMs));
  const even = !somebodySpoke(record)
    ? null
    : evenness(
        people.filter(({ presence, spokenMs }) => presence !== "left" || spokenMs > 0).map(({ spokenMs }) => spokenMs),
      );
  if (total === 0) return <p className="empty">{t("record.nothingSaid")}</p>;
  return (
    <>
      <p className="time-sum" title={t("record.evenHint")}>
        <span>{t("record.total", { time: clockTime(total) })}</span>
        {even !== null && (
          <strong data-testid="evenness">{t("record.even", { percent: Math.round(even * 100) })}</strong>
        )}
      </p>
      <ol className="times">
        {people
          .toSorted((one, other) => other.spokenMs - one.spokenMs)
          .map(({ id, name, spokenMs }) => (
            <li key={id}>
              <Avatar id={id} name={name} size={24} />
              <bdi className="times-name">{plainName(name)}</bdi>
              <span className="times-value">{clockTime(spokenMs)}</span>
              <span className="times-bar">
                <i style={{ transform: `scaleX(${spokenMs / longest})` }} />
              </span>
            </li>
          ))}
      </ol>
    </>
  );
}

/** False when all were moved on or silent: then there is no talk time to compare. */
function somebodySpoke(record: MeetingRecord | null): boolean {
  const { turns, utterances } = record ?? { turns: [], utterances: [] };
  return (
    turns.length === 0 ||
    utterances.length > 0 ||
    turns.some(({ reason }) => reason === "passed" || reason === "time-up")
  );
}
