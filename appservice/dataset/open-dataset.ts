import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { giveTo, ownerOf } from "../store/owner.ts";
import { randomBytes } from "../time/chance.ts";
import type { DatasetOptions } from "./options.ts";
import { Pseudonyms } from "./pseudonyms.ts";
import type { DatasetPurpose } from "./rows.ts";
import type { DatasetTarget, DatasetTargetKind, DatasetTargetPorts, RecordingPlace } from "./target.ts";
import { DATASET_TARGETS } from "./target-list.ts";
import { DatasetProblem } from "./target-problem.ts";
import { folderTarget } from "./targets/folder.ts";

const KEY_BYTES = 32;

export type OpenDataset = { readonly name: string; readonly target: DatasetTarget; readonly purpose: DatasetPurpose };

/** Opens a target of the configuration by its name, or a folder by its path. */
export async function openDataset(
  wanted: string,
  { targets }: DatasetOptions,
  { folder, purpose }: { readonly folder: string; readonly purpose: DatasetPurpose | null },
): Promise<OpenDataset> {
  const options = targets[wanted];
  if (!options) {
    if (/^[a-z][a-z0-9-]{0,31}$/.test(wanted))
      throw new DatasetProblem(
        "misset",
        `There is no target “${wanted}” in the section dataset.targets. There are: ${Object.keys(targets).join(", ") || "none"}. A folder is written with a slash: ./${wanted}`,
      );
    return { name: wanted, target: folderTarget(resolve(wanted)), purpose: purpose ?? "improve" };
  }
  if (purpose !== null && purpose !== options.purpose)
    throw new DatasetProblem("misset", `The target “${wanted}” is for the purpose “${options.purpose}”.`);
  const target = await kindOf(wanted, options.type).open(options, portsFrom(folder));
  return { name: wanted, target, purpose: options.purpose };
}

/** Place where recordings go that belong to a target of the configuration. */
export function recordingPlace(name: string, { targets }: DatasetOptions, folder: string): RecordingPlace {
  const options = targets[name];
  if (!options) throw new DatasetProblem("misset", `recording.target: there is no “${name}” in dataset.targets.`);
  return kindOf(name, options.type).recordTo(options, portsFrom(folder));
}

function kindOf(name: string, type: string): DatasetTargetKind {
  const kind = DATASET_TARGETS.find((each) => each.type === type);
  if (!kind) throw new DatasetProblem("misset", `dataset.targets.${name}: there is no type ${type}.`);
  return kind;
}

/** `folder`: that of the configuration. */
function portsFrom(folder: string): DatasetTargetPorts {
  return {
    path: (path) => resolve(folder, path),
    secret: (file) => secretIn(resolve(folder, file)),
  };
}

/** Folder beside the database for the key of the pseudonyms, and for files while a set is written. */
export function datasetFolder(database: string): string {
  return join(dirname(database), "datasets");
}

/** Pseudonyms of this service; their key is made when it is first needed. */
export function ownPseudonyms(database: string): Pseudonyms {
  const file = join(datasetFolder(database), "key");
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${randomBytes(KEY_BYTES).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
    // Root may build the first set of a service that runs as somebody else.
    giveTo(dirname(file), ownerOf(dirname(database)));
  }
  const key = Buffer.from(readFileSync(file, "utf8").trim(), "hex");
  if (key.length === KEY_BYTES) return new Pseudonyms(key);
  throw new DatasetProblem(
    "misset",
    `${file}: this is no key of pseudonyms. Put back the one that was there; without it, remove the file: all pseudonyms are others then.`,
  );
}

function secretIn(file: string): string {
  try {
    const secret = readFileSync(file, "utf8").trim();
    if (secret !== "") return secret;
  } catch (cause) {
    throw new DatasetProblem("misset", `${file}: the secret in it cannot be read.`, { cause });
  }
  throw new DatasetProblem("misset", `${file}: it is empty, and should hold a secret.`);
}
