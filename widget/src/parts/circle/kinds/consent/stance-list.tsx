import { useTranslation } from "react-i18next";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { Avatar } from "../../../../look/avatar.tsx";
import { Icon, type IconName } from "../../../../look/icons.tsx";
import { nameOf } from "../../../../model/meeting/seats.ts";
import { useMeeting } from "../../../../sitting/meeting.ts";
import type { PersonStance } from "./stances.ts";

const ICON: Partial<Record<PersonStance["position"], IconName>> = { consent: "check", object: "warning" };

/** Everybody's answer in words, objections with their reasons. */
export function StanceList({
  stances,
  meeting,
}: {
  stances: readonly PersonStance[];
  meeting: MeetingSnapshot | null;
}) {
  const { t } = useTranslation();
  const { me } = useMeeting();
  return (
    <ul className="stances" aria-label={t("circle.consent.everybody")}>
      {stances.map(({ who, position, reason }) => {
        const name = nameOf(meeting, who);
        const icon = ICON[position];
        return (
          <li key={who} data-testid="stance" data-who={who} data-position={position}>
            <Avatar id={who} name={name} size={24} />
            <span className="stance-words">
              <bdi className="stance-name">{who === me.id ? t("ring.you") : name}</bdi>
              <span className="stance-position">
                {icon && <Icon name={icon} size={14} />}
                {t(`circle.consent.position.${position}`)}
              </span>
              {reason && (
                <span className="stance-reason" dir="auto">
                  {reason}
                </span>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
