import { createLocalAudioTrack, Track, type LocalTrackPublication, type Room } from "livekit-client";

/**
 * The person's microphone in the call. It is published once and muted, so that nothing is heard before the word comes;
 * then the server opens it, and closes it again. When the server takes the right to publish away and gives it back, the
 * microphone is published anew, muted again.
 */
export class Microphone {
  readonly #room: Room;
  readonly #deviceId: string | null;
  #publishing: Promise<void> | null = null;

  constructor(room: Room, deviceId: string | null) {
    this.#room = room;
    this.#deviceId = deviceId;
  }

  publish(): Promise<void> {
    this.#publishing ??= this.#publish().finally(() => (this.#publishing = null));
    return this.#publishing;
  }

  get state(): "none" | "muted" | "open" {
    const publication = this.#publication;
    if (!publication?.track) return "none";
    return publication.isMuted ? "muted" : "open";
  }

  async mute(): Promise<void> {
    await this.#publication?.mute();
  }

  /** For the open floor alone; who may, is asked by the caller. */
  async open(): Promise<void> {
    await this.#publication?.unmute();
  }

  get #publication(): LocalTrackPublication | undefined {
    return this.#room.localParticipant.getTrackPublication(Track.Source.Microphone);
  }

  async #publish(): Promise<void> {
    if (this.#publication?.track || !this.#room.localParticipant.permissions?.canPublish) return;
    const track = await createLocalAudioTrack({
      ...(this.#deviceId && { deviceId: this.#deviceId }),
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
    });
    await track.mute();
    try {
      await this.#room.localParticipant.publishTrack(track, { source: Track.Source.Microphone, stopMicTrackOnMute: false });
    } catch (failure) {
      track.stop();
      throw failure;
    }
  }
}
