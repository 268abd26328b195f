import { useEffect, useState, useSyncExternalStore } from "react";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { isOfRing } from "../../model/meeting/meeting-store.ts";
import type { MyRights } from "../../model/meeting/rights.ts";
import { useCallPart } from "../../sitting/call.ts";
import { useMeeting, useMeetingSnapshot, useMyRights } from "../../sitting/meeting.ts";

export type MainAction = "take" | "pass" | "seat" | "join" | "start" | "resume" | "next-circle";

type Facts = {
  readonly meeting: MeetingSnapshot | null;
  readonly rights: MyRights;
  readonly joined: boolean;
  readonly asking: boolean;
  /** One's circle is a group of an assembly, which alone begins it and gives the seats. */
  readonly inAssembly: boolean;
};

/** The one thing that most people came to press now; null where they listen. */
export function mainActionOf({ meeting, rights, joined, asking, inAssembly }: Facts): MainAction | null {
  if (rights.mayTake) return "take";
  if (rights.mayPass) return "pass";
  if (asking) return null;
  if (!joined) return "join";
  if (rights.mayStart && !inAssembly) return "start";
  // In the call, and not in the ring: taken out, or never seated.
  if (meeting !== null && !rights.takesPart && !inAssembly) return "seat";
  if (!rights.maySteer) return null;
  if (meeting?.paused) return "resume";
  return meeting?.phase === "between" ? "next-circle" : null;
}

/** `asking`: something is laid over the ring that has a main button of its own. */
export function useMainAction(asking: boolean) {
  const { session, store } = useMeeting();
  const meeting = useMeetingSnapshot();
  const inAssembly = useSyncExternalStore(store.subscribe, () => store.get().inAssembly || isOfRing(store.get()));
  const status = useCallPart((state) => state.status);
  const rights = useMyRights();
  const inCall = status === "in" || status === "reconnecting" || status === "lost";
  const joined = inCall || (!session.callAvailable && rights.takesPart);
  return { action: mainActionOf({ meeting, rights, joined, asking, inAssembly }), rights, inCall, joined };
}

/** A second press of what stood here before was not meant for what stands here now. */
export const SETTLES_MS = 500;

/** False for a moment after another thing came to stand in this place; the first one stands there already. */
export function useSettled(what: string | null): boolean {
  const [settled, setSettled] = useState(what);
  useEffect(() => {
    if (settled === what) return;
    const timer = setTimeout(() => setSettled(what), SETTLES_MS);
    return () => clearTimeout(timer);
  }, [what, settled]);
  return settled === what;
}
