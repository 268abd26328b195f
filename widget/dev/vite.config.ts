import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import widget from "../vite.config.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The small page that hosts the widget without a Matrix client, for tests and the demo: built as the widget is, beside
 * it.
 */
export default defineConfig({
  ...widget,
  root: here("."),
  build: {
    ...widget.build,
    outDir: here("dist"),
    rolldownOptions: { input: here("host-page/index.html") },
  },
});
