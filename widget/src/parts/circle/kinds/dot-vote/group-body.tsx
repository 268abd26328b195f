import { useTranslation } from "react-i18next";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { nameOf } from "../../../../model/meeting/seats.ts";
import type { Group } from "./groups.ts";

/** Its name, and the texts in it, each with its number and whose it is. */
export function GroupBody({ group, meeting }: { group: Group; meeting: MeetingSnapshot }) {
  const { t } = useTranslation();
  return (
    <div className="vote-body">
      {group.name !== "" && (
        <p className="vote-name" dir="auto">
          {group.name}
        </p>
      )}
      <ul className="vote-texts">
        {group.texts.map(({ number, who, text }) => (
          <li key={number}>
            <span className="vote-number" aria-hidden="true">
              {number}
            </span>
            <span className="unseen">{t("circle.dots.text", { n: number })}</span>
            <span>
              <span dir="auto" className="vote-text">
                {text || "—"}
              </span>{" "}
              <bdi className="quiet small">{nameOf(meeting, who)}</bdi>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
