import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Page } from "playwright-core";
import { z } from "zod";
import { startGallery } from "../tests/browser/gallery-pages.ts";
import { launchChromium } from "../tests/support/stack/chromium.ts";

const Cells = z.array(z.object({ name: z.string(), width: z.number(), height: z.number() }));

type Wanted = {
  readonly folder: string;
  /** Cells with this in their names. */
  readonly word: string;
  readonly theme: string;
  readonly language: string;
};

/** Looks so often at most until a page does not change any more. */
const LOOKS = 20;
const BETWEEN_MS = 250;

/** The page once two looks at it are alike: parts of it are fetched when they are wanted. */
async function settled(page: Page): Promise<Buffer> {
  let before = await page.screenshot();
  for (let look = 0; look < LOOKS; look += 1) {
    await wait(BETWEEN_MS);
    const now = await page.screenshot();
    if (now.equals(before)) return now;
    before = now;
  }
  return before;
}

/** Takes a picture of each cell of the gallery with that word in its name; answers with the files. */
export async function takePictures({ folder, word, theme, language }: Wanted): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const [gallery, browser] = await Promise.all([startGallery(), launchChromium()]);
  try {
    const page = await (await browser.newContext({ reducedMotion: "reduce" })).newPage();
    await page.goto(gallery.url);
    const cells = Cells.parse(await page.evaluate("cells")).filter(({ name }) => name.includes(word));
    const files: string[] = [];
    for (const { name, width, height } of cells) {
      const hash = new URLSearchParams({ cell: name, theme, lang: language }).toString();
      await page.setViewportSize({ width, height });
      await page.goto(`${gallery.url}#${hash}`);
      await page.locator(`html[data-shown="${hash}"]`).waitFor({ state: "attached" });
      const path = join(folder, `${name.replaceAll(/[^a-z0-9]/gi, "-")}.png`);
      await writeFile(path, await settled(page));
      files.push(path);
    }
    return files;
  } finally {
    await Promise.all([browser.close(), gallery.close()]);
  }
}
