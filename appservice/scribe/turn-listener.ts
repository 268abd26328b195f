import type { Logger } from "pino";
import type { SpeechLanguage } from "../protocol/identity.ts";
import type { FromScribe, ToScribe } from "../protocol/scribe-messages.ts";
import { formatSoundKey } from "../protocol/sound-key.ts";
import type { Following, Hear } from "./call-audio-receiver.ts";
import { type CaptionPart, CaptionWindow } from "./caption-window.ts";
import type { Decoded, Decoder } from "./decoder.ts";
import { EngineError, SAMPLE_RATE, type Speech } from "./engine.ts";
import type { Held, LatePieces } from "./spool/late-pieces.ts";
import { orAborted } from "./cut-short.ts";
import { endsWithin } from "../time/ends-within.ts";
import { cleanTranscript } from "./transcript-text.ts";
import { written } from "./written.ts";
import type { Piece, VoiceActivity } from "./voice-activity.ts";
import type { Timer } from "../time/source.ts";
import { clearTimer, monotonic, startTimer, wallClock } from "../time/time.ts";

export type Listen = Extract<ToScribe, { type: "listen" }>;

export type TurnDeps = {
  readonly queue: Omit<Decoder, "late" | "lateAtOnce">;
  /** Keeps finished pieces on the disk until they are text; null: they are kept in memory alone. */
  readonly late: Pick<LatePieces, "hold"> | null;
  readonly voiceActivity: Pick<VoiceActivity, "hear" | "close" | "open" | "position">;
  readonly captions: boolean;
  /** Called with the instant from which on it hears a turn that another failed to hear. */
  readonly onHears?: (at: number) => void;
  readonly say: (message: FromScribe) => void;
  readonly log: Logger;
};

/** Time in which LiveKit and its jitter buffer still hold audio when the floor passes. */
const UNDER_WAY_MS = 200;
/** Silence of a stream that is longer than any pause between two frames of one that flows. */
const BROKEN_OFF_MS = 700;
/** Shortest stretch out of the call worth telling; in less, a meeting has lost at most a syllable. */
const DEAF_MS = 2_000;
const DRAIN_WITHIN_MS = 60_000;
/** Interval of captions: with the time it takes to make one, people read at most a second behind. */
const CAPTION_EVERY_MS = 700;
/** Length of speech from which on a first caption is worth showing. */
const ENOUGH_FOR_CAPTION = 0.7 * SAMPLE_RATE;
/** Length of sound that tells speech from a pause. */
const ENOUGH_FOR_PAUSE = 0.6 * SAMPLE_RATE;
const LONGEST_WITHOUT_PAUSE = 15 * SAMPLE_RATE;
/** Length of speech below which neither words nor language can be told. */
const ENOUGH_SPEECH = SAMPLE_RATE;

/** Writes down one turn: audio in; partials, finals and at the very end `drained` out. */
export class TurnListener {
  readonly #listen: Listen;
  readonly #parts: TurnDeps;
  readonly #following: Following;
  readonly #gaveUp = new AbortController();
  readonly #brokenOff: Timer;
  #language: SpeechLanguage;
  /** False until we begin where another failed. */
  #hears: boolean;
  #deafBefore = 0;
  #pieces = 0;
  #captioned = 0;
  /** Number of pieces that nobody keeps but us: without their text they are lost. */
  #unkept = 0;
  /** Language that a caption found before any final did; the next captions need not look for it again. */
  #captionLanguage: SpeechLanguage | null = null;
  readonly #captionWindow = new CaptionWindow();
  #nextCaptionAt = 0;
  /** Resolves when all pieces so far are told, in the order they were spoken. */
  #written: Promise<void> = Promise.resolve();
  #stopping: Promise<void> | undefined;

  constructor(listen: Listen, follow: (hear: Hear) => Following, parts: TurnDeps) {
    this.#listen = listen;
    this.#parts = parts;
    this.#language = listen.language;
    this.#hears = !listen.again;
    this.#brokenOff = startTimer(() => this.#close(), BROKEN_OFF_MS);
    this.#following = follow((samples) => this.#hear(samples));
  }

