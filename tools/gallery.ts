// npm run gallery: every part of the widget in each state, theme and language, on a page of its own. Ctrl-C ends it.
import { join } from "node:path";
import { createServer } from "vite";

const server = await createServer({
  configFile: join(import.meta.dirname, "../widget/vite.config.ts"),
  server: { host: "127.0.0.1", fs: { allow: [join(import.meta.dirname, "..")] } },
});
await server.listen();
console.log(`The gallery: ${new URL("dev/gallery/", server.resolvedUrls?.local[0]).href}`);
