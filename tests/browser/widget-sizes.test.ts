import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../support/stack/chromium.ts";
import { LONG, someAt } from "../support/stack/long.ts";
import { startGallery } from "./gallery-pages.ts";

type Size = readonly [width: number, height: number];

/** Sizes that Element gives a widget, and phones. */
const OF_ELEMENT: readonly Size[] = [
  [972, 454],
  [652, 454],
  [552, 700],
  [319, 700],
  [304, 242],
];
const PHONES: readonly Size[] = [
  [390, 844],
  [320, 720],
];
/**
 * Sizes that a window may have, and a page made four times as large: looked at in the language with the longer words.
 */
const POINTED: readonly Size[] = [
  ...OF_ELEMENT,
  [552, 454],
  [1200, 760],
  [1920, 1080],
  [1000, 400],
  [700, 300],
  [780, 360],
  [560, 500],
  [320, 256],
];
const TOUCHED: readonly Size[] = [...PHONES, [360, 740], [844, 390]];

/** The answer of widget/dev/gallery/measure.ts. */
type Measured = { readonly faults: string[]; readonly main: { left: number; width: number; bottom: number } | null };

type Seen = { readonly size: string; readonly measured: Measured };

type Scene = {
  readonly name: string;
  readonly scene: string;
  readonly joined?: boolean;
  /** Pressed first. */
  readonly press?: string;
  readonly reach: readonly string[];
  /** True where it does not fit at all: a client's small picture shows no form. */
  readonly notTiny?: boolean;
};

const SCENES: readonly Scene[] = [
  { name: "no meeting, not joined", scene: "no-meeting", joined: false, reach: ["join"] },
  { name: "no meeting", scene: "no-meeting", reach: ["start", "leave"] },
  {
    name: "joining",
    scene: "arriving",
    joined: false,
    press: "join",
    reach: ["consent", "join-unwritten", "join-now"],
  },
  { name: "asked in the ring", scene: "unanswered", reach: ["disagree", "agree"] },
  { name: "gathering", scene: "gathering", reach: ["start", "leave"] },
  { name: "starting", scene: "gathering", press: "start", reach: ["topic", "start-now"], notTiny: true },
  { name: "my turn", scene: "my-turn", reach: ["pass", "microphone", "leave"] },
  { name: "my turn, not joined", scene: "my-turn", joined: false, reach: ["pass", "join"] },
  { name: "my turn as the keeper", scene: "keeper-turn", reach: ["pass", "keeper-menu", "leave"] },
  { name: "my grace", scene: "grace", reach: ["pass", "leave"] },
  { name: "offered to me", scene: "offered-to-me", reach: ["take", "leave"] },
  { name: "another's turn", scene: "others-turn", reach: ["my-turn", "leave"] },
  { name: "another's turn, not joined", scene: "others-turn", joined: false, reach: ["join"] },
  { name: "another's turn for the keeper", scene: "keeper", reach: ["keeper-menu", "leave"] },
  { name: "somebody dropped out", scene: "held", reach: ["leave"] },
  { name: "paused", scene: "paused", reach: ["leave"] },
  { name: "the call is away", scene: "call-away", reach: ["leave"] },
  { name: "paused, for the keeper", scene: "keeper-paused", reach: ["resume-now", "keeper-menu", "leave"] },
  { name: "between", scene: "between", reach: ["next-circle-now", "keeper-menu", "leave"] },
  { name: "writing", scene: "writing", reach: ["my-text", "finish-text", "leave"] },
  { name: "consent", scene: "consent", reach: ["consent-position", "object-position", "leave"] },
  { name: "grouping, with the word", scene: "grouping-mine", reach: ["pass", "leave"] },
  { name: "giving dots", scene: "voting", reach: ["leave"] },
  { name: "ended", scene: "ended", reach: ["start", "leave"] },
];

let gallery: Awaited<ReturnType<typeof startGallery>>;
let browser: Browser;
const LANGUAGES = ["en", "ru"] as const;
/**
 * Pages in each language, one for a mouse and one for a finger: opening another each time takes longer than looking.
 */
let pages: Record<(typeof LANGUAGES)[number], { readonly pointed: Page; readonly touched: Page }>;
const problems: string[] = [];

