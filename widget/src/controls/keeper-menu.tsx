import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { rightsOf } from "../meeting/rights.ts";
import type { Wish } from "../meeting/send-command.ts";
import { nameOf } from "../ring/seats.ts";
import { useMeetingState, useSitting } from "../sitting/sitting.ts";
import { Button } from "./button.tsx";
import { useWish } from "./use-wish.ts";

/** What the keeper alone may do, one press away and never in the way of anybody else. */
export function KeeperMenu() {
  const { t } = useTranslation();
  const { me } = useSitting();
  const { meeting } = useMeetingState();
  const { wish, busy } = useWish();
  const [open, setOpen] = useState(false);
  const [ending, setEnding] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  const id = useId();
  const close = () => { setOpen(false); setEnding(false); };
  useCloseOutside(menu, open, close);

  if (!meeting || !rightsOf(meeting, me).maySteer) return null;
  const { turn, paused, phase } = meeting;
  const other = turn && turn.speaker !== me.id ? nameOf(meeting, turn.speaker) : null;
  const act = (what: Wish) => () => { close(); void wish(what); };
  return (
    <div className="keeper" ref={menu}>
      <Button icon="keeper" data-testid="keeper-menu" aria-expanded={open} aria-controls={id} onClick={() => (open ? close() : setOpen(true))}>{t("act.keeper")}</Button>
      {open && (
        <div className="menu" id={id} role="group" aria-label={t("act.keeper")}>
          {turn?.status === "speaking" && !paused && <Button kind="ghost" icon="extend" disabled={busy} data-testid="extend" onClick={act({ type: "extend" })}>{t("act.extend")}</Button>}
          {paused
            ? <Button kind="ghost" icon="resume" disabled={busy} data-testid="resume" onClick={act({ type: "resume" })}>{t("act.resume")}</Button>
            : <Button kind="ghost" icon="pause" disabled={busy} data-testid="pause" onClick={act({ type: "pause" })}>{t("act.pause")}</Button>}
          {other && <Button kind="ghost" icon="pass" disabled={busy} data-testid="force-pass" onClick={act({ type: "pass" })}>{t("act.forcePass", { name: other })}</Button>}
          {other && <Button kind="ghost" icon="skip" disabled={busy} data-testid="force-skip" onClick={act({ type: "skip" })}>{t("act.forceSkip", { name: other })}</Button>}
          {phase === "between" && !paused && <Button kind="ghost" icon="next" disabled={busy} data-testid="next-circle" onClick={act({ type: "next-circle" })}>{t("act.nextCircle")}</Button>}
          {ending
            ? <Button kind="grave" icon="end" disabled={busy} data-testid="end-sure" onClick={act({ type: "end" })}>{t("act.endSure")}</Button>
            : <Button kind="ghost" icon="end" className="warn" data-testid="end" onClick={() => setEnding(true)}>{t("act.end")}</Button>}
        </div>
      )}
    </div>
  );
}

function useCloseOutside(box: React.RefObject<HTMLElement | null>, open: boolean, close: () => void): void {
  useEffect(() => {
    if (!open) return;
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) close();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") close();
    };
    document.addEventListener("pointerdown", onPointer);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", onPointer);
      document.removeEventListener("keydown", onKey);
    };
  });
}
