import { access, constants, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { csvRows, csvText } from "../csv-text.ts";
import { markOf } from "../outside-task.ts";
import { target } from "../target.ts";
import { TargetProblem } from "../target-problem.ts";
import { COLUMNS, rowOf } from "../task-table.ts";

const STATUS = COLUMNS.indexOf("status");

/**
 * Table in a file on the service's own disk, for programs that read tables: a row a task. People who write “done” there
 * have finished it.
 */
export const csv = target({
  type: "csv",
  options: { file: z.string().min(1).describe("The file; it is made if it is not there") },
  secretFiles: [],
  open: ({ file }, { path }) => {
    const place = path(file);
    const table = async () => {
      const text = await readFile(place, "utf8").catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return "";
        throw unusable(error);
      });
      const rows = csvRows(text);
      // A table that cannot be read must not be written over.
      if (!rows) throw unusable(new Error("it is no comma-separated table"));
      const [head = [], ...body] = rows;
      return { head: [...COLUMNS, ...head.slice(COLUMNS.length)], body };
    };
    return {
      async check() {
        await table();
        await access(await nearest(dirname(place)), constants.W_OK).catch((error: unknown) => {
          throw unusable(error);
        });
        return "usable";
      },
      async put(task, { status }) {
        const id = markOf(task);
        const { head, body: before } = await table();
        const there = before.find(([first]) => first === id);
        const fresh = rowOf(task);
        // Text that people wrote into the status or into further columns stays theirs.
        const row = there
          ? [
              ...(task.status === status ? fresh.with(STATUS, there[STATUS] ?? task.status) : fresh),
              ...there.slice(fresh.length),
            ]
          : fresh;
        const after = there ? before.map((each) => (each === there ? row : each)) : [...before, row];
        await write(place, csvText([head, ...after]));
        return { id, url: null, etag: null };
      },
      async look(items) {
        const status = new Map((await table()).body.map((row) => [row[0], row[STATUS]]));
        return items.map(({ id }) => ({ id, done: status.get(id)?.trim().toLowerCase() === "done" }));
      },
    };
  },
});

/** Nearest folder that is there; missing ones are made later. */
async function nearest(folder: string): Promise<string> {
  return access(folder).then(
    () => folder,
    () => nearest(dirname(folder)),
  );
}

/** Writes the table whole or not at all: a reader never sees half of it. */
async function write(place: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(place), { recursive: true });
    await writeFile(`${place}.new`, text, { mode: 0o640 });
    await rename(`${place}.new`, place);
  } catch (error) {
    throw unusable(error);
  }
}

function unusable(cause: unknown): TargetProblem {
  return new TargetProblem("misset", `the table cannot be read or written: ${String(cause)}`, { cause });
}
