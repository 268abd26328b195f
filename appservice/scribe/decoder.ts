import type { SpeechLoad } from "../protocol/speech-load.ts";
import type { Engine, Speech, Transcript } from "./engine.ts";

/** Engine as the record names it, and whether names are put right in its text. */
export type EngineFacts = Pick<Engine, "id" | "model" | "takesVocabulary">;

/** Text of a piece, and the engine that made it. */
export type Decoded = Transcript & { readonly by: EngineFacts };

/** Piece of a turn by its meeting, and by the name that its sound has for good. */
export type PieceName = { readonly meeting: string; readonly sound: string };

/** Makes text of speech: in this process, or by the workers of a fleet. */
export type Decoder = {
  /** Decodes a piece just said. */
  final(piece: PieceName, speech: Speech, signal: AbortSignal): Promise<Decoded>;
  /** Decodes a piece that could not be made into text in its time. */
  late(piece: PieceName, speech: Speech, signal: AbortSignal): Promise<Decoded>;
  /** Decodes for a caption; null when there is no room for it now: ask again with all that was said by then. */
  partial(turn: string, speech: Speech, signal: AbortSignal): Promise<Decoded> | null;
  /** Milliseconds to wait between two captions of one speaker; null: make none. */
  captionEvery(ms: number): number | null;
  /** Number of late pieces that are worth asking for side by side. */
  readonly lateAtOnce: number;
  readonly load: SpeechLoad;
};
