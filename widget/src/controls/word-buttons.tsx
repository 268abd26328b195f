import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { AskForTime } from "../circle/extension.tsx";
import { rightsOf } from "../meeting/rights.ts";
import { useCallState, useMeetingState, useSitting } from "../sitting/sitting.ts";
import { Button } from "./button.tsx";
import { usesSpaceItself } from "./keys.ts";
import { useWish } from "./use-wish.ts";

/** A key pressed while the word was still on its way was not meant to pass it on. */
const SETTLES_MS = 800;
/** The second half of a double click on what stood here before. */
const DOUBLE_CLICK_MS = 500;

/** What the one with the word does with it: take it, pass it on, or be skipped for now. */
export function WordButtons() {
  const { t } = useTranslation();
  const { me } = useSitting();
  const { meeting } = useMeetingState();
  const { status } = useCallState();
  const { mayTake, mayPass, maySkipSelf, mayStart, takesPart } = rightsOf(meeting, me);
  // In the call, and not in the ring: taken out, or never seated.
  const standsBeside = meeting !== null && !mayStart && !takesPart && status === "in";
  const { busy, wish } = useWish();
  const turn = meeting?.turn?.id;
  const since = useMemo(() => ({ turn, at: performance.now() }), [turn]);
  const skip = () => {
    if (performance.now() - since.at > DOUBLE_CLICK_MS) void wish({ type: "skip" });
  };
  useSpaceKey((mayPass || mayTake) && !busy, () => void wish({ type: mayTake ? "accept" : "pass" }));

  if (standsBeside) return <Button kind="word" icon="circle" big disabled={busy} data-testid="seat-again" onClick={() => void wish({ type: "join" })}>{t("act.seatAgain")}</Button>;
  if (!maySkipSelf) return null;
  return (
    <div className="word-buttons">
      {mayTake && <Button kind="word" icon="take" big disabled={busy} data-testid="take" aria-keyshortcuts="Space" onClick={() => void wish({ type: "accept" })}>{t("act.take")} <kbd aria-hidden="true">{t("act.passHint")}</kbd></Button>}
      {mayPass && (
        <Button kind="word" icon="pass" big disabled={busy} data-testid="pass" aria-keyshortcuts="Space" onClick={() => void wish({ type: "pass" })}>
          {t("act.pass")} <kbd aria-hidden="true">{t("act.passHint")}</kbd>
        </Button>
      )}
      {meeting && <AskForTime meeting={meeting} />}
      <Button icon="skip" disabled={busy} data-testid="skip-me" onClick={skip}>{t("act.skipMe")}</Button>
    </div>
  );
}

function useSpaceKey(active: boolean, pass: () => void): void {
  const latest = useRef(pass);
  latest.current = pass;
  useEffect(() => {
    if (!active) return;
    const since = performance.now();
    const onKey = (event: KeyboardEvent) => {
      if (event.code !== "Space" || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      if (usesSpaceItself(event.target)) return;
      event.preventDefault();
      if (performance.now() - since > SETTLES_MS) latest.current();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [active]);
}
