import { EventEmitter } from "node:events";
import { EncryptionState, FfiEvent } from "@livekit/rtc-ffi-bindings";
import type { Room as RtcRoom } from "@livekit/rtc-node";
import { SAMPLE_RATE } from "./engine.ts";

/** Brings rtc-node the news of the library below it; rtc-node keeps to itself when that one begins to decrypt. */
declare const _ffiClientInstance: unknown;

/** Samples for which noise may still come once the library has decrypted the first packet: it plays what it had before. */
const STALE = SAMPLE_RATE / 10;
/** Samples from the beginning after which none comes, for a library that does not say when it decrypts. */
const LONGEST = SAMPLE_RATE / 2;

/**
 * Holds back the first moment of each voice of an encrypted call. Packets that come before the library has put decryption in their way are
 * decoded as they are: noise, as loud as can be.
 */
export class DecryptedVoices {
  /** Samples still to be held back, by the speaker. */
  readonly #stale = new Map<string, number>();
  readonly #end: () => void;

  constructor(room: RtcRoom) {
    const native = typeof _ffiClientInstance === "undefined" ? null : _ffiClientInstance;
    const told = (event: unknown) => {
      const { message } = event instanceof FfiEvent ? event : {};
      if (message?.case !== "roomEvent") return;
      const { roomHandle, message: news } = message.value;
      if (news.case !== "e2eeStateChanged" || news.value.state !== EncryptionState.OK) return;
      if (roomHandle === handleOf(room) && news.value.participantIdentity)
        this.#decrypts(news.value.participantIdentity);
    };
    if (native instanceof EventEmitter) native.on("ffi_event", told);
    this.#end = () => native instanceof EventEmitter && native.off("ffi_event", told);
  }

  end(): void {
    this.#end();
  }

  /** Hears that a voice comes by a track of which nothing was heard before. */
  begins(speaker: string): void {
    this.#stale.set(speaker, LONGEST);
  }

  /** Takes the next samples of a voice; false: they may be noise. */
  isClear(speaker: string, { length }: Float32Array): boolean {
    const stale = this.#stale.get(speaker) ?? 0;
    this.#stale.set(speaker, Math.max(0, stale - length));
    return stale === 0;
  }

  #decrypts(speaker: string): void {
    this.#stale.set(speaker, Math.min(STALE, this.#stale.get(speaker) ?? 0));
  }
}

/** Handle by which the library knows a call; rtc-node has no public way to it. */
function handleOf(room: RtcRoom): unknown {
  const handle: unknown = Reflect.get(room, "ffiHandle");
  return typeof handle === "object" && handle !== null ? Reflect.get(handle, "handle") : undefined;
}
