import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Instant, MeetingId, ParticipantId, SpeechLanguage } from "../../protocol/identity.ts";
import { formatSoundKey, parseSoundFile, type SoundName, soundFile } from "../../protocol/sound-key.ts";
import { samplesOf } from "../audio/pcm.ts";
import { SAMPLE_RATE } from "../engine.ts";
import type { SealedSound } from "../../store/sealed-sound.ts";

/** Sound of a turn that a scribe failed to hear, on the disk until the next one has cut it into pieces. */
export const Rescued = z.object({
  meeting: MeetingId,
  turn: z.number().int().positive(),
  speaker: ParticipantId,
  language: SpeechLanguage,
  vocabulary: z.array(z.string()),
  /** Name of the key by which it is sealed; left out: it lies as it is. */
  sealedBy: z.string().optional(),
  startedAt: Instant,
  seconds: z.number().nonnegative(),
});
export type Rescued = z.infer<typeof Rescued>;

const [ABOUT, SOUND] = ["rescued.json", "rescued.pcm"] as const;

/** Writes two files of one name: the sound first, and then the facts about it. */
export function putRescued(
  folder: string,
  { meeting, turn, ...of }: Omit<Rescued, "seconds">,
  samples: Int16Array,
  sealed: SealedSound,
): SoundName {
  const name = formatSoundKey({ meeting, turn, startedAt: Math.round(of.startedAt) });
  const rescued: Rescued = {
    meeting,
    turn,
    ...of,
    startedAt: Math.round(of.startedAt),
    seconds: samples.length / SAMPLE_RATE,
  };
  writeFileSync(
    join(folder, soundFile(name, SOUND)),
    sealed.seal(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength), name, of.sealedBy),
    {
      mode: 0o600,
    },
  );
  writeFileSync(join(folder, soundFile(name, "unfinished")), JSON.stringify(rescued), { mode: 0o600 });
  renameSync(join(folder, soundFile(name, "unfinished")), join(folder, soundFile(name, ABOUT)));
  return name;
}

/** Reads all rescued sound of a folder; unreadable files are left where they lie. */
export function allRescued(folder: string): Map<SoundName, Rescued> {
  const found = new Map<SoundName, Rescued>();
  for (const file of readdirSync(folder).sort()) {
    const key = parseSoundFile(file, ABOUT);
    if (!key) continue;
    try {
      found.set(formatSoundKey(key), Rescued.parse(JSON.parse(readFileSync(join(folder, file), "utf8"))));
    } catch {}
  }
  return found;
}

export function soundOf(folder: string, name: SoundName, sealed: SealedSound): Float32Array {
  const bytes = sealed.open(readFileSync(join(folder, soundFile(name, SOUND))), name);
  if (!bytes) throw new Error("its key is not there any more");
  return samplesOf(
    new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length - (bytes.length % 2))),
  );
}

export function dropRescued(folder: string, name: SoundName): void {
  for (const end of [ABOUT, SOUND]) rmSync(join(folder, soundFile(name, end)), { force: true });
}
