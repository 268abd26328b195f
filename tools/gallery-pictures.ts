import { mkdir } from "node:fs/promises";
import { join } from "node:path";
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
      // Parts that are fetched when they are wanted have come.
      await page.waitForLoadState("networkidle");
      const path = join(folder, `${name.replaceAll(/[^a-z0-9]/gi, "-")}.png`);
      await page.screenshot({ path });
      files.push(path);
    }
    return files;
  } finally {
    await Promise.all([browser.close(), gallery.close()]);
  }
}
