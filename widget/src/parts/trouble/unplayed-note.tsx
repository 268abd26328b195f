import { useTranslation } from "react-i18next";
import { Icon } from "../../look/icons.tsx";
import type { Unplayed } from "../../model/call/played-sounds.ts";
import { nameOf } from "../../model/meeting/seats.ts";
import { useCallState } from "../../sitting/call.ts";
import { useMeetingSnapshot } from "../../sitting/meeting.ts";

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
  const meeting = useMeetingSnapshot();
  const names = [...voices].filter(([, { unplayed }]) => unplayed === why).map(([who]) => nameOf(meeting, who));
  if (names.length === 0) return null;
  return (
    <p className="banner banner-bad" data-banner={`sound-${why}`}>
      <Icon name="microphoneOff" />
      {t(`encryption.${why}`, { names: new Intl.ListFormat(i18n.language).format(names) })}
    </p>
  );
}
