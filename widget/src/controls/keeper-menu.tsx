import { useState } from "react";
import { useTranslation } from "react-i18next";
import { KeeperChoice } from "../circle/keeper-choice.tsx";
import { Popover } from "../circle/popover.tsx";
import { rightsOf } from "../meeting/rights.ts";
import type { Wish } from "../meeting/send-command.ts";
import { nameOf } from "../ring/seats.ts";
import { useMeetingState, useSitting } from "../sitting/sitting.ts";
import { Button } from "./button.tsx";
import { useWish } from "./use-wish.ts";

type Asking = "nothing" | "end" | "hand-over";

/** What the keeper alone may do, one press away and never in the way of anybody else. */
export function KeeperMenu() {
  const { t } = useTranslation();
  const { me } = useSitting();
  const { meeting } = useMeetingState();
  const { wish, busy } = useWish();
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState<Asking>("nothing");
  const close = () => { setOpen(false); setAsking("nothing"); };

  if (!meeting || !rightsOf(meeting, me).maySteer) return null;
  const { turn, paused, phase, stage, rules } = meeting;
  const other = turn && turn.speaker !== me.id ? nameOf(meeting, turn.speaker) : null;
  const act = (what: Wish) => () => { close(); void wish(what); };
  const onward = paused ? null : phase === "between" ? t("act.nextCircle") : stage === "writing" ? t("circle.keeper.showTexts") : stage === "floor" ? t("circle.keeper.closeFloor") : null;
  return (
    <Popover
      open={open} onClose={close} label={t("act.keeper")} step={asking === "hand-over" ? asking : ""}
      button={(expands) => <Button icon="keeper" data-testid="keeper-menu" onClick={() => (open ? close() : setOpen(true))} {...expands}>{t("act.keeper")}</Button>}
    >
      {asking === "hand-over"
        ? <KeeperChoice meeting={meeting} busy={busy} onChosen={(to) => act({ type: "hand-over", to })()} onBack={() => setAsking("nothing")} />
        : (
          <>
            {turn?.status === "speaking" && !paused && rules.extension !== "nobody" && <Button kind="ghost" icon="extend" disabled={busy} data-testid="extend" onClick={act({ type: "extend" })}>{t("act.extend")}</Button>}
            {paused
              ? <Button kind="ghost" icon="resume" disabled={busy} data-testid="resume" onClick={act({ type: "resume" })}>{t("act.resume")}</Button>
              : <Button kind="ghost" icon="pause" disabled={busy} data-testid="pause" onClick={act({ type: "pause" })}>{t("act.pause")}</Button>}
            {other && <Button kind="ghost" icon="pass" disabled={busy} data-testid="force-pass" onClick={act({ type: "pass" })}>{t("act.forcePass", { name: other })}</Button>}
            {other && <Button kind="ghost" icon="skip" disabled={busy} data-testid="force-skip" onClick={act({ type: "skip" })}>{t("act.forceSkip", { name: other })}</Button>}
            {onward && <Button kind="ghost" icon="next" disabled={busy} data-testid="next-circle" onClick={act({ type: "next-circle" })}>{onward}</Button>}
            <Button kind="ghost" icon="keeper" data-testid="hand-over" onClick={() => setAsking("hand-over")}>{t("circle.keeper.handOver")}</Button>
            {asking === "end"
              ? <Button kind="grave" icon="end" disabled={busy} data-testid="end-sure" onClick={act({ type: "end" })}>{t("act.endSure")}</Button>
              : <Button kind="ghost" icon="end" className="warn" data-testid="end" onClick={() => setAsking("end")}>{t("act.end")}</Button>}
          </>
        )}
    </Popover>
  );
}
