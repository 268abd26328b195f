// npm run gallery: every part of the widget in each state, theme and language, on a page of its own. Ctrl-C ends it.
// npm run gallery -- --pictures FOLDER [--of WORD]: pictures of all of them, or of those with that word in their names.
import { join, resolve } from "node:path";
import { Command } from "commander";
import { createServer } from "vite";
import { takePictures } from "./gallery-pictures.ts";

type Options = { pictures?: string; of: string; theme: string; language: string };

const options = new Command("npm run gallery --")
  .option("--pictures <folder>", "takes pictures in place of showing the gallery")
  .option("--of <word>", "of those alone that have this in their names", "")
  .option("--theme <theme>", "in this theme", "light")
  .option("--language <language>", "in this language", "en")
  .parse()
  .opts<Options>();

if (options.pictures === undefined) await show();
else {
  const { pictures, of: word, theme, language } = options;
  for (const file of await takePictures({ folder: resolve(pictures), word, theme, language })) console.log(file);
}

async function show(): Promise<void> {
  const server = await createServer({
    configFile: join(import.meta.dirname, "../widget/vite.config.ts"),
    server: { host: "127.0.0.1", fs: { allow: [join(import.meta.dirname, "..")] } },
  });
  await server.listen();
  console.log(`The gallery: ${new URL("dev/gallery/", server.resolvedUrls?.local[0]).href}`);
}
