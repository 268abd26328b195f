import "./recorded.css";
import { useTranslation } from "react-i18next";
import { Button } from "../../look/button.tsx";
import { Icon } from "../../look/icons.tsx";
import { nameOf } from "../../model/meeting/seats.ts";
import { useMeeting, useMeetingState } from "../../sitting/meeting.ts";
import { usePurposes } from "./use-purposes.ts";

/** Tells that the call is recorded, by whose consent, and lets whoever is in the recording end that with one press. */
export function RecordedNote() {
  const { t, i18n } = useTranslation("recorded");
  const { me } = useMeeting();
  const { meeting, recorded } = useMeetingState();
  const { purposes, busy, answer } = usePurposes();
  const own = purposes?.find(({ purpose }) => purpose === "sound");
  const names = recorded.people.map((who) => nameOf(meeting, who));
  const isIn = recorded.people.includes(me.id);
  return (
    <div className="banner recorded" data-banner="recorded">
      <Icon name="microphone" />
      <span>
        {t(recorded.whole ? "whole" : "people", { names: new Intl.ListFormat(i18n.language).format(names) })}{" "}
        {!isIn && t("others")}
      </span>
      {isIn && own && (
        <Button kind="word" data-testid="stop-recording" disabled={busy} onClick={() => answer(own, false)}>
          {t(recorded.whole ? "stopAll" : "stop")}
        </Button>
      )}
    </div>
  );
}
