import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Two pages: the widget, and the small page that hosts it without a Matrix client. Both may be served below any path. */
export default defineConfig({
  root: here("."),
  base: "./",
  plugins: [react()],
  build: {
    outDir: here("dist"),
    emptyOutDir: true,
    target: "es2022",
    rolldownOptions: { input: { widget: here("index.html"), hostPage: here("host-page/index.html") } },
    // The call (livekit-client) is one big part of its own, fetched while a person is joining.
    chunkSizeWarningLimit: 700,
  },
});
