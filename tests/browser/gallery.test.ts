import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../support/stack/chromium.ts";
import { LONG } from "../support/stack/long.ts";
import { startGallery } from "./gallery-pages.ts";

let gallery: Awaited<ReturnType<typeof startGallery>>;
let browser: Browser;

beforeAll(async () => {
  [gallery, browser] = await Promise.all([startGallery(), launchChromium()]);
});
afterAll(async () => {
  await Promise.all([browser?.close(), gallery?.close()]);
});

test("the cells of the gallery are drawn, in Russian and dark, too", { timeout: 240_000 }, async () => {
  const context = await browser.newContext({
    viewport: { width: 1400, height: 900 },
    permissions: ["microphone", "camera"],
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  await page.goto(gallery.url, { waitUntil: "domcontentloaded" });
  await page.locator("iframe").first().waitFor();
  const cells = await page.locator("iframe").evaluateAll((frames) => frames.map((frame) => frame.title));
  expect(cells.length).toBeGreaterThan(50);
  for (const [index, cell] of cells.entries()) {
    if (!LONG && index % 5 > 0) continue;
    const [theme, lang] = index % 2 ? ["dark", "ru"] : ["light-high-contrast", "en"];
    const hash = new URLSearchParams({ cell, theme, lang } as Record<string, string>).toString();
    await page.goto(`${gallery.url}#${hash}`);
    await page.locator(`html[data-shown="${hash}"]`).waitFor({ state: "attached" });
    const drawn = async () => (await page.locator("#root").innerHTML()).length;
    await expect.poll(drawn, { message: cell }).toBeGreaterThan(200);
  }
  expect(faults).toEqual([]);
  await context.close();
});
