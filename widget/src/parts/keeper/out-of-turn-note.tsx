import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { RoundButton } from "../../look/button.tsx";
import { Icon } from "../../look/icons.tsx";
import { nameOf } from "../../model/meeting/seats.ts";
import { useMeeting, useMeetingSnapshot } from "../../sitting/meeting.ts";

/**
 * Note for the keeper alone: the person whose microphone opened while the word was another's. Shows the latest, until
 * it is put away.
 */
export function OutOfTurnNote() {
  const { t } = useTranslation();
  const { outOfTurn } = useMeeting();
  const meeting = useMeetingSnapshot();
  const { people } = useSyncExternalStore(outOfTurn.subscribe, outOfTurn.get);
  const last = people.at(-1);
  if (!last || !meeting) return null;
  return (
    <p className="banner banner-quiet" data-banner="out-of-turn">
      <Icon name="microphoneOff" />
      <span>{t("keeper.outOfTurn", { name: nameOf(meeting, last.who), count: last.times })}</span>
      <RoundButton icon="close" kind="small" label={t("act.dismiss")} onClick={() => outOfTurn.putAway(last)} />
    </p>
  );
}
