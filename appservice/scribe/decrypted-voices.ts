import { EventEmitter } from "node:events";
import { EncryptionState, FfiEvent } from "@livekit/rtc-ffi-bindings";
import type { Room as RtcRoom } from "@livekit/rtc-node";
import { SAMPLE_RATE } from "./engine.ts";

/** Brings rtc-node the news of the library below it; rtc-node keeps to itself when that one begins to decrypt. */
declare const _ffiClientInstance: unknown;

/**
 * Samples for which noise may still come once the library has decrypted the first packet: it plays what it had before.
 */
const STALE = SAMPLE_RATE / 10;
/** Samples that are no silence, after which a voice of which nothing is decrypted is given up. */
const LONGEST = SAMPLE_RATE;

type Voice = { decrypted: boolean; held: number };

/**
 * Holds back each voice of an encrypted call until it is decrypted. Packets that come before the library has put
 * decryption in their way are decoded as they are: noise, as loud as can be, or whatever LiveKit sends in somebody's
 * name.
 */
export class DecryptedVoices {
  readonly #voices = new Map<string, Voice>();
  readonly #onLost: (speaker: string) => void;
  readonly #end: () => void;

  /** `onLost` hears of a voice that sounds and is not decrypted: its track is to be received anew, or not at all. */
  constructor(room: RtcRoom, onLost: (speaker: string) => void) {
    this.#onLost = onLost;
    const native = typeof _ffiClientInstance === "undefined" ? null : _ffiClientInstance;
    const told = (event: unknown) => {
      const { message } = event instanceof FfiEvent ? event : {};
      if (message?.case !== "roomEvent") return;
      const { roomHandle, message: news } = message.value;
      if (news.case !== "e2eeStateChanged" || news.value.state !== EncryptionState.OK) return;
      if (roomHandle === handleOf(room)) this.#decrypts(news.value.participantIdentity ?? "");
    };
    if (native instanceof EventEmitter) native.on("ffi_event", told);
    this.#end = () => native instanceof EventEmitter && native.off("ffi_event", told);
  }

  end(): void {
    this.#end();
  }

  /** Hears that a voice comes by a track of which nothing was heard before. */
  begins(speaker: string): void {
    this.#voices.set(speaker, { decrypted: false, held: 0 });
  }

  /** Takes the next samples of a voice; false: they may be noise. */
  isClear(speaker: string, samples: Float32Array): boolean {
    const voice = this.#voices.get(speaker);
    if (!voice) return false;
    if (voice.decrypted) {
      if (voice.held >= STALE) return true;
      voice.held += samples.length;
    } else if (voice.held < LONGEST && samples.some((sample) => sample !== 0)) {
      voice.held += samples.length;
      if (voice.held >= LONGEST) this.#onLost(speaker);
    }
    return false;
  }

  #decrypts(speaker: string): void {
    const voice = this.#voices.get(speaker);
    if (voice && !voice.decrypted) this.#voices.set(speaker, { decrypted: true, held: 0 });
  }
}

/** Handle by which the library knows a call; rtc-node has no public way to it. */
function handleOf(room: RtcRoom): unknown {
  const handle: unknown = Reflect.get(room, "ffiHandle");
  return typeof handle === "object" && handle !== null ? Reflect.get(handle, "handle") : undefined;
}