beforeAll(async () => {
  [gallery, browser] = await Promise.all([startGallery(), launchChromium()]);
  const open = async (context: BrowserContext) => {
    const page = await context.newPage();
    page.on("pageerror", (error) => problems.push(String(error)));
    return page;
  };
  const common: BrowserContextOptions = { permissions: ["microphone", "camera"], reducedMotion: "reduce" };
  const openTwo = async () => ({
    pointed: await open(await browser.newContext(common)),
    touched: await open(await browser.newContext({ ...common, hasTouch: true, isMobile: true })),
  });
  pages = { en: await openTwo(), ru: await openTwo() };
});
afterAll(async () => {
  await browser?.close();
  await gallery?.close();
});

/** A fault that is still there after so long is one, on a busy machine, too. */
const LOOKS_FOR_MS = 20_000;

/** It has been laid out anew, and drawn. */
const AT_REST = `document.fonts.ready.then(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve))))).then(() => null)`;

async function look(
  page: Page,
  sizes: readonly Size[],
  { scene, joined = true, press, reach, notTiny = false, lang, least }: Scene & { lang: string; least: number },
): Promise<Seen[]> {
  const hash = new URLSearchParams({ scene, lang, people: "7", call: joined ? "in" : "out" }).toString();
  await page.setViewportSize({ width: sizes[0]?.[0] ?? 972, height: sizes[0]?.[1] ?? 454 });
  await page.goto(`${gallery.url}#${hash}`);
  await page.locator(`html[data-shown="${hash}"]`).waitFor({ state: "attached" });
  await page.locator(".sitting").waitFor();
  if (press) await page.getByTestId(press).click();
  if (press) await page.getByTestId(reach.at(-1) ?? "").waitFor({ state: "attached" });
  const seen: Seen[] = [];
  for (const [width, height] of sizes) {
    const tiny = width < 420 && height < 330;
    if (tiny && notTiny) continue;
    await page.setViewportSize({ width, height });
    const needed = tiny ? reach.filter((id) => id !== "my-text") : reach;
    const wanted = needed.map((id) => ({ id, height: id === "consent" ? 0 : tiny ? Math.min(least, 36) : least }));
    const measured = await measureAtRest(page, wanted);
    seen.push({ size: `${width} × ${height}`, measured });
    if (measured.faults.length > 0) break; // The first tells enough, and each waits for it to pass.
  }
  return seen;
}

/** Measures until two results are the same: things moved by the new size may still be on their way. */
async function measureAtRest(page: Page, wanted: readonly { id: string; height: number }[]): Promise<Measured> {
  let before = "";
  for (const until = performance.now() + LOOKS_FOR_MS; ; ) {
    await page.evaluate(AT_REST);
    const measured = (await page.evaluate(`measure(${JSON.stringify(wanted)})`)) as Measured;
    const now = JSON.stringify(measured.main);
    if ((measured.faults.length === 0 && now === before) || performance.now() > until) return measured;
    before = now;
  }
}

/** Sizes in which a scene is looked at: all of them in the long run, else some of them, others in the next scene. */
const pointedAt = (place: number, lang: string) =>
  LONG ? (lang === "ru" ? POINTED : OF_ELEMENT) : someAt(place, POINTED, 4);
const touchedAt = (place: number, lang: string) => (LONG ? (lang === "ru" ? TOUCHED : PHONES) : someAt(place, TOUCHED));

/** Places of the main button in each size, over all scenes. */
const mains = new Map<string, Set<string>>();

test.each(SCENES)("$name: the main action is in view in every size, and nothing is cut or covered", async (scene) => {
  const place = SCENES.indexOf(scene);
  const finger = scene.reach.includes("my-turn") ? 16 : 44;
  // All at once: nearly all of it is waiting for the next picture to be drawn.
  const seen = (
    await Promise.all(
      someAt(place, LANGUAGES).flatMap((lang) => [
        look(pages[lang].pointed, pointedAt(place, lang), { ...scene, lang, least: 16 }),
        look(pages[lang].touched, touchedAt(place, lang), { ...scene, lang, least: finger }),
      ]),
    )
  ).flat();
  for (const {
    size,
    measured: { main },
  } of seen) {
    if (main) mains.set(size, (mains.get(size) ?? new Set()).add(JSON.stringify(main)));
  }
  expect(seen.flatMap(({ size, measured }) => measured.faults.map((fault) => `${size}: ${fault}`))).toEqual([]);
  expect(problems.splice(0)).toEqual([]);
});

test("the main button stands in one place and has one width, whoever I am and whatever goes on", () => {
  expect(mains.size).toBe(POINTED.length + TOUCHED.length);
  for (const [size, places] of mains) expect([...places].join(" or "), size).toBe([...places][0]);
});
