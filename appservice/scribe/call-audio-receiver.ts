import type { RemoteTrackPublication, Room as RtcRoom } from "@livekit/rtc-node";
import { RemoteAudioTrack, Room, RoomEvent, TrackSource } from "@livekit/rtc-node";
import type { Logger } from "pino";
import type { ParticipantId } from "../protocol/identity.ts";
import type { MediaKey } from "../protocol/media-key.ts";
import { type Caption, CaptionSender } from "./caption-sender.ts";
import { DecryptedVoices } from "./decrypted-voices.ts";
import { encryptedBy, isEncrypted, takeKeys } from "./media-encryption.ts";
import { TrackReader } from "./track-reader.ts";
import { waitAfter } from "../retry/pace.ts";
import type { Timer } from "../time/source.ts";
import { clearTimer, monotonic, repeat, startTimer, wallClock } from "../time/time.ts";

/** `keys`: by which the call is encrypted, the newest last; left out, or none: it is open. */
export type ScribeAccess = {
  readonly url: string;
  readonly token: string;
  readonly keys?: readonly MediaKey[] | undefined;
};

/** Takes 16 kHz mono as it comes. */
export type Hear = (samples: Float32Array) => void;

export type Following = {
  /** Milliseconds since the beginning in which nothing could be heard because we were not in the call. */
  deafMs(): number;
  end(): void;
};

export type FollowingInTime = Following & {
  /** Milliseconds within a stretch of time in which we were not in the call. */
  deafWithin(from: number, to: number): number;
};

const CONNECT_WITHIN_MS = 8_000;
const PACE = { firstMs: 250, longestMs: 2_000 };
const TRIES_WHEN_IDLE = 5;
/**
 * Interval of looks at the call's tracks. LiveKit tells of every change, but a lost word is worse than a look too many.
 */
const LOOK_EVERY_MS = 1_000;
/** Number of stretches out of the call whose times are remembered. */
const KNOWN_STRETCHES = 50;

/**
 * Our hidden participant in one call. It receives the microphones of the people it follows and nothing else, whenever
 * they come, go and publish anew, and comes back by itself when the connection breaks.
 */
export class CallAudioReceiver {
  readonly #log: Logger;
  readonly #frameMs: number | undefined;
  readonly #followed = new Set<{ speaker: ParticipantId; hear: Hear }>();
  /** Readers of the tracks that are received, by the track's sid. */
  readonly #readers = new Map<string, { track: RemoteAudioTrack; reader: TrackReader }>();
  readonly #look: Timer;
  #access: ScribeAccess;
  #room: RtcRoom | null = null;
  #captions: CaptionSender | null = null;
  /** Null: the call is open, or we are not in it. */
  #decrypted: DecryptedVoices | null = null;
  #connected = false;
  #deafMs = 0;
  #deafSince: number | null = monotonic();
  /** Stretches of time out of the call, by the clock on the wall; the last one may still go on. */
  readonly #stretches: { from: number; to: number }[] = [{ from: wallClock(), to: Infinity }];
  #failures = 0;
  #retry: Timer | undefined;
  #closed = false;
  #closesWhenIdle = false;

  constructor(access: ScribeAccess, log: Logger, frameMs?: number) {
    this.#access = access;
    this.#log = log;
    this.#frameMs = frameMs;
    this.#look = repeat(() => this.#reconcile(), LOOK_EVERY_MS);
    void this.#enter();
  }

