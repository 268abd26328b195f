import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Instant, MeetingId, ParticipantId, SpeechLanguage } from "../../protocol/identity.ts";
import { SAMPLE_RATE } from "../engine.ts";

/** Sound of a turn that a scribe failed to hear, on the disk until the next one has cut it into pieces. */
export const Rescued = z.object({
  meeting: MeetingId,
  turn: z.number().int().positive(),
  speaker: ParticipantId,
  language: SpeechLanguage,
  vocabulary: z.array(z.string()),
  startedAt: Instant,
  seconds: z.number().nonnegative(),
});
export type Rescued = z.infer<typeof Rescued>;

const ABOUT = ".rescued.json";
const SOUND = ".rescued.pcm";

/** Writes two files of one name: the sound first, and then the facts about it. */
export function putRescued(
  folder: string,
  { meeting, turn, ...of }: Omit<Rescued, "seconds">,
  samples: Int16Array,
): string {
  const name = `${meeting}.${turn}.${Math.round(of.startedAt)}`;
  const rescued: Rescued = {
    meeting,
    turn,
    ...of,
    startedAt: Math.round(of.startedAt),
    seconds: samples.length / SAMPLE_RATE,
  };
  writeFileSync(join(folder, `${name}${SOUND}`), Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength), {
    mode: 0o600,
  });
  writeFileSync(join(folder, `${name}.unfinished`), JSON.stringify(rescued), { mode: 0o600 });
  renameSync(join(folder, `${name}.unfinished`), join(folder, `${name}${ABOUT}`));
  return name;
}

/** Reads all rescued sound of a folder; unreadable files are left where they lie. */
export function allRescued(folder: string): Map<string, Rescued> {
  const found = new Map<string, Rescued>();
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith(ABOUT)) continue;
    try {
      found.set(file.slice(0, -ABOUT.length), Rescued.parse(JSON.parse(readFileSync(join(folder, file), "utf8"))));
    } catch {}
  }
  return found;
}

export function soundOf(folder: string, name: string): Float32Array {
  const bytes = readFileSync(join(folder, `${name}${SOUND}`));
  return Float32Array.from(
    new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length - (bytes.length % 2))),
    (sample) => sample / 32_768,
  );
}

export function dropRescued(folder: string, name: string): void {
  for (const end of [ABOUT, SOUND]) rmSync(join(folder, `${name}${end}`), { force: true });
}
