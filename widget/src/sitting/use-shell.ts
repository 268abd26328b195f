import { useEffect, useId, useRef, useSyncExternalStore } from "react";
import type { Offered } from "../model/host/shell-buttons.ts";
import { useMeeting } from "./meeting.ts";

/** Tells whether the place around the page draws this button, so that the page need not. */
export function useShellButton(button: Offered | null): boolean {
  const { shell } = useMeeting();
  const key = useId();
  const latest = useRef(button);
  latest.current = button;
  const { text, active, busy, rank } = button ?? {};
  useEffect(() => {
    if (text === undefined || active === undefined || busy === undefined || rank === undefined)
      return shell?.offer(key, null);
    shell?.offer(key, { text, active, busy, rank, press: () => latest.current?.press() });
  }, [shell, key, text, active, busy, rank]);
  useEffect(() => () => shell?.offer(key, null), [shell, key]);
  return useSyncExternalStore(shell?.subscribe ?? toNobody, () => button !== null && shell?.get().main === key);
}

/** Shows the way back around the page, too, where there is a place for it. */
export function useShellBack(back: (() => void) | null): void {
  const { shell } = useMeeting();
  const key = useId();
  const latest = useRef(back);
  latest.current = back;
  const shown = back !== null;
  useEffect(() => {
    if (!shown) return;
    shell?.offerBack(key, () => latest.current?.());
    return () => shell?.offerBack(key, null);
  }, [shell, key, shown]);
}

const toNobody = () => () => undefined;
