import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { z } from "zod";
import { nextTurn } from "../../time/time.ts";
import { type DatasetTarget, datasetTarget } from "../target.ts";
import { DatasetProblem } from "../target-problem.ts";

/** Ending of a file that is not whole yet. */
const UNFINISHED = ".part";

/** A folder of this machine, or one that is mounted. */
export const folder = datasetTarget({
  type: "folder",
  options: { path: z.string().min(1).describe("The folder; it is made if it is not there") },
  secretFiles: [],
  open: async ({ path }, ports) => folderTarget(ports.path(path)),
  recordTo: ({ path }, ports) => ({ kind: "folder", folder: ports.path(path) }),
});

export function folderTarget(place: string): DatasetTarget {
  const at = (path: string): string => {
    const file = resolve(place, path);
    if (relative(place, file).startsWith("..")) throw new DatasetProblem("refused", `${path} lies outside ${place}`);
    return file;
  };
  return {
    place,
    list: async () => guarded(place, () => filesBelow(place, place)),
    read: async (path) => guarded(place, () => (existsSync(at(path)) ? readFileSync(at(path)) : null)),
    async put(path, content) {
      guarded(place, () => {
        const [file, part] = [at(path), at(path + UNFINISHED)];
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        try {
          if ("bytes" in content) writeFileSync(part, content.bytes, { mode: 0o600 });
          else copyFileSync(content.file, part);
          renameSync(part, file);
        } finally {
          rmSync(part, { force: true });
        }
      });
      await nextTurn();
    },
    async remove(paths) {
      guarded(place, () => {
        for (const path of paths) {
          rmSync(at(path), { force: true });
          removeEmpty(dirname(at(path)), place);
        }
      });
    },
  };
}

function filesBelow(folder: string, place: string, found = new Map<string, number>()): Map<string, number> {
  if (!existsSync(folder)) return found;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) filesBelow(path, place, found);
    else found.set(relative(place, path).replaceAll("\\", "/"), statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  }
  return found;
}

function removeEmpty(folder: string, place: string): void {
  if (folder === place || !folder.startsWith(place) || !existsSync(folder) || readdirSync(folder).length > 0) return;
  rmdirSync(folder);
  removeEmpty(dirname(folder), place);
}

function guarded<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof DatasetProblem) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    if (/^(ENOSPC|EDQUOT|EFBIG)$/.test(code))
      throw new DatasetProblem("full", `${place}: no space is left there (${code}). Make room, and build it again.`, {
        cause: error,
      });
    throw new DatasetProblem(
      "refused",
      `${place}: cannot be used (${code}). Check the path, whose it is and what it is.`,
      {
        cause: error,
      },
    );
  }
}
