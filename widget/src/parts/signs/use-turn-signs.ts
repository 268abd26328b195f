import { useEffect, useRef, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { usePreferences } from "../../sitting/use-preferences.ts";
import { useMeeting, useMeetingSnapshot } from "../../sitting/meeting.ts";
import { notify } from "./notification.ts";
import { signOf } from "./sign.ts";
import { markTab } from "./tab-sign.ts";

/** Short for what comes, long for what is here. */
const VIBRATIONS = { next: [120], word: [250, 120, 250] } as const;

/** By itself, so that nothing else is drawn anew for it. */
export function TurnSigns(): null {
  useTurnSigns();
  return null;
}

/** Tells somebody who looks elsewhere that their turn comes, for as long as it does and they do. */
export function useTurnSigns(): void {
  const { t } = useTranslation();
  const { me, shell } = useMeeting();
  const meeting = useMeetingSnapshot();
  const { signs, notifications } = usePreferences();
  const hidden = useSyncExternalStore(onVisibility, () => document.visibilityState === "hidden");
  const sign = signOf(meeting, me.id);
  const of = signs ? (sign?.of ?? null) : null;
  const told = sign && `${sign.of} ${sign.turn}`;
  // The sign that stood when the page opened is no news.
  const known = meeting !== null;
  const felt = useRef(known ? told : undefined);

  useEffect(() => {
    const isNews = felt.current !== undefined && felt.current !== told;
    if (known && (of || felt.current === undefined)) felt.current = told;
    if (!of || !isNews) return;
    if (shell) return shell.shell.feel(of);
    // Does nothing where there is nothing that could vibrate. Until a page was touched, browsers refuse it and
    // complain.
    if (navigator.userActivation?.hasBeenActive ?? true) navigator.vibrate?.([...VIBRATIONS[of]]);
  }, [of, told, known, shell]);
  useEffect(() => {
    if (of && hidden) return markTab(t(`signs.${of}`));
  }, [of, hidden, t]);
  useEffect(() => {
    if (of && told && hidden && notifications) return notify(t(`signs.${of}`));
  }, [of, told, hidden, notifications, t]);
}

function onVisibility(changed: () => void): () => void {
  document.addEventListener("visibilitychange", changed);
  return () => document.removeEventListener("visibilitychange", changed);
}
