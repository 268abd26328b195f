import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { MeetingId, RoomId } from "../protocol/identity.ts";
import { monotonic } from "../time/time.ts";
import type { BuildDeps } from "./build-deps.ts";
import { commit } from "./commit.ts";
import { findMaterial, isStillAllowed } from "./material.ts";
import type { LeftOut } from "./pieces.ts";
import { splitsOf } from "./splits.ts";
import { BUILD_FILE, type BuildFile, standingDataset } from "./standing.ts";
import { takeOut } from "./take-out.ts";
import { writeDataset } from "./write-dataset.ts";

export type Built = {
  readonly version: number;
  /** False where everything was as it is already. */
  readonly changed: boolean;
  readonly pieces: number;
  readonly seconds: number;
  readonly withdrawn: number;
  readonly leftOut: ReadonlyMap<LeftOut, number>;
  /** Meetings of which something is in it. */
  readonly of: readonly { readonly room: RoomId; readonly meeting: MeetingId }[];
};

/**
 * People who take their word back again and again must not keep a build from its end; what they took back is out by
 * then.
 */
const MOST_ROUNDS = 20;
const SAYS_EVERY_MS = 2_000;

/**
 * Builds a set anew: only what is new is sent, and what may be in it no more is taken away first of all. Whenever
 * somebody takes something back in between, it begins again, so that nothing of it is in the version that comes out.
 */
export async function buildDataset(deps: BuildDeps): Promise<Built> {
  for (let round = 1; ; round++) {
    const built = await buildOnce(deps);
    if (built) return built;
    if (round === MOST_ROUNDS) throw new Error("people change what they allow faster than a set is built");
    deps.say("Somebody took something back meanwhile: it is built again without that.");
  }
}

/** Null where it has to begin again. */
async function buildOnce(deps: BuildDeps): Promise<Built | null> {
  const { source, target, purpose, pseudonyms, now, signal } = deps;
  const standing = await standingDataset({ target, purpose, pseudonyms, signal });
  if (!standing.build) await claim(deps);
  const inSet = (piece: string) => purpose === "publish" && standing.pieces.has(piece);
  const material = await findMaterial({ source, purpose, pseudonyms, inSet, signal });
  const splits = splitsOf(material.spoke, standing.build?.groups ?? {});
  const gone = await takeOut(standing, material, { target, pseudonyms, purpose, signal });
  mkdirSync(deps.workFolder, { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(join(deps.workFolder, "building-"));
  try {
    const say = seldom(deps.say);
    const written = await writeDataset({ ...deps, say, material, standing, splits, folder, gone });
    if (!(await isStillAllowed(material, source))) return null;
    const { version, changed } = await commit({ ...written, standing }, { target, now, signal });
    if (!(await isStillAllowed(material, source))) return null;
    const { pieces, seconds, leftOut } = written;
    const of = material.chosen.map(({ room, id: meeting }) => ({ room, meeting }));
    return { version, changed, pieces, seconds, leftOut, of, withdrawn: gone.length };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Marks an empty place as ours, so that a build that is broken off can go on. */
async function claim({ target, purpose, pseudonyms, now, signal }: BuildDeps): Promise<void> {
  const at = new Date(now()).toISOString();
  const file: BuildFile = { format: 1, version: 0, purpose, key: pseudonyms.fingerprint, at, groups: {} };
  await target.put(BUILD_FILE, { bytes: Buffer.from(`${JSON.stringify(file)}\n`) }, signal);
}

function seldom(say: (sentence: string) => void): (sentence: string) => void {
  let last = -Infinity;
  return (sentence) => {
    if (monotonic() - last < SAYS_EVERY_MS) return;
    last = monotonic();
    say(sentence);
  };
}
