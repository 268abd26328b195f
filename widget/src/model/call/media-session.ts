import type { Call } from "./call.ts";

/**
 * Tells the phone that a call is on, so that its locked screen shows it and the system lets the page's sound go on.
 * `title`: nothing of the meeting itself, since whoever holds the phone can read it.
 */
export function showOnLockedScreen(call: Pick<Call, "get" | "subscribe">, title: string): void {
  const { mediaSession: session } = navigator;
  if (!session || typeof MediaMetadata === "undefined") return;
  let shown = false;
  call.subscribe(() => {
    const { status } = call.get();
    const inCall = status === "in" || status === "reconnecting";
    if (inCall === shown) return;
    shown = inCall;
    session.metadata = shown ? new MediaMetadata({ title }) : null;
    session.playbackState = shown ? "playing" : "none";
    // A press on the locked screen must not stop the others' voices: there is nothing to pause in a call.
    for (const action of ["play", "pause", "stop"] as const)
      session.setActionHandler(action, shown ? () => undefined : null);
  });
}
