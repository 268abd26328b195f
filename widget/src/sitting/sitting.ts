import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { AgreementRequest, AgreementResponse } from "@mindminder/protocol/agreement.ts";
import type { MyTextResponse, ScenariosResponse, Session } from "@mindminder/protocol/http-api.ts";
import type { CaptionStore } from "../model/captions/caption-store.ts";
import type { Call } from "../model/call/call.ts";
import type { CallState } from "../model/call/call-state.ts";
import type { RecordDesk } from "../model/record/desk.ts";
import type { TasksDesk } from "../model/record/tasks-desk.ts";
import type { OutOfTurnStore } from "../model/keeper/out-of-turn-store.ts";
import type { PictureStore } from "../model/pictures/picture-store.ts";
import { languageNamed } from "../language/i18n.ts";
import { inLanguage } from "../model/meeting/in-language.ts";
import type { MeetingState, MeetingStore } from "../model/meeting/meeting-store.ts";
import type { NoticeStore } from "../model/meeting/notices.ts";
import type { Me } from "../model/meeting/rights.ts";
import type { SendCommand } from "../model/meeting/send-command.ts";
import type { SoundStore } from "../model/sound/sound-store.ts";
import type { ServerClock } from "../model/service/server-clock.ts";

/** All that a person who sits in the circle works with; made once when the widget has opened. */
export type Sitting = {
  readonly me: Me;
  readonly session: Session;
  readonly clock: ServerClock;
  readonly store: MeetingStore;
  readonly call: Call;
  readonly captions: CaptionStore;
  readonly desk: RecordDesk;
  readonly tasks: TasksDesk;
  readonly pictures: PictureStore;
  readonly sounds: SoundStore;
  readonly outOfTurn: OutOfTurnStore;
  readonly notices: NoticeStore;
  readonly send: SendCommand;
  readonly scenarios: () => Promise<ScenariosResponse>;
  /** What I have written so far in a circle of silent writing. */
  readonly myText: () => Promise<MyTextResponse["text"]>;
  /** What I am shown before I say whether my words may be written down. */
  readonly agreement: () => Promise<AgreementResponse>;
  /** `agreement`: what I said to it; left out where I am not asked, or have said so before. */
  readonly join: (devices: Parameters<Call["join"]>[0], agreement?: AgreementRequest) => Promise<boolean>;
  readonly leave: () => Promise<void>;
  /** Follows the meeting no longer. */
  readonly close: () => void;
};

export const SittingContext = createContext<Sitting | null>(null);

export function useSitting(): Sitting {
  const sitting = useContext(SittingContext);
  if (!sitting) throw new Error("Only inside a SittingContext");
  return sitting;
}

/** What is known of the meeting, as whoever reads it here reads. */
export function useMeetingState(): MeetingState {
  const { store } = useSitting();
  const { i18n } = useTranslation();
  const state = useSyncExternalStore(store.subscribe, store.get);
  return useMemo(
    () => ({ ...state, meeting: state.meeting && inLanguage(state.meeting, languageNamed(i18n.language)) }),
    [state, i18n.language],
  );
}

export function useCallState(): CallState {
  const { call } = useSitting();
  return useSyncExternalStore(call.subscribe, call.get);
}

/** One part of it: a voice that rises or falls draws nothing anew that does not show it. */
export function useCallPart<Part extends CallState[keyof CallState]>(pick: (state: CallState) => Part): Part {
  const { call } = useSitting();
  return useSyncExternalStore(call.subscribe, () => pick(call.get()));
}

/** The service's time, looked at again and again. */
export function useServerTime(everyMs: number): number {
  const { clock } = useSitting();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.now()), everyMs);
    return () => clearInterval(timer);
  }, [clock, everyMs]);
  return now;
}
