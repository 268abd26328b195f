import type { Logger } from "pino";
import type { SoundName } from "../../protocol/sound-key.ts";
import { SAMPLE_RATE } from "../engine.ts";
import type { Piece, VoiceActivity } from "../voice-activity.ts";
import type { LatePieces } from "./late-pieces.ts";
import { allRescued, dropRescued, soundOf } from "./rescued-sound.ts";
import type { SealedSound } from "../../store/sealed-sound.ts";

export type CutDeps = {
  readonly folder: string;
  readonly sealed: SealedSound;
  readonly late: Pick<LatePieces, "hold">;
  readonly voiceActivity: () => Pick<VoiceActivity, "hear" | "close">;
  readonly log: Logger;
};

const A_MOMENT = SAMPLE_RATE / 10;

/**
 * Cuts rescued sound at its pauses into pieces that wait for their text. Cut a second time, it gives the same pieces.
 */
export function cutRescued(name: SoundName, { folder, sealed, late, voiceActivity, log }: CutDeps): void {
  const about = allRescued(folder).get(name);
  if (!about) return;
  const { seconds: _, startedAt, ...of } = about;
  try {
    for (const [at, { samples, from, to }] of piecesOf(soundOf(folder, name, sealed), voiceActivity()).entries()) {
      const instant = (sample: number) => Math.round(startedAt + (sample / SAMPLE_RATE) * 1_000);
      late.hold({ ...of, piece: at + 1, startedAt: instant(from), endedAt: instant(to) }, samples)?.late();
    }
  } catch (error) {
    log.error({ meeting: about.meeting, turn: about.turn, err: error }, "sound that was rescued cannot be read");
  }
  dropRescued(folder, name);
}

function piecesOf(sound: Float32Array, voiceActivity: Pick<VoiceActivity, "hear" | "close">): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < sound.length; at += A_MOMENT)
    pieces.push(...voiceActivity.hear(sound.subarray(at, at + A_MOMENT)));
  return [...pieces, ...voiceActivity.close()];
}
