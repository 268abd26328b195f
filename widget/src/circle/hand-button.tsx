import { useState } from "react";
import { useTranslation } from "react-i18next";
import { RoundButton } from "../controls/button.tsx";
import { rightsOf } from "../meeting/rights.ts";
import { useMeetingState, useSitting } from "../sitting/sitting.ts";
import { HandChoice } from "./hand-choice.tsx";
import { handsIn } from "./hands.ts";
import { Popover } from "./popover.tsx";

/** A hand goes up at any time of a meeting; it is heard where the floor is open. */
export function HandButton() {
  const { t } = useTranslation();
  const { me } = useSitting();
  const { meeting } = useMeetingState();
  const [open, setOpen] = useState(false);
  if (!meeting || (meeting.phase !== "circle" && meeting.phase !== "between") || !rightsOf(meeting, me).takesPart) return null;
  const { mine, rule } = handsIn(meeting, me.id);
  const close = () => setOpen(false);
  return (
    <Popover
      open={open} onClose={close} label={t("circle.hands.menu")} className="hand-menu"
      button={(expands) => (
        <RoundButton icon="take" label={mine ? t("circle.hands.buttonUp") : t("circle.hands.button")} data-testid="hand" data-up={mine ?? "no"} className={mine ? "round round-up" : "round"} onClick={() => setOpen(!open)} {...expands} />
      )}
    >
      <HandChoice meeting={meeting} kind="ghost" onDone={close} />
      {!rule && <p className="menu-note">{t("circle.hands.waitsForFloor")}</p>}
    </Popover>
  );
}
