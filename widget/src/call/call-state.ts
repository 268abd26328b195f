import type { ParticipantId } from "../../../appservice/protocol/identity.ts";

/** A picture that can be shown in a video element; all that the ring needs to know of LiveKit's tracks. */
export type Picture = { attach(element: HTMLMediaElement): unknown; detach(element: HTMLMediaElement): unknown };

export type Voice = {
  readonly speaking: boolean;
  readonly microphone: "none" | "muted" | "open";
  readonly picture: Picture | null;
  readonly weak: boolean;
};

export type CallState = {
  /** `lost`: the connection broke and did not come back by itself. */
  readonly status: "out" | "joining" | "in" | "reconnecting" | "lost";
  /** `none`: not published, because it was refused, or revoked by the server for the time being. */
  readonly microphone: "none" | "muted" | "open";
  readonly camera: "off" | "starting" | "on";
  /** The browser wants a click before it plays sound. */
  readonly soundBlocked: boolean;
  readonly voices: ReadonlyMap<ParticipantId, Voice>;
};

export const OUT_OF_CALL: CallState = {
  status: "out", microphone: "none", camera: "off", soundBlocked: false, voices: new Map(),
};

export type Devices = {
  /** Null to listen only. */
  readonly microphone: { readonly deviceId: string | null } | null;
};
