import { useTranslation } from "react-i18next";
import { Avatar } from "../../look/avatar.tsx";
import { Icon } from "../../look/icons.tsx";
import { useMeeting, useMeetingState } from "../../sitting/meeting.ts";
import { useCallState } from "../../sitting/call.ts";
import { plainName, seatsOf } from "../../model/meeting/seats.ts";
import "./listeners.css";

/**
 * People in the call without a seat, shown beside the circle: nobody listens in unseen. Said aloud when somebody comes.
 */
export function Listeners() {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const { meeting, listening } = useMeetingState();
  const { voices, status } = useCallState();
  const inCall = status === "in" ? [me.id, ...voices.keys()] : [];
  const seated = new Set(seatsOf(meeting, { inCall, me }).map(({ person }) => person.id));
  const people = listening.people.filter(({ id }) => !seated.has(id));
  return (
    <div className="listeners" role="status" data-empty={people.length === 0} data-testid="listeners">
      {people.length > 0 && (
        <>
          <Icon name="sound" size={16} />
          <span className="quiet">{t("ring.listening")}</span>
          <ul aria-label={t("ring.listening")}>
            {people.map(({ id, name }) => (
              <li key={id} data-listener={id} title={t("ring.listens")}>
                <Avatar id={id} name={name} size={20} />
                <bdi>{id === me.id ? t("ring.you") : plainName(name)}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
