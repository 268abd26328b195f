import type { Material } from "./material.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import { answeredIn, consentRows } from "./rights.ts";
import { type DatasetPurpose, SPLITS } from "./rows.ts";
import { soundPath } from "./form.ts";
import { BUILD_FILE, type StandingDataset } from "./standing.ts";
import type { DatasetTarget } from "./target.ts";

type TakeOutDeps = {
  readonly target: DatasetTarget;
  readonly pseudonyms: Pseudonyms;
  readonly purpose: DatasetPurpose;
  readonly signal: AbortSignal;
};

/**
 * Takes what may be in the set no more away before anything else is done, so that a full or slow place does not keep it
 * there: the sound, every file that holds it, and the texts, which the build writes anew. Returns the ids of these
 * pieces.
 */
export async function takeOut(
  standing: StandingDataset,
  material: Material,
  { target, pseudonyms, purpose, signal }: TakeOutDeps,
): Promise<string[]> {
  const gone = [...standing.pieces.keys()].filter((id) => !material.pieces.has(id));
  const given = new Set(
    [...material.purposes].flatMap(([room, state]) =>
      answeredIn(state).flatMap((who) => consentRows(state, { room, who, purpose, pseudonyms }).map(consentKey)),
    ),
  );
  const takenBack = standing.consents.some((each) => !given.has(consentKey(each)));
  if (gone.length === 0 && !takenBack) return [];
  const meetings = new Set(gone.map((id) => id.split("-")[0] ?? ""));
  const sound = new Set(gone.flatMap((id) => SPLITS.map((split) => soundPath(split, id))));
  const paths = [...standing.there.keys()].filter(
    (path) =>
      path !== BUILD_FILE &&
      path !== "withdrawn.jsonl" &&
      (path.endsWith(".flac")
        ? sound.has(path)
        : path.endsWith(".parquet")
          ? takenBack || meetings.has(path.split("/").at(-1)?.split("-")[0] ?? "")
          : true),
  );
  await target.remove(paths, signal);
  for (const path of paths) standing.there.delete(path);
  return gone;
}

function consentKey({ speaker, room, purpose }: { speaker: string; room: string; purpose: string }): string {
  return JSON.stringify([speaker, room, purpose]);
}
