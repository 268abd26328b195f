import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { build, preview, type PreviewServer } from "vite";
import { launchChromium } from "../stack/chromium.ts";

const WIDGET = join(import.meta.dirname, "../../widget");

let folder: string;
let server: PreviewServer;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mindminder-gallery-"));
  // Built once, each of the many pages is two requests; served as it is worked on, each would be some hundred.
  const output = { outDir: folder, emptyOutDir: true, minify: false, rolldownOptions: { input: join(WIDGET, "gallery/index.html") } };
  const common = { configFile: join(WIDGET, "vite.config.ts"), logLevel: "error" } as const;
  await build({ ...common, build: output });
  server = await preview({ ...common, build: { outDir: folder }, preview: { host: "127.0.0.1", port: 0 } });
  browser = await launchChromium();
});
afterAll(async () => {
  await Promise.all([browser?.close(), server?.close()]);
  await rm(folder, { recursive: true, force: true });
});

test("every cell of the gallery is drawn, in Russian and dark, too", async () => {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, permissions: ["microphone", "camera"] });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  const gallery = new URL("gallery/", server.resolvedUrls?.local[0]).href;
  await page.goto(gallery);
  await page.locator("iframe").first().waitFor();
  const cells = await page.locator("iframe").evaluateAll((frames) => frames.map((frame) => frame.title));
  expect(cells.length).toBeGreaterThan(50);
  for (const [index, cell] of cells.entries()) {
    const [theme, lang] = index % 2 ? ["dark", "ru"] : ["light-high-contrast", "en"];
    const hash = new URLSearchParams({ cell, theme, lang } as Record<string, string>).toString();
    await page.goto("about:blank");
    await page.goto(`${gallery}#${hash}`);
    await page.locator("#root > *").first().waitFor({ state: "attached" });
    const drawn = await page.locator("#root").innerHTML();
    expect(drawn.length, cell).toBeGreaterThan(200);
  }
  expect(faults).toEqual([]);
  await context.close();
});
