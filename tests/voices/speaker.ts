// First, for it keeps rtc-node from writing its debug log to the standard output.
import { Room } from "../../appservice/call/rtc.ts";
import { AudioFrame, AudioSource, LocalAudioTrack, TrackPublishOptions, TrackSource } from "@livekit/rtc-node";
import { VOICE_RATE, voicePcm } from "./voices.ts";

const FRAME = VOICE_RATE / 50;

/** A participant of a LiveKit call who really speaks the clips. */
export class Speaker {
  readonly room = new Room();
  #source = new AudioSource(VOICE_RATE, 1, 200);
  #track: LocalAudioTrack | undefined;

  static async join({ url, token }: { url: string; token: string }): Promise<Speaker> {
    const speaker = new Speaker();
    await speaker.room.connect(url, token, { autoSubscribe: false, dynacast: false });
    return speaker;
  }

  async publish(): Promise<void> {
    this.#source = new AudioSource(VOICE_RATE, 1, 200);
    this.#track = LocalAudioTrack.createAudioTrack("microphone", this.#source);
    const options = new TrackPublishOptions();
    options.source = TrackSource.SOURCE_MICROPHONE;
    await this.room.localParticipant?.publishTrack(this.#track, options);
  }

  async unpublish(): Promise<void> {
    if (this.#track?.sid) await this.room.localParticipant?.unpublishTrack(this.#track.sid);
    this.#track = undefined;
  }

  /** Says the clip, or its beginning. Settles when the last sample has left this microphone. */
  async say(file: string, { seconds = Infinity }: { seconds?: number } = {}): Promise<void> {
    const samples = await voicePcm(file);
    const end = Math.min(samples.length, seconds * VOICE_RATE);
    for (let at = 0; at + FRAME <= end; at += FRAME) {
      await this.#source.captureFrame(new AudioFrame(samples.slice(at, at + FRAME), VOICE_RATE, 1, FRAME));
    }
    await this.#source.waitForPlayout();
  }

  async leave(): Promise<void> {
    await this.room.disconnect();
  }
}
