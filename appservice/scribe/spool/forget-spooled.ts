import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { MeetingId, ParticipantId } from "../../protocol/identity.ts";
import { formatSoundKey, parseSoundFile, soundFile } from "../../protocol/sound-key.ts";
import { SpooledPiece } from "./spool.ts";

type Spoken = { readonly meetings: ReadonlySet<MeetingId>; readonly speaker: ParticipantId; readonly until: number };

/**
 * Deletes speech of somebody that waits to be text, said until a moment in these meetings. Whoever holds the spool
 * finds a piece gone, as if it could not be read.
 */
export function forgetSpooled(folder: string, { meetings, speaker, until }: Spoken): void {
  for (const name of namesIn(folder)) {
    const key = parseSoundFile(name, "json");
    if (!key || !meetings.has(key.meeting) || key.startedAt > until || speakerOf(join(folder, name)) !== speaker)
      continue;
    for (const ending of ["flac", "json"] as const)
      rmSync(join(folder, soundFile(formatSoundKey(key), ending)), { force: true });
  }
}

function speakerOf(file: string): ParticipantId | null {
  try {
    return SpooledPiece.parse(JSON.parse(readFileSync(file, "utf8"))).speaker;
  } catch {
    return null;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
