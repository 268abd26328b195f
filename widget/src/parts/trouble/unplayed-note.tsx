import { useTranslation } from "react-i18next";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import { Icon } from "../../look/icons.tsx";
import type { Unplayed } from "../../model/call/played-sounds.ts";
import { nameOf, plainName } from "../../model/meeting/seats.ts";
import { useCallState } from "../../sitting/call.ts";
import { useMeetingState } from "../../sitting/meeting.ts";

/** Names the people of an encrypted call who are not played, each with the remedy. */
export function UnplayedNote() {
  return (
    <>
      <People why="open" />
      <People why="unreadable" />
    </>
  );
}

function People({ why }: { why: Unplayed }) {
  const { t, i18n } = useTranslation();
  const { voices } = useCallState();
  const { meeting, listening } = useMeetingState();
  const nameOfPerson = (who: ParticipantId) => {
    const listener = listening.people.find(({ id }) => id === who);
    return listener ? plainName(listener.name) : nameOf(meeting, who);
  };
  const names = [...voices].filter(([, { unplayed }]) => unplayed === why).map(([who]) => nameOfPerson(who));
  if (names.length === 0) return null;
  return (
    <p className="banner banner-bad" data-banner={`sound-${why}`}>
      <Icon name="microphoneOff" />
      {t(`encryption.${why}`, { names: new Intl.ListFormat(i18n.language).format(names) })}
    </p>
  );
}
