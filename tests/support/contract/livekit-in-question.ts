import type { LiveKit } from "../../../appservice/call/livekit.ts";

/** Somebody's client in a call, with a microphone. */
export type Client = {
  /** Publishes the microphone, closed; whether it could. */
  publish(): Promise<boolean>;
  /** Opens or closes it by their own hand. */
  turn(open: boolean): void;
  leave(): Promise<void>;
  /** Metadata of the room as they were told it last. */
  readonly metadata: string;
  readonly isOut: boolean;
};

/** A LiveKit to which the script is put, the real one or the simulated. */
export type LiveKitInQuestion = {
  /** As the service reaches it. */
  readonly reached: LiveKit;
  /** Comes in by a token; null where it is not let in. */
  readonly come: (token: string) => Promise<Client | null>;
  /** Called with each webhook, its body and its signature. */
  onWebhook: (body: string, authorization: string | undefined) => void;
  readonly close: () => Promise<void>;
};