  /** Stops listening; settles once all is told. */
  stop(): Promise<void> {
    return (this.#stopping ??= this.#drain());
  }

  /** Closes the piece being spoken, so that it lies on the disk whatever becomes of us. */
  keepOpenPiece(): void {
    this.#close();
  }

  /** Does the same and ends at once; what is said of it afterwards is nobody's. */
  handOver(): void {
    this.#close();
    this.#following.end();
    clearTimer(this.#brokenOff);
    this.#gaveUp.abort(new EngineError("too-slow", "another service goes on with it"));
    this.#stopping ??= Promise.resolve();
  }

  async #drain(): Promise<void> {
    await new Promise<void>((resolve) => startTimer(resolve, UNDER_WAY_MS));
    const deafMs = this.#deafMs();
    this.#following.end();
    clearTimer(this.#brokenOff);
    this.#close();
    const inTime = await endsWithin(DRAIN_WITHIN_MS, this.#written);
    this.#gaveUp.abort(new EngineError("too-slow", "the text was not ready in time"));
    await this.#written.catch(() => {});
    if (!inTime && this.#unkept > 0) this.#fail("too-slow", "the text was not ready in time");
    if (deafMs > DEAF_MS) this.#fail("call-unreachable", `out of the call for ${Math.round(deafMs / 1000)} s`);
    const { meeting, turn } = this.#listen;
    this.#parts.say({ type: "drained", meeting, turn });
  }

  /**
   * Milliseconds out of the call that are our own fault: where another listened before, the sound until our first is
   * rescued.
   */
  #deafMs(): number {
    return this.#hears ? this.#following.deafMs() - this.#deafBefore : 0;
  }

  /** Waits for a pause where another failed, so that no word is cut in two: speech until then is rescued whole. */
  #waitForPause(samples: Float32Array): void {
    const { voiceActivity, onHears } = this.#parts;
    voiceActivity.hear(samples);
    const heard = voiceActivity.position;
    if (heard < ENOUGH_FOR_PAUSE || (voiceActivity.open !== null && heard < LONGEST_WITHOUT_PAUSE)) return;
    voiceActivity.close();
    this.#hears = true;
    // Sound may come already within the call of `follow`, before `#following` is set.
    this.#deafBefore = this.#following?.deafMs() ?? 0;
    onHears?.(wallClock());
  }

  #hear(samples: Float32Array): void {
    this.#brokenOff.refresh();
    if (!this.#hears) return this.#waitForPause(samples);
    for (const piece of this.#parts.voiceActivity.hear(samples)) this.#write(piece);
    if (this.#parts.captions) this.#caption();
  }

  #close(): void {
    if (!this.#hears) return;
    for (const piece of this.#parts.voiceActivity.close()) this.#write(piece);
  }

  #write(piece: Piece): void {
    const number = ++this.#pieces;
    const endedAt = this.#instantOf(piece.to);
    const startedAt = this.#instantOf(piece.from);
    const { meeting, turn, speaker, sealedBy } = this.#listen;
    const { language, vocabulary } = this.#speech(piece);
    const held =
      this.#parts.late?.hold(
        { meeting, turn, speaker, piece: number, startedAt, endedAt, language, vocabulary: [...vocabulary], sealedBy },
        piece.samples,
      ) ?? null;
    if (!held) this.#unkept++;
    const decoded = orAborted(
      this.#parts.queue.final(
        { meeting, sound: formatSoundKey({ meeting, turn, startedAt }) },
        this.#speech(piece),
        this.#gaveUp.signal,
      ),
      this.#gaveUp.signal,
    );
    decoded.catch(() => {}); // told below, in its turn
    this.#written = this.#written.then(async () => {
      try {
        await this.#final(number, { startedAt, endedAt }, piece, await decoded, held);
        if (!held) this.#unkept--;
      } catch (error) {
        if (held) return this.#later(held, number, error);
        if (this.#gaveUp.signal.aborted) return;
        this.#parts.log.error(
          { meeting, turn, piece: number, err: error },
          "a piece of a turn could not be made into text",
        );
        this.#fail(
          error instanceof EngineError ? error.failure : "engine-failed",
          error instanceof Error ? error.message : String(error),
        );
      }
    });
  }

  /** Leaves a piece on the disk and lets the meeting go on; its text comes when the engine answers again. */
  #later(held: Held, piece: number, error: unknown): void {
    held.late();
    const { meeting, turn } = this.#listen;
    this.#parts.log.warn(
      { meeting, turn, piece, err: error },
      "a piece of a turn is not text yet; it waits on the disk",
    );
  }

  async #final(
    piece: number,
    times: { startedAt: number; endedAt: number },
    { samples }: Piece,
    transcript: Decoded,
    held: Held | null,
  ): Promise<void> {
    const { id, model } = transcript.by;
    this.#holdLanguage(transcript.language, samples.length);
    const { text, places } = written(transcript, { samples, vocabulary: this.#listen.vocabulary }, transcript.by);
    if (text === "") held?.nothing();
    else held?.told();
    // A caption that turns out to be noise has to go.
    if (text === "" && this.#captioned !== piece) return;
    const { meeting, turn, speaker } = this.#listen;
    this.#parts.say({
      type: "final",
      meeting,
      turn,
      speaker,
      piece,
      ...times,
      language: transcript.language,
      text,
      places,
      engine: { id, model },
    });
  }

  /**
   * Holds the language once it is found: people rarely change it within a turn, while engines mistake it in short
   * pieces.
   */
  #holdLanguage(found: string | null, length: number): void {
    if (this.#language !== "auto" || length < ENOUGH_SPEECH) return;
    if (found === "en" || found === "ru") this.#language = found;
    if (this.#language !== "auto") this.#captionLanguage = null;
  }

  #caption(): void {
    const { voiceActivity, queue } = this.#parts;
    const began = monotonic();
    const every = queue.captionEvery(CAPTION_EVERY_MS);
    if (began < this.#nextCaptionAt || every === null) return;
    const open = voiceActivity.open;
    if (!open || open.samples.length < ENOUGH_FOR_CAPTION) return;
    const piece = this.#pieces + 1;
    const part = this.#captionWindow.next(piece, open);
    const asked = queue.partial(
      `${this.#listen.meeting}.${this.#listen.turn}`,
      { ...this.#speech(part), language: this.#captionLanguage ?? this.#language },
      this.#gaveUp.signal,
    );
    if (!asked) return;
    this.#nextCaptionAt = Infinity;
    void asked
      .then(({ text, language }) => {
        if (
          this.#language === "auto" &&
          part.samples.length >= ENOUGH_SPEECH &&
          (language === "en" || language === "ru")
        )
          this.#captionLanguage = language;
        this.#captioning(piece, part, cleanTranscript(text));
      })
      // Trouble with the engine shows in the finals.
      .catch(() => {})
      // Rests as long as it worked, so that a slow machine is not kept busy with captions.
      .finally(() => (this.#nextCaptionAt = Math.max(began + (part.settle ? 0 : every), 2 * monotonic() - began)));
  }

  #captioning(piece: number, part: CaptionPart, text: string): void {
    if (part.settle) this.#captionWindow.settle(piece, part, text);
    else this.#partial(piece, this.#captionWindow.shown(piece, text));
  }

  #partial(piece: number, text: string): void {
    if (text === "" || piece <= this.#pieces || this.#stopping) return;
    this.#captioned = piece;
    const { meeting, turn, speaker } = this.#listen;
    this.#parts.say({ type: "partial", meeting, turn, speaker, piece, text });
  }

  #speech({ samples }: Pick<Piece, "samples">): Speech {
    return { samples, language: this.#language, vocabulary: this.#listen.vocabulary };
  }

  #fail(code: string, error: string): void {
    const { meeting, turn } = this.#listen;
    this.#parts.say({ type: "failed", meeting, turn, code, error });
  }

  #instantOf(sample: number): number {
    return Math.round(wallClock() - ((this.#parts.voiceActivity.position - sample) / SAMPLE_RATE) * 1_000);
  }
}
