import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { RoundButton } from "../../look/button.tsx";
import { type MyRights, rightsOf } from "../../model/meeting/rights.ts";
import { useMeeting, useMeetingSnapshot } from "../../sitting/meeting.ts";
import { HandChoice } from "./hand-choice.tsx";
import { handsIn } from "./hands.ts";
import { Popover } from "../../look/popover.tsx";

export function mayRaiseHand(meeting: MeetingSnapshot | null, { takesPart }: MyRights): boolean {
  return (meeting?.phase === "circle" || meeting?.phase === "between") && takesPart;
}

/** A hand goes up at any time of a meeting; it is heard where the floor is open. */
export function HandButton() {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const meeting = useMeetingSnapshot();
  const [open, setOpen] = useState(false);
  if (!meeting || !mayRaiseHand(meeting, rightsOf(meeting, me))) return null;
  const { mine, rule } = handsIn(meeting, me.id);
  const close = () => setOpen(false);
  return (
    <Popover
      open={open}
      onClose={close}
      label={t("circle.hands.menu")}
      className="hand-menu"
      button={(expands) => (
        <RoundButton
          icon="take"
          caption={t("frame.caption.hand")}
          label={mine ? t("circle.hands.buttonUp") : t("circle.hands.button")}
          data-testid="hand"
          data-up={mine ?? "no"}
          className={mine ? "round round-up" : "round"}
          onClick={() => setOpen(!open)}
          {...expands}
        />
      )}
    >
      <HandChoice meeting={meeting} kind="ghost" onDone={close} />
      {!rule && <p className="menu-note">{t("circle.hands.waitsForFloor")}</p>}
    </Popover>
  );
}
