import { readdir, rm, utimes, stat } from "node:fs/promises";
import { join } from "node:path";
import { build, preview } from "vite";
import { cached, cacheFolder } from "../../tools/setup/cache.ts";
import { progressOn } from "../../tools/setup/progress.ts";
import { hashOfSources } from "../../tools/setup/widget.ts";

const WIDGET = join(import.meta.dirname, "../../widget");
const COMMON = { configFile: join(WIDGET, "vite.config.ts"), logLevel: "error" } as const;

/** Folders of the made-up meetings that the gallery shows, with all that these take from outside the widget. */
const MADE_UP = ["tests/browser/fake-service", "tests/support/protocol"];

/** The gallery, built and served: each of its cells is a page, and so is each made-up scene. */
export async function startGallery(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = await preview({
    ...COMMON,
    build: { outDir: await builtGallery() },
    preview: { host: "127.0.0.1", port: 0 },
  });
  return {
    url: new URL("dev/gallery/", server.resolvedUrls?.local[0]).href,
    close: () => server.close(),
  };
}

/**
 * The folder of the built gallery, built anew only when what it is made of has changed. Built, each of the many pages
 * is two requests; served as it is worked on, each would be some hundred.
 */
async function builtGallery(): Promise<string> {
  const name = join("gallery", await hashOfSources(MADE_UP));
  const job = { name: "Gallery", doing: "Building the widget's gallery", usually: "about 5 s" };
  const folder = await cached(name, progressOn(), job, async (draft) => {
    await removeOld();
    const output = {
      outDir: draft.folder,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: { input: join(WIDGET, "dev/gallery/index.html") },
    };
    await build({ ...COMMON, build: output });
  });
  const now = new Date();
  await utimes(folder, now, now);
  return folder;
}

const KEPT_FOR_MS = 24 * 3_600_000;

/** Removes galleries of other sources that nobody has looked at for a day. */
async function removeOld(): Promise<void> {
  const folder = join(cacheFolder(), "gallery");
  for (const entry of await readdir(folder)) {
    const place = join(folder, entry);
    const { mtimeMs } = await stat(place).catch(() => ({ mtimeMs: Date.now() })); // Another run has just moved it.
    if (Date.now() - mtimeMs > KEPT_FOR_MS) await rm(place, { recursive: true, force: true });
  }
}
