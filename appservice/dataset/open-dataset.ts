import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { giveTo, ownerOf } from "../store/owner.ts";
import { randomBytes } from "../time/chance.ts";
import type { DatasetOptions } from "./options.ts";
import { Pseudonyms } from "./pseudonyms.ts";
import type { DatasetPurpose } from "./rows.ts";
import type { DatasetTarget } from "./target.ts";
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
  const kind = DATASET_TARGETS.find(({ type }) => type === options.type);
  if (!kind) throw new DatasetProblem("misset", `dataset.targets.${wanted}: there is no type ${options.type}.`);
  const ports = {
    path: (path: string) => resolve(folder, path),
    secret: (file: string) => secretIn(resolve(folder, file)),
  };
  return { name: wanted, target: await kind.open(options, ports), purpose: options.purpose };
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
