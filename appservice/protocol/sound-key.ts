import { z } from "zod";
import type { MeetingId } from "./identity.ts";

/** Names for good the sound of what was said in a turn from an instant on: nobody can begin two at once in one turn. */
export type SoundKey = { readonly meeting: MeetingId; readonly turn: number; readonly startedAt: number };

const SPELLING = /^(m[0-9a-z]{8,40})\.([1-9]\d{0,8})\.(\d{1,16})$/;

/** Spelling of a `SoundKey`, `MEETING.TURN.STARTED_AT`: in names of files, and between the service and its scribe. */
export const SoundName = z.string().regex(SPELLING).brand("SoundName");
export type SoundName = z.infer<typeof SoundName>;

/** Place of a sound in the folder of those that are kept: folder of its room, of its speaker, and its file. */
export const KeptPlace = z
  .string()
  .regex(/^[0-9a-f]{16}\/[0-9a-f]{16}\/[0-9a-z.]+\.flac$/)
  .brand("KeptPlace");
export type KeptPlace = z.infer<typeof KeptPlace>;

export function formatSoundKey({ meeting, turn, startedAt }: SoundKey): SoundName {
  return `${meeting}.${turn}.${startedAt}` as SoundName;
}

/** Reads a spelling of `formatSoundKey`; null for anything else. */
export function parseSoundKey(text: string): SoundKey | null {
  const [, meeting, turn, startedAt] = SPELLING.exec(text) ?? [];
  return meeting === undefined
    ? null
    : { meeting: meeting as MeetingId, turn: Number(turn), startedAt: Number(startedAt) };
}

export type SoundEnding = "flac" | "json" | "part" | "rescued.json" | "rescued.pcm" | "unfinished";

/** Name of a file of the sound, or about it. */
export const soundFile = (name: SoundName, ending: SoundEnding): string => `${name}.${ending}`;

/** Key of the sound whose file of this ending it is; null for any other file. */
export function parseSoundFile(file: string, ending: SoundEnding): SoundKey | null {
  return file.endsWith(`.${ending}`) ? parseSoundKey(file.slice(0, -(ending.length + 1))) : null;
}
