import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import type { Unplayed } from "./played-sounds.ts";

/** A picture that can be shown in a video element; all that the ring needs to know of LiveKit's tracks. */
export type VideoPicture = { attach(element: HTMLMediaElement): unknown; detach(element: HTMLMediaElement): unknown };

export type PersonVoice = {
  readonly speaking: boolean;
  readonly microphone: "none" | "muted" | "open";
  readonly picture: VideoPicture | null;
  /** The screen that this person shares. */
  readonly screen?: VideoPicture | null;
  readonly weak: boolean;
  /** Reason why nothing of them is played in an encrypted call; left out: it is. */
  readonly unplayed?: Unplayed;
};

export type LocalCallState = {
  /** `lost`: the connection broke and did not come back by itself. */
  readonly status: "out" | "joining" | "in" | "reconnecting" | "lost";
  /** `none`: not published, because it was refused, or revoked by the server for the time being. */
  /** No sign of life comes over the connection; it may be back in a moment. */
  readonly quiet: boolean;
  readonly microphone: "none" | "muted" | "open";
  readonly camera: "off" | "starting" | "on";
  readonly screen: "off" | "starting" | "on";
  /** The browser wants a click before it plays sound. */
  readonly soundBlocked: boolean;
  /** The same person came into the call from another window, and this one was let go. */
  readonly takenOver: boolean;
  readonly voices: ReadonlyMap<ParticipantId, PersonVoice>;
};

export const OUT_OF_CALL: LocalCallState = {
  status: "out",
  quiet: false,
  microphone: "none",
  camera: "off",
  screen: "off",
  soundBlocked: false,
  takenOver: false,
  voices: new Map(),
};

/** Processing of the microphone's sound by the browser, before it is sent. */
export type Processing = {
  readonly noiseSuppression: boolean;
  readonly echoCancellation: boolean;
  readonly autoGainControl: boolean;
};

export type Devices = {
  /** Null to listen only. */
  readonly microphone: { readonly deviceId: string | null; readonly processing?: Processing } | null;
  /** Null to come in unseen. */
  readonly camera?: { readonly deviceId: string | null } | null;
  /** Null for the browser's own choice. */
  readonly speaker?: string | null;
};

/** Browsers differ in whether a page may choose where it is heard. */
export function speakerCanBeChosen(): boolean {
  return typeof HTMLMediaElement !== "undefined" && "setSinkId" in HTMLMediaElement.prototype;
}

export function screenCanBeShown(): boolean {
  return typeof navigator !== "undefined" && typeof navigator.mediaDevices?.getDisplayMedia === "function";
}
