import {
  createLocalAudioTrack,
  LocalAudioTrack,
  Track,
  type AudioCaptureOptions,
  type LocalTrackPublication,
  type Room,
} from "livekit-client";
import type { Devices, Processing } from "./call-state.ts";
import type { HeldMicrophone } from "../service/held-microphone.ts";

const AS_USUAL: Processing = { noiseSuppression: true, echoCancellation: true, autoGainControl: true };

type Choice = NonNullable<Devices["microphone"]>;

/**
 * The person's microphone in the call. It is published once and muted, so that nothing is heard before the word comes;
 * then the server opens it, and closes it again. When the server takes the right to publish away and gives it back, the
 * microphone is published anew, muted again.
 */
export class Microphone {
  readonly #room: Room;
  readonly #held: HeldMicrophone | null;
  #choice: Choice;
  #publishing: Promise<void> | null = null;

  /** `held`: the microphone of this sitting, where it is asked for once. */
  constructor(room: Room, choice: Choice, held: HeldMicrophone | null) {
    this.#room = room;
    this.#held = held;
    this.#choice = choice;
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

  /** For the open floor and one's own turn; who may, is asked by the caller. */
  async open(): Promise<void> {
    await this.#publication?.unmute();
  }

  /** Another device, or another way of cleaning its sound, in mid-call. */
  async change(choice: Partial<Choice>): Promise<void> {
    this.#choice = { ...this.#choice, ...choice };
    const track = this.#publication?.audioTrack;
    if (this.#held) await track?.replaceTrack(await this.#copyOf(this.#held), true);
    else await track?.restartTrack(this.#capture);
  }

  get #publication(): LocalTrackPublication | undefined {
    return this.#room.localParticipant.getTrackPublication(Track.Source.Microphone);
  }

  get #capture(): AudioCaptureOptions {
    const { deviceId, processing = AS_USUAL } = this.#choice;
    return { ...(deviceId && { deviceId }), ...processing };
  }

  async #copyOf(held: HeldMicrophone): Promise<MediaStreamTrack> {
    const { deviceId = null, processing = AS_USUAL } = this.#choice;
    const copy = await held.copy(deviceId);
    // Where it cannot be changed in mid-sitting the sound stays as it was.
    await copy.applyConstraints(processing).catch(() => undefined);
    return copy;
  }

  async #publish(): Promise<void> {
    if (this.#publication?.track || !this.#room.localParticipant.permissions?.canPublish) return;
    const track = this.#held
      ? new LocalAudioTrack(await this.#copyOf(this.#held), undefined, true)
      : await createLocalAudioTrack(this.#capture);
    await track.mute();
    try {
      await this.#room.localParticipant.publishTrack(track, {
        source: Track.Source.Microphone,
        stopMicTrackOnMute: false,
      });
    } catch (failure) {
      track.stop();
      throw failure;
    }
  }
}
