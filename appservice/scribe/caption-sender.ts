import type { Room as RtcRoom } from "@livekit/rtc-node";
import type { Logger } from "pino";
import type { ParticipantId } from "../protocol/identity.ts";
import { CAPTION_NAME, CAPTION_TOPIC, type CaptionAttributes } from "../protocol/captions.ts";

export type Caption = {
  readonly speaker: ParticipantId;
  readonly name?: string | undefined;
  /** Id of one piece of speech, the same for each of its states. */
  readonly segment: string;
  readonly text: string;
  readonly final: boolean;
};

/** Letters of a name beyond which nobody shows more of it. */
const LONGEST_NAME = 200;

/** Sends captions into one call, in order. A caption that newer ones have overtaken is left out. */
export class CaptionSender {
  readonly #room: RtcRoom;
  readonly #log: Logger;
  readonly #waiting = new Map<string, { caption: Caption; track: string | undefined }>();
  #sending = false;

  constructor(room: RtcRoom, log: Logger) {
    this.#room = room;
    this.#log = log;
  }

  send(caption: Caption, track: string | undefined): void {
    this.#waiting.set(caption.segment, { caption, track });
    if (!this.#sending) void this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    this.#sending = true;
    for (let next = this.#waiting.entries().next(); !next.done; next = this.#waiting.entries().next()) {
      const [segment, { caption, track }] = next.value;
      this.#waiting.delete(segment);
      // A caption that is lost is followed by another; the record does not depend on them.
      await this.#sendOne(caption, track).catch((error: unknown) =>
        this.#log.debug({ err: error }, "a caption could not be sent"),
      );
    }
    this.#sending = false;
  }

  async #sendOne({ speaker, name, segment, text, final }: Caption, track: string | undefined): Promise<void> {
    const attributes: CaptionAttributes = {
      "lk.segment_id": segment,
      "lk.transcription_final": final ? "true" : "false",
      ...(track ? { "lk.transcribed_track_id": track } : {}),
      ...(name === undefined ? {} : { [CAPTION_NAME]: name.slice(0, LONGEST_NAME) }),
    };
    const stream = await this.#room.localParticipant?.streamText({
      topic: CAPTION_TOPIC,
      attributes,
      senderIdentity: speaker,
    });
    if (text !== "") await stream?.write(text);
    await stream?.close();
  }
}
