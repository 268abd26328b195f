import { SAMPLE_RATE } from "./engine.ts";
import { sherpa, type Vad } from "./sherpa-onnx-node.ts";

/** A piece of speech; `from` and `to` count samples since the beginning of the listening. */
export type Piece = { readonly samples: Float32Array; readonly from: number; readonly to: number };

const WINDOW = 512;
/** Pause that closes a piece. */
const PAUSE_SECONDS = 0.5;
const LONGEST_SECONDS = 12;
/**
 * Length at which a piece is cut if the model, which looks for a dip from `LONGEST_SECONDS` on, has found none: Whisper
 * drops all beyond 30 s.
 */
const CUT_SECONDS = 16;
/**
 * Lead before a piece. The detector is sure only after the first sound: without the sound just before, "К среде" loses
 * its "К".
 */
const LEAD = 0.2 * SAMPLE_RATE;
const TAIL = 0.1 * SAMPLE_RATE;
const SURE = 0.25 * SAMPLE_RATE;

/** Finds speech in audio that is fed to it, and cuts it into pieces at pauses. */
export class VoiceActivity {
  readonly #vad: Vad;
  readonly #heard = new History((CUT_SECONDS + 8) * SAMPLE_RATE);
  #unseen = new Float32Array(0);
  #openFrom: number | null = null;
  /** End of the last piece; the next one does not begin before. */
  #closedTo = 0;

  constructor(model: string) {
    const sileroVad = {
      model,
      threshold: 0.5,
      windowSize: WINDOW,
      minSilenceDuration: PAUSE_SECONDS,
      minSpeechDuration: SURE / SAMPLE_RATE,
      maxSpeechDuration: LONGEST_SECONDS,
    };
    this.#vad = new sherpa.Vad({ sileroVad, sampleRate: SAMPLE_RATE, numThreads: 1, debug: 0 }, CUT_SECONDS + 8);
  }

  /** Number of samples heard so far. */
  get position(): number {
    return this.#heard.end + this.#unseen.length;
  }

  /** Takes audio of any length; returns the pieces that it closed. */
  hear(samples: Float32Array): Piece[] {
    const closed: Piece[] = [];
    const fed = join(this.#unseen, samples);
    let at = 0;
    for (; at + WINDOW <= fed.length; at += WINDOW) closed.push(...this.#hearWindow(fed.slice(at, at + WINDOW)));
    this.#unseen = fed.slice(at);
    return closed;
  }

  /** Speech so far of the piece that is being spoken. */
  get open(): Piece | null {
    return this.#openFrom === null ? null : this.#piece(this.#openFrom, this.#heard.end);
  }

  /** Closes the piece being spoken, since no more sound follows. */
  close(): Piece[] {
    this.#vad.flush();
    const closed = this.#take();
    // Sound that the detector was not sure of yet may be a short "да"; the engine decides.
    if (closed.length === 0 && this.#openFrom !== null) closed.push(this.#cut(this.#openFrom, this.#heard.end));
    this.#openFrom = null;
    return closed;
  }

  #hearWindow(window: Float32Array): Piece[] {
    this.#heard.add(window);
    this.#vad.acceptWaveform(window);
    const closed = this.#take();
    if (!this.#vad.isDetected()) this.#openFrom = null;
    else this.#openFrom ??= Math.max(this.#closedTo, this.#heard.end - SURE - LEAD);
    if (this.#openFrom !== null && this.#heard.end - this.#openFrom > CUT_SECONDS * SAMPLE_RATE)
      closed.push(...this.close());
    return closed;
  }

  #take(): Piece[] {
    const closed: Piece[] = [];
    for (; !this.#vad.isEmpty(); this.#vad.pop()) {
      const { start, samples } = this.#vad.front(false);
      closed.push(this.#cut(start - LEAD, start + samples.length + TAIL));
      this.#openFrom = null;
    }
    return closed;
  }

  #cut(from: number, to: number): Piece {
    const piece = this.#piece(Math.max(from, this.#closedTo), Math.min(to, this.#heard.end));
    this.#closedTo = piece.to;
    return piece;
  }

  #piece(from: number, to: number): Piece {
    const samples = this.#heard.between(from, to);
    return { samples, from: to - samples.length, to };
  }
}

/** Last samples of a stream, addressed by their place in the whole. */
class History {
  readonly #kept: Float32Array;
  #length = 0;
  end = 0;

  constructor(capacity: number) {
    this.#kept = new Float32Array(capacity);
  }

  add(samples: Float32Array): void {
    const over = Math.max(0, this.#length + samples.length - this.#kept.length);
    if (over > 0) this.#kept.copyWithin(0, over, this.#length);
    this.#kept.set(samples, this.#length - over);
    this.#length += samples.length - over;
    this.end += samples.length;
  }

  between(from: number, to: number): Float32Array {
    const first = this.end - this.#length;
    return this.#kept.slice(Math.max(0, Math.floor(from) - first), Math.max(0, Math.floor(to) - first));
  }
}

function join(one: Float32Array, other: Float32Array): Float32Array {
  if (one.length === 0) return other;
  const both = new Float32Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
