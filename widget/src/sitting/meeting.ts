import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { AgreementResponse } from "@mindminder/protocol/agreement.ts";
import type { MyTextResponse, ScenariosResponse, Session } from "@mindminder/protocol/http-api.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { languageNamed } from "../language/i18n.ts";
import type { ShellButtons } from "../model/host/shell-buttons.ts";
import type { GuestStore } from "../model/keeper/guest-store.ts";
import type { OutOfTurnStore } from "../model/keeper/out-of-turn-store.ts";
import { inLanguage } from "../model/meeting/in-language.ts";
import type { KnownMeeting, MeetingStore } from "../model/meeting/meeting-store.ts";
import type { NoticeStore } from "../model/meeting/notices.ts";
import { type Me, type MyRights, rightsOf } from "../model/meeting/rights.ts";
import type { SendCommand } from "../model/meeting/send-command.ts";
import type { NudgeClient } from "../model/nudges/nudges.ts";
import type { PictureStore } from "../model/pictures/picture-store.ts";
import type { ServerClock } from "../model/service/server-clock.ts";
import type { AssemblyClient } from "../model/assembly/assembly-client.ts";

/** The meeting as somebody takes part in it: who they are, what is known of it, and the way to do something in it. */
export type SeatInMeeting = {
  readonly me: Me;
  readonly session: Session;
  readonly clock: ServerClock;
  readonly store: MeetingStore;
  readonly pictures: PictureStore;
  readonly outOfTurn: OutOfTurnStore;
  readonly guests: GuestStore;
  readonly notices: NoticeStore;
  readonly send: SendCommand;
  /** Buttons around the page, in the place of its own; null where there are none. */
  readonly shell: ShellButtons | null;
  /**
   * Makes a personal link to one's seat for a browser, where the page may be shut out of the microphone; null
   * elsewhere.
   */
  readonly browserLink: (() => Promise<string>) | null;
  /** The way to be told by the browser that one is next; null where a client around the page does so. */
  readonly nudges: NudgeClient | null;
  readonly scenarios: () => Promise<ScenariosResponse>;
  /** Fetches my text so far in a circle of silent writing. */
  readonly mine: () => Promise<MyTextResponse>;
  /** Fetches the question that I am asked before I say whether my words may be written down. */
  readonly agreement: () => Promise<AgreementResponse>;
  /** The way to all about the room's assembly. */
  readonly assembly: () => Promise<AssemblyClient>;
};

export const MeetingContext = createContext<SeatInMeeting | null>(null);

export function useMeeting(): SeatInMeeting {
  const seat = useContext(MeetingContext);
  if (!seat) throw new Error("Only inside a SittingProvider");
  return seat;
}

/**
 * The meeting itself, in its reader's language: a record that grows draws nothing anew that shows the meeting alone.
 */
export function useMeetingSnapshot(): MeetingSnapshot | null {
  const { store } = useMeeting();
  const meeting = useSyncExternalStore(store.subscribe, () => store.get().meeting);
  return useInLanguage(meeting);
}

/** Rights of the person before the screen, in their meeting and towards the guests of an assembly. */
export function useMyRights(): MyRights {
  const { me, store } = useMeeting();
  const meeting = useMeetingSnapshot();
  const hosts = useSyncExternalStore(store.subscribe, () => store.get().hosts);
  return rightsOf(meeting, me, hosts);
}

/** All that is known of the meeting: itself, its record, and how well it is known. */
export function useMeetingState(): KnownMeeting {
  const { store } = useMeeting();
  const state = useSyncExternalStore(store.subscribe, store.get);
  const meeting = useInLanguage(state.meeting);
  return useMemo(() => ({ ...state, meeting }), [state, meeting]);
}

function useInLanguage(meeting: MeetingSnapshot | null): MeetingSnapshot | null {
  const { i18n } = useTranslation();
  return useMemo(() => meeting && inLanguage(meeting, languageNamed(i18n.language)), [meeting, i18n.language]);
}

/** The service's time, looked at again and again. */
export function useServerTime(everyMs: number): number {
  const { clock } = useMeeting();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.now()), everyMs);
    return () => clearInterval(timer);
  }, [clock, everyMs]);
  return now;
}
