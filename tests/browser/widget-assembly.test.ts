import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../support/stack/chromium.ts";
import { firstOfEach } from "../support/stack/long.ts";
import { startGallery } from "./gallery-pages.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Each cell is looked at in one of these, the next in the next. */
const LOOKS = [
  ["light", "en"],
  ["dark", "ru"],
  ["light-high-contrast", "ru"],
  ["dark-high-contrast", "en"],
] as const;
const WIDE = [1180, 760] as const;
const PHONE = [390, 780] as const;

type Size = readonly [width: number, height: number];

/** Each as it is looked at, and the part of it that somebody came for. */
const CELLS: readonly (readonly [cell: string, size: Size])[] = [
  ...[40, 15, 5, 2].flatMap((rings) => [
    [`assembly map: ${rings}`, WIDE] as const,
    [`assembly map: ${rings} on a phone`, PHONE] as const,
  ]),
  ["assembly map: 15 in Element, 972 wide", [972, 454]],
  ["assembly map: 15 in Element, 552 wide", [552, 700]],
  ["assembly map: 15 in Element, 319 wide", [319, 600]],
  ["assembly map: a group calls", WIDE],
  ["assembly map: the keeper on a phone", PHONE],
  ["assembly map: placing", WIDE],
  ["assembly map: placing on a phone", PHONE],
  ["assembly map: delegates, as a listener", WIDE],
  ["assembly map: delegates, as a listener on a phone", PHONE],
  ["assembly map: from the gallery on a phone", PHONE],
  ["assembly: from the gallery", WIDE],
  ["assembly: placing", WIDE],
  ["assembly: placing on a phone", PHONE],
  ["assembly: delegates, as a listener", WIDE],
  ["assembly: delegates, as a listener on a phone", PHONE],
  ["assembly: delegates, as a delegate", WIDE],
  ["assembly: delegates, from the empty chair", WIDE],
  ["assembly: 15 in Element, 319 wide", [319, 600]],
  ["assembly: gathering", WIDE],
  ["assembly: gathering on a phone", PHONE],
  ["assembly: wishes", WIDE],
  ["assembly: wishes on a phone", PHONE],
  ["assembly: its beginning", WIDE],
  ["assembly: its beginning on a phone", PHONE],
  ["assembly map: topics", WIDE],
  ["assembly map: topics on a phone", PHONE],
  ["assembly: done, and waiting for the others", WIDE],
  ["assembly: done, and waiting for the others on a phone", PHONE],
  ["assembly: the group's summary on a phone", PHONE],
  ["assembly: what the groups gave along on a phone", PHONE],
];

let gallery: Awaited<ReturnType<typeof startGallery>>;
let browser: Browser;
let pointed: Page;
let touched: Page;

beforeAll(async () => {
  [gallery, browser] = await Promise.all([startGallery(), launchChromium()]);
  const common: BrowserContextOptions = { permissions: ["microphone", "camera"], reducedMotion: "reduce" };
  pointed = await (await browser.newContext(common)).newPage();
  touched = await (await browser.newContext({ ...common, hasTouch: true, isMobile: true })).newPage();
});
afterAll(async () => {
  await browser?.close();
  await gallery?.close();
});

async function open(cell: string, [width, height]: Size, theme = "light", lang = "en"): Promise<Page> {
  const page = width < 480 ? touched : pointed;
  await page.setViewportSize({ width, height });
  const hash = new URLSearchParams({ cell, theme, lang }).toString();
  await page.goto(`${gallery.url}#${hash}`);
  await page.locator(`html[data-shown="${hash}"]`).waitFor({ state: "attached" });
  await page.locator("dialog, .assembly-strip").first().waitFor();
  if (cell.startsWith("assembly map: topics")) await page.getByTestId("topics").waitFor();
  return page;
}

/** Runs in the page: what sticks out to the side, is too small for a finger, or is cut. */
const FAULTS = `(() => {
  const faults = [];
  const { clientWidth } = document.documentElement;
  if (document.documentElement.scrollWidth > clientWidth) faults.push("the page is wider than the window");
  const places = document.querySelectorAll(".assembly-strip, .assembly-strip button, .dialog .button, .dialog [role=tab], .dialog-head > button, .dialog select, .done-waits, .speaks-for, .ring-details, .ring-wish");
  for (const each of places) {
    if (each.getClientRects().length === 0) continue;
    const { left, right, width, height } = each.getBoundingClientRect();
    const name = each.getAttribute("data-testid") || each.className;
    if (left < -0.5 || right > clientWidth + 0.5) faults.push(name + " sticks out");
    if (!each.matches("button, select")) continue;
    if (each.scrollWidth > each.clientWidth + 1) faults.push("the words of " + name + " are cut");
    if (matchMedia("(pointer: coarse)").matches && (height < 43.5 || width < 43.5)) faults.push(name + " is " + width + " by " + height);
  }
  return faults;
})()`;

const axe = `axe.run([...document.querySelectorAll("dialog, .assembly-strip, .done-waits, .speaks-for")], { rules: { "target-size": { enabled: true } } })
  .then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html.slice(0, 160) + " " + (nodes[0].any[0]?.message ?? "")))`;

/** Cells that differ in a number alone are of one kind: the first has most in it, or most room. */
const withoutNumbers = ([cell]: (typeof CELLS)[number]) => cell.replaceAll(/\d+/g, "");

test.each(firstOfEach(CELLS, withoutNumbers))(
  "%s: nothing sticks out, is cut or too small, and axe finds nothing",
  async (cell, size) => {
    const [theme, lang] = LOOKS[CELLS.findIndex(([name]) => name === cell) % LOOKS.length] ?? LOOKS[0];
    const page = await open(cell, size, theme, lang);
    await expect.poll(() => page.evaluate(FAULTS), { message: `${theme} ${lang}` }).toEqual([]);
    await page.evaluate(AXE);
    expect(await page.evaluate(axe), `${theme} ${lang}`).toEqual([]);
  },
);

test.each(firstOfEach([40, 2, 15, 5], (rings) => rings < 15))(
  "all of %i groups are seen at once on a desk, with the keeper's tools",
  async (rings) => {
    const page = await open(`assembly map: ${rings}`, WIDE);
    const hidden = () =>
      page.evaluate(
        `[...document.querySelectorAll("[role=tab], [data-testid=keeper-tools] button")].filter((each) => {
      const { left, top, width, height } = each.getBoundingClientRect();
      const on = document.elementFromPoint(left + width / 2, top + height - 8);
      return !each.contains(on);
    }).length`,
      );
    await expect.poll(hidden).toBe(0);
  },
);

test("the keyboard alone reaches any group, and the keeper's ways into it", async () => {
  const page = await open("assembly map: 15", WIDE);
  const focused = () => page.evaluate(`document.activeElement.getAttribute("data-testid")`);
  const until = async (testId: string) => {
    for (let presses = 0; presses < 12; presses += 1) {
      if ((await focused()) === testId) return;
      await page.keyboard.press("Tab");
    }
    expect(await focused()).toBe(testId);
  };
  await until("ring-on-map-2");
  await page.keyboard.press("ArrowDown");
  await expect.poll(focused).toBe("ring-on-map-7");
  await expect.poll(() => page.getByTestId("ring-details").getByRole("heading").textContent()).toBe("Group 7");
  await until("sit-in-7");
  await until("listen-in-7");
  await until("bring-whom");
  await until("more-for-all");
});
