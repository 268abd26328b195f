import { setTimeout as wait } from "node:timers/promises";
import { Room } from "../../../appservice/call/rtc.ts";
import { E2eeRequest, FrameCryptorSetKeyIndexRequest } from "@livekit/rtc-ffi-bindings";
import { KEY_RING_SIZE, type MediaKey } from "../../../appservice/protocol/media-key.ts";
import { encryptedBy, takeKeys } from "../../../appservice/scribe/media-encryption.ts";
import type { LocalTrackPublication, Room as RtcRoom } from "@livekit/rtc-node";
import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  RemoteAudioTrack,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
} from "@livekit/rtc-node";

const RATE = 48_000;
/** Long frames at the mouth cost little; the ear's are short, for they are the measure of time. */
const SPOKEN_FRAME = RATE / 10;
/** Root mean square of a frame, of 32768, from which on it counts as heard; the tones are ten times louder. */
const LOUD = 400;
const AMPLITUDE = 8_000;
const LEAVE_WITHIN_MS = 3_000;

export type CallerOptions = {
  url: string;
  token: string;
  /** Hertz of the tone that they "say" all the time; the microphone decides whether it is passed on. 0: silence. */
  tone?: number;
  /** Measure from the start what is received of everybody; otherwise of those that `listenTo` names. */
  ears?: boolean;
  /** Receive everybody at all, as clients do. */
  subscribes?: boolean;
  /** Keys of an encrypted call, the newest last; by that they speak. */
  keys?: readonly MediaKey[];
};

/** A participant of the call who talks and listens through the real media path. */
export class Caller {
  readonly room: RtcRoom = new Room();
  readonly #ears = new Map<string, Ear>();
  readonly #voices = new Map<string, RemoteAudioTrack>();
  /** A short queue: what is said goes out soon. */
  readonly #source = new AudioSource(RATE, 1, 200);
  readonly #tone: number;
  #epoch = 0;
  #talking = true;
  #started = false;
  #toSay: { samples: Int16Array; at: number; said(): void } | null = null;

  static async join({
    url,
    token,
    tone = 440,
    ears = true,
    subscribes = true,
    keys = [],
  }: CallerOptions): Promise<Caller> {
    const caller = new Caller(tone);
    caller.room.on(RoomEvent.TrackSubscribed, (track, _publication, { identity }) => {
      if (!(track instanceof RemoteAudioTrack)) return;
      caller.#voices.set(identity, track);
      if (ears) caller.listenTo(identity);
    });
    await caller.room.connect(url, token, { autoSubscribe: subscribes, dynacast: false, ...encryptedBy(keys) });
    caller.rekey(keys);
    return caller;
  }

  private constructor(tone: number) {
    this.#tone = tone;
  }

  get identity(): string {
    return this.room.localParticipant?.identity ?? "";
  }

  async publish({ source = TrackSource.SOURCE_MICROPHONE, muted = false } = {}): Promise<LocalTrackPublication> {
    const track = LocalAudioTrack.createAudioTrack("microphone", this.#source);
    if (muted) setMuted(track, true);
    const options = new TrackPublishOptions();
    options.source = source;
    void this.#talk();
    const publication = await this.room.localParticipant?.publishTrack(track, options);
    if (!publication) throw new Error("not in the call");
    this.#speakBy(publication);
    return publication;
  }

  /** Takes more keys of an encrypted call, to hear by. */
  rekey(keys: readonly MediaKey[]): void {
    takeKeys(this.room, keys);
    this.#epoch = keys.at(-1)?.epoch ?? this.#epoch;
  }

  /** Speaks by the newest key. */
  goOver(): void {
    for (const publication of this.room.localParticipant?.trackPublications.values() ?? []) this.#speakBy(publication);
  }

  /** Asks the native part itself: rtc-node's own `setKeyIndex` leaves out which track is meant. */
  #speakBy({ sid }: Pick<LocalTrackPublication, "sid">): void {
    const manager = this.room.e2eeManager;
    const roomHandle: unknown = manager && Reflect.get(manager, "roomHandle");
    if (typeof roomHandle !== "bigint" || sid === undefined) return;
    const value = new FrameCryptorSetKeyIndexRequest({
      participantIdentity: this.identity,
      trackSid: sid,
      keyIndex: this.#epoch % KEY_RING_SIZE,
    });
    nativePart().request({
      message: {
        case: "e2ee",
        value: new E2eeRequest({ roomHandle, message: { case: "cryptorSetKeyIndex", value } }),
      },
    });
  }

  /** True when they may publish, as LiveKit told this client. */
  get mayPublish(): boolean {
    return this.room.localParticipant?.info.permission?.canPublish === true;
  }