  /** Takes a fresh token for the next time that we have to come in. */
  admit(access: ScribeAccess): void {
    this.#access = access;
    this.#closesWhenIdle = false;
    if (this.#room) this.#takeKeys();
    else void this.#enter();
  }

  /** Takes the keys of an encrypted call, which somebody has left. */
  rekey(keys: readonly MediaKey[]): void {
    this.#access = { ...this.#access, keys };
    this.#takeKeys();
  }

  /** Moves into another call at once; the people who were followed are followed there. */
  move(access: ScribeAccess): void {
    this.#access = access;
    this.#failures = 0;
    this.#leave();
    void this.#enter();
  }

  follow(speaker: ParticipantId, hear: Hear): FollowingInTime {
    const followed = { speaker, hear };
    const deafBefore = this.#deafSoFar();
    this.#followed.add(followed);
    this.#reconcile();
    return {
      deafMs: () => this.#deafSoFar() - deafBefore,
      deafWithin: (from, to) =>
        this.#stretches.reduce((sum, deaf) => sum + Math.max(0, Math.min(to, deaf.to) - Math.max(from, deaf.from)), 0),
      end: () => {
        this.#followed.delete(followed);
        this.#reconcile();
        if (this.#closesWhenIdle && this.#followed.size === 0) this.close();
      },
    };
  }

  /** Sends a caption to everybody in the call; while we are out of it, the caption is dropped, as speech would be. */
  caption(caption: Caption): void {
    this.#captions?.send(caption, this.#microphoneOf(caption.speaker));
  }

  closeWhenIdle(): void {
    this.#closesWhenIdle = true;
    if (this.#followed.size === 0) this.close();
  }

  close(): void {
    this.#closed = true;
    clearTimer(this.#look);
    this.#leave();
  }

  get closed(): boolean {
    return this.#closed;
  }

  async #enter(): Promise<void> {
    if (this.#closed || this.#room) return;
    clearTimer(this.#retry);
    const room = new Room();
    this.#room = room;
    this.#attend(room);
    try {
      const { url, token, keys = [] } = this.#access;
      const options = { autoSubscribe: false, dynacast: false, ...encryptedBy(keys) };
      await within(CONNECT_WITHIN_MS, room.connect(url, token, options));
    } catch (error) {
      this.#lost(room, describe(error));
      return;
    }
    if (this.#room !== room) return void room.disconnect().catch(() => {});
    this.#failures = 0;
    this.#connected = true;
    this.#takeKeys();
    this.#decrypted = room.e2eeManager ? new DecryptedVoices(room, (speaker) => this.#receiveAnew(speaker)) : null;
    this.#captions = new CaptionSender(room, this.#log);
    this.#deafMs = this.#deafSoFar();
    this.#deafSince = null;
    const stretch = this.#stretches.at(-1);
    if (stretch) stretch.to = Math.min(stretch.to, wallClock());
    this.#reconcile();
  }

  #attend(room: RtcRoom): void {
    const look = () => this.#reconcile();
    for (const event of [
      RoomEvent.ParticipantConnected,
      RoomEvent.ParticipantDisconnected,
      RoomEvent.TrackPublished,
      RoomEvent.TrackUnpublished,
      RoomEvent.TrackSubscribed,
      RoomEvent.TrackUnsubscribed,
    ] as const)
      room.on(event, look);
    room.on(RoomEvent.TrackSubscriptionFailed, (sid, { identity }, reason) =>
      this.#log.warn({ sid, identity, reason }, "a microphone could not be received"),
    );
    room.on(RoomEvent.TokenRefreshed, () => {
      if (room.token) this.#access = { ...this.#access, token: room.token };
    });
    // A new entry takes a tenth of a second and brings the whole picture; a resumed connection may have missed some of
    // it.
    room.on(RoomEvent.Reconnecting, () => this.#lost(room, "the connection broke"));
    room.on(RoomEvent.Disconnected, (reason) => this.#lost(room, `disconnected (${reason})`));
  }

  #lost(room: RtcRoom, reason: string): void {
    if (this.#closed || this.#room !== room) return;
    this.#leave();
    const againInMs = waitAfter(++this.#failures, PACE);
    this.#log.warn({ reason, againInMs }, "the scribe is not in the call");
    // With nobody to hear, the fresh token of the next turn comes soon enough.
    if (this.#followed.size > 0 || this.#failures <= TRIES_WHEN_IDLE)
      this.#retry = startTimer(() => void this.#enter(), againInMs);
  }

  #leave(): void {
    const room = this.#room;
    this.#room = null;
    this.#connected = false;
    this.#captions = null;
    this.#decrypted?.end();
    this.#decrypted = null;
    if (this.#deafSince === null) {
      this.#deafSince = monotonic();
      this.#stretches.push({ from: wallClock(), to: Infinity });
      if (this.#stretches.length > KNOWN_STRETCHES) this.#stretches.shift();
    }
    clearTimer(this.#retry);
    for (const { reader } of this.#readers.values()) reader.end();
    this.#readers.clear();
    room?.removeAllListeners();
    // Errors of a connection that we give up do not matter any more.
    void room?.disconnect().catch(() => {});
  }

  /** Receives the tracks that should be received, and no others. */
  #reconcile(): void {
    if (!this.#room || !this.#connected) return;
    const present = new Set<string>();
    for (const participant of this.#room.remoteParticipants.values()) {
      const wanted = this.#isFollowed(participant.identity);
      for (const publication of participant.trackPublications.values()) {
        const sid = publication.sid ?? "";
        present.add(sid);
        if (wanted && publication.source === TrackSource.SOURCE_MICROPHONE && this.#isForUs(publication))
          this.#receive(sid, publication, participant.identity);
        else if (publication.subscribed || this.#readers.has(sid)) this.#refuse(sid, publication);
      }
    }
    for (const sid of this.#readers.keys()) if (!present.has(sid)) this.#endReader(sid);
  }

  #receive(sid: string, publication: RemoteTrackPublication, speaker: string): void {
    const { track } = publication;
    if (!(track instanceof RemoteAudioTrack)) return publication.setSubscribed(true);
    if (this.#readers.get(sid)?.track === track) return;
    this.#endReader(sid);
    this.#decrypted?.begins(speaker);
    this.#readers.set(sid, {
      track,
      reader: new TrackReader(track, (samples) => this.#tell(speaker, samples), this.#frameMs),
    });
  }

  /** Refuses what comes open into an encrypted call: whoever carries it might have made it. */
  #isForUs(publication: RemoteTrackPublication): boolean {
    return !this.#room?.e2eeManager || isEncrypted(publication);
  }

  #takeKeys(): void {
    const { keys = [] } = this.#access;
    if (this.#room && this.#connected) takeKeys(this.#room, keys);
  }

  /** Gives up the tracks of somebody who is not decrypted; the next look takes them anew. */
  #receiveAnew(speaker: string): void {
    this.#log.warn({ speaker }, "a voice is not decrypted; it is received anew");
    for (const [sid, publication] of this.#room?.remoteParticipants.get(speaker)?.trackPublications ?? [])
      if (this.#readers.has(sid)) this.#refuse(sid, publication);
  }

  #refuse(sid: string, publication: RemoteTrackPublication): void {
    this.#endReader(sid);
    publication.setSubscribed(false);
  }

  #endReader(sid: string): void {
    this.#readers.get(sid)?.reader.end();
    this.#readers.delete(sid);
  }

  #tell(speaker: string, samples: Float32Array): void {
    if (this.#decrypted?.isClear(speaker, samples) === false) return;
    for (const followed of this.#followed) if (followed.speaker === speaker) followed.hear(samples);
  }

  #microphoneOf(speaker: ParticipantId): string | undefined {
    const publications = this.#room?.remoteParticipants.get(speaker)?.trackPublications.values() ?? [];
    return [...publications].find(({ source }) => source === TrackSource.SOURCE_MICROPHONE)?.sid;
  }

  #isFollowed(identity: string): boolean {
    return [...this.#followed].some(({ speaker }) => speaker === identity);
  }

  #deafSoFar(): number {
    return this.#deafMs + (this.#deafSince === null ? 0 : monotonic() - this.#deafSince);
  }
}

function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = startTimer(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms);
    promise.then(resolve, reject).finally(() => clearTimer(timer));
  });
}

/** Removes the token from an error's text: rtc-node puts the address it tried into its errors. */
function describe(error: unknown): string {
  return String(error instanceof Error ? error.message : error).replace(/access_token=[^&\s"')]*/g, "access_token=…");
}
