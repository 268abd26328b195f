import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, preview } from "vite";

const WIDGET = join(import.meta.dirname, "../../widget");

/** The gallery, built and served: each of its cells is a page, and so is each made-up scene. */
export async function startGallery(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "mindminder-gallery-"));
  // Built once, each of the many pages is two requests; served as it is worked on, each would be some hundred.
  const output = {
    outDir: folder,
    emptyOutDir: true,
    minify: false,
    rolldownOptions: { input: join(WIDGET, "dev/gallery/index.html") },
  };
  const common = { configFile: join(WIDGET, "vite.config.ts"), logLevel: "error" } as const;
  await build({ ...common, build: output });
  const server = await preview({ ...common, build: { outDir: folder }, preview: { host: "127.0.0.1", port: 0 } });
  return {
    url: new URL("dev/gallery/", server.resolvedUrls?.local[0]).href,
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
