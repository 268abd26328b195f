import type { Call } from "./call.ts";

/**
 * Keeps a phone's screen on while its person is in the call: a screen that goes dark takes the page, and the person,
 * out of it. Browsers take the right back whenever the page is hidden, and refuse it in some frames and at low power.
 */
export function stayAwake(call: Pick<Call, "get" | "subscribe">): void {
  if (!navigator.wakeLock || !window.matchMedia?.("(pointer: coarse)").matches) return;
  let held: Promise<WakeLockSentinel | null> | null = null;
  const inCall = () => call.get().status === "in" || call.get().status === "reconnecting";
  const take = () => {
    if (inCall() && document.visibilityState === "visible")
      held ??= navigator.wakeLock.request("screen").catch(refused);
  };
  call.subscribe(() => {
    if (inCall()) return take();
    void held?.then((lock) => lock?.release());
    held = null;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") held = null;
    else take();
  });
}

function refused(failure: unknown): null {
  console.info("The screen may go dark.", failure);
  return null;
}
