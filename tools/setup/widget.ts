import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { logFile } from "./cache.ts";
import { run } from "./command.ts";
import type { Progress } from "./progress.ts";

const PROJECT = join(import.meta.dirname, "..", "..");
/** Sources of the built widget: its own files, those that it shares with the service, and its libraries' versions. */
const SOURCES = ["widget", "appservice/protocol", "package-lock.json"];
/** The widget, and the page that hosts it in tests and the demo. */
const PAGES = [
  { root: "widget", dist: join(PROJECT, "widget/dist") },
  { root: "widget/dev", dist: join(PROJECT, "widget/dev/dist") },
] as const;
const NOT_SOURCES = new Set(["dist", "node_modules"]);

export type WidgetPaths = {
  /** The folder of static files. */
  dist: string;
};

/** The built widget, built anew only when what it is made of has changed. */
export async function ensureWidget(progress: Progress): Promise<WidgetPaths> {
  const [{ dist }] = PAGES;
  const wanted = await hashOfSources();
  const builtFrom = await Promise.all(
    PAGES.map((page) => readFile(join(page.dist, ".built-from"), "utf8").catch(() => undefined)),
  );
  if (builtFrom.every((hash) => hash === wanted)) return { dist };

  const job = { name: "Widget", doing: "Building the widget into widget/dist", usually: "about 5 s" };
  await progress.during(job, async (note) => {
    const log = logFile("widget");
    await rm(log, { force: true });
    // Built elsewhere on the same disk and moved, so that a half-built widget is never served.
    const draft = join(PROJECT, "node_modules", ".cache", `widget-${process.pid}`);
    await mkdir(draft, { recursive: true });
    try {
      const vite = join(PROJECT, "node_modules", "vite", "bin", "vite.js");
      for (const { root, dist } of PAGES) {
        await run(process.execPath, [vite, "build", root, "--outDir", draft, "--emptyOutDir"], {
          cwd: PROJECT,
          env: { NODE_ENV: "production", NO_COLOR: "1" },
          log,
          note,
          remedy: "the widget's sources do not build: see the lines above",
        });
        await writeFile(join(draft, ".built-from"), wanted);
        await rm(dist, { recursive: true, force: true });
        await rename(draft, dist);
      }
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  });
  return { dist };
}

/** Hash of all that the widget is made of, and of the files in other folders of the project, in hexadecimal. */
export async function hashOfSources(others: readonly string[] = []): Promise<string> {
  const files = (await Promise.all([...SOURCES, ...others].map((source) => filesIn(join(PROJECT, source)))))
    .flat()
    .sort();
  const hash = createHash("sha256");
  for (const file of files)
    hash
      .update(`${relative(PROJECT, file)}\0`)
      .update(await readFile(file))
      .update("\0");
  return hash.digest("hex");
}

async function filesIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined);
  if (!entries) return [path];
  const found = entries
    .filter(({ name }) => !NOT_SOURCES.has(name) && !name.includes(".test."))
    .map((entry) => (entry.isDirectory() ? filesIn(join(path, entry.name)) : [join(path, entry.name)]));
  return (await Promise.all(found)).flat();
}