  /**
   * True when their microphone is muted as far as this client knows, which LiveKit tells a moment after others: a click
   * before is none.
   */
  get isMuted(): boolean {
    const [publication] = this.room.localParticipant?.trackPublications.values() ?? [];
    return publication?.muted === true;
  }

  ear(identity: string): Ear {
    let ear = this.#ears.get(identity);
    if (!ear) this.#ears.set(identity, (ear = new Ear()));
    return ear;
  }

  /** Says something recorded (48 kHz, one channel) instead of the tone; settles when the last of it is said. */
  async say(samples: Int16Array): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#toSay = { samples, at: 0, said: resolve };
    });
  }

  hasVoiceOf(identity: string): boolean {
    return this.#voices.has(identity);
  }

  /** Begins to measure what is received of somebody; ends with `deafen` of the answer. */
  listenTo(identity: string): { ear: Ear; deafen(): Promise<void> } {
    const track = this.#voices.get(identity);
    if (!track) throw new Error(`${this.identity} receives nothing of ${identity}`);
    const ear = this.ear(identity);
    const stream = new AudioStream(track, { sampleRate: RATE, numChannels: 1, frameSizeMs: 10 });
    const reader = stream.getReader();
    void ear.follow(reader);
    return { ear, deafen: () => reader.cancel() };
  }

  async leave(): Promise<void> {
    this.#talking = false;
    // The library waits for an answer, which never comes of a LiveKit that was killed.
    await Promise.race([this.room.disconnect(), wait(LEAVE_WITHIN_MS, undefined, { ref: false })]);
  }

  async #talk(): Promise<void> {
    if (this.#started) return;
    this.#started = true;
    for (let at = 0; this.#talking; at += SPOKEN_FRAME) {
      await this.#source.captureFrame(new AudioFrame(this.#nextSamples(at), RATE, 1, SPOKEN_FRAME));
    }
  }

  #nextSamples(at: number): Int16Array {
    const speech = this.#toSay;
    if (!speech) return tone(this.#tone, at);
    const samples = new Int16Array(SPOKEN_FRAME);
    samples.set(speech.samples.subarray(speech.at, speech.at + SPOKEN_FRAME));
    speech.at += SPOKEN_FRAME;
    if (speech.at >= speech.samples.length) {
      this.#toSay = null;
      speech.said();
    }
    return samples;
  }
}

/** Sound that one participant receives of another. */
export class Ear {
  #waiting: { loud: boolean; since: number | null; resolve(at: number): void }[] = [];
  #loudFrames = 0;

  /** Milliseconds heard in all. */
  get heardMs(): number {
    return this.#loudFrames * 10;
  }

  /** Settles with the time (`performance.now()`) of the next frame in which something is heard. */
  heard(): Promise<number> {
    return new Promise((resolve) => this.#waiting.push({ loud: true, since: null, resolve }));
  }

  /** Settles with the time at which silence begins, once it has lasted for 50 ms. */
  silent(): Promise<number> {
    return new Promise((resolve) => this.#waiting.push({ loud: false, since: null, resolve }));
  }

  async follow(frames: ReadableStreamDefaultReader<AudioFrame>): Promise<void> {
    for (let next = await frames.read(); !next.done; next = await frames.read())
      this.#hear(loudness(next.value) > LOUD);
  }

  #hear(loud: boolean): void {
    const now = performance.now();
    if (loud) this.#loudFrames++;
    this.#waiting = this.#waiting.filter((waiter) => {
      if (waiter.loud !== loud) waiter.since = null;
      else waiter.since ??= now;
      const enough = waiter.since !== null && (loud || now - waiter.since >= 50);
      if (enough) waiter.resolve(waiter.since ?? now);
      return !enough;
    });
  }
}

/**
 * A rogue's own unmute. rtc-node has no such call, but the library below it does; it sends what any client may send.
 */
export function setMuted(track: LocalAudioTrack, mute: boolean): void {
  nativePart().request({ message: { case: "localTrackMute", value: { trackHandle: track.ffi_handle.handle, mute } } });
}

function nativePart(): { request(message: unknown): void } {
  const { _ffiClientInstance: ffi } = globalThis as unknown as {
    _ffiClientInstance: { request(message: unknown): void };
  };
  return ffi;
}

function tone(hertz: number, at: number): Int16Array {
  return Int16Array.from(
    { length: SPOKEN_FRAME },
    (_, index) => AMPLITUDE * Math.sin((2 * Math.PI * hertz * (at + index)) / RATE),
  );
}

function loudness({ data }: AudioFrame): number {
  let sum = 0;
  for (const sample of data) sum += sample * sample;
  return Math.sqrt(sum / data.length);
}
