import "./waiting.css";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../look/button.tsx";
import { Icon } from "../../look/icons.tsx";
import { plainName } from "../../model/meeting/seats.ts";
import { useMeeting } from "../../sitting/meeting.ts";

/** Banner for those who receive guests: the one who has waited longest. */
export function GuestsWaiting() {
  const { t } = useTranslation();
  const { guests } = useMeeting();
  const first = useSyncExternalStore(guests.subscribe, guests.get).guests?.waiting[0];
  if (!first) return null;
  const { id: guest, name, namesake } = first;
  return (
    <p className="banner" data-banner="guest">
      <Icon name="person" />
      <span>
        {t("guest.waiting", { name: plainName(name) })} {namesake && t("guest.namesake")}
      </span>
      <Button kind="word" data-testid="guest-let-in" onClick={() => void guests.change({ type: "let-in", guest })}>
        {t("guest.letIn")}
      </Button>
      <Button data-testid="guest-turn-away" onClick={() => void guests.change({ type: "turn-away", guest })}>
        {t("guest.turnAway")}
      </Button>
    </p>
  );
}
