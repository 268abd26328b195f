import { createContext, useContext, useSyncExternalStore } from "react";
import type { AgreementRequest } from "@mindminder/protocol/agreement.ts";
import type { Call } from "../model/call/call.ts";
import type { LocalCallState } from "../model/call/call-state.ts";
import type { CaptionStore } from "../model/captions/caption-store.ts";

/** The call as somebody takes part in it. */
export type SeatInCall = {
  readonly call: Call;
  readonly captions: CaptionStore;
  /** `agreement`: what I said to it; left out where I am not asked, or have said so before. */
  readonly join: (devices: Parameters<Call["join"]>[0], agreement?: AgreementRequest) => Promise<boolean>;
  readonly leave: () => Promise<void>;
};

export const CallContext = createContext<SeatInCall | null>(null);

export function useCall(): SeatInCall {
  const seat = useContext(CallContext);
  if (!seat) throw new Error("Only inside a SittingProvider");
  return seat;
}

export function useCallState(): LocalCallState {
  const { call } = useCall();
  return useSyncExternalStore(call.subscribe, call.get);
}

/** One part of it: a voice that rises or falls draws nothing anew that does not show it. */
export function useCallPart<Part extends LocalCallState[keyof LocalCallState]>(
  pick: (state: LocalCallState) => Part,
): Part {
  const { call } = useCall();
  return useSyncExternalStore(call.subscribe, () => pick(call.get()));
}
