import { type AudioFrame, AudioStream, type RemoteAudioTrack } from "@livekit/rtc-node";
import { samplesOf } from "./audio/pcm.ts";
import { SAMPLE_RATE } from "./engine.ts";

/** Hands on the sound of one track, as 16 kHz mono, until it ends or is ended. */
export class TrackReader {
  readonly #frames: ReadableStreamDefaultReader<AudioFrame>;

  constructor(track: RemoteAudioTrack, hear: (samples: Float32Array) => void, frameSizeMs = 20) {
    const stream = new AudioStream(track, { sampleRate: SAMPLE_RATE, numChannels: 1, frameSizeMs });
    this.#frames = stream.getReader();
    void this.#read(hear);
  }

  end(): void {
    // A stream that has ended already has nothing left to cancel.
    this.#frames.cancel().catch(() => {});
  }

  async #read(hear: (samples: Float32Array) => void): Promise<void> {
    for (let next = await this.#frames.read(); !next.done; next = await this.#frames.read()) {
      hear(samplesOf(next.value.data));
    }
  }
}
