import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, FrameLocator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../support/stack/chromium.ts";
import { LONG, someAt } from "../support/stack/long.ts";
import { startFakeCall } from "./fake-service/fake-call.ts";
import { type FakeService, startFakeService } from "./fake-service/fake-service.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const THEMES = ["light", "dark", "light-high-contrast", "dark-high-contrast"] as const;

let call: Awaited<ReturnType<typeof startFakeCall>>;
let service: FakeService;
let browser: Browser;
let page: Page;
/** One page for many screens: opening another each time takes longer than looking. */
let lasting: Page | null = null;

beforeAll(async () => {
  call = await startFakeCall();
  [service, browser] = await Promise.all([startFakeService({ call }), launchChromium()]);
});
afterEach(async () => {
  if (page !== lasting) await page.context().close();
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
  await call?.stop();
});

async function open(query: string, { width = 1100, height = 720 } = {}): Promise<FrameLocator> {
  const context = await browser.newContext({
    viewport: { width, height },
    permissions: ["microphone", "camera"],
    reducedMotion: "reduce",
  });
  page = await context.newPage();
  return show(query);
}

async function show(query: string): Promise<FrameLocator> {
  await page.goto(`${service.url}/?${query}`);
  const frame = page.frameLocator("iframe");
  await frame.locator(".sitting, .screen:not([data-screen=opening])").first().waitFor();
  return frame;
}

/** The same in a page that was used before, by somebody who has not been there yet. */
async function openAnew(query: string, size: { width?: number; height?: number }): Promise<FrameLocator> {
  if (lasting === null) {
    await open(query, size);
    lasting = page;
  }
  page = lasting;
  await page.setViewportSize({ width: 1100, height: 720, ...size });
  await page.evaluate("localStorage.clear()");
  await page.goto("about:blank");
  return show(query);
}

let looks = 0;

/**
 * Findings of axe in the widget's page, by all rules: the rule, and the first element that breaks it. In each theme in
 * the long run, else in one, the next page in the next. Compound's tooltips lie at the end of the page, beside its
 * landmarks, where the buttons they name find them.
 */
async function findings(): Promise<string[]> {
  const widget = page.frames()[1] ?? page.mainFrame();
  await widget.evaluate(AXE);
  const found: string[] = [];
  for (const theme of someAt(looks++, THEMES)) {
    await page.evaluate(
      (name) =>
        (globalThis as unknown as { tellWidget?: (action: string, data: unknown) => void }).tellWidget?.(
          "theme_change",
          { name },
        ),
      theme,
    );
    if (widget !== page.mainFrame())
      await page.frameLocator("iframe").locator(`html[data-theme="${theme}"]`).waitFor({ state: "attached" });
    const violations = (await widget.evaluate(
      `axe.run({ exclude: [["[data-floating-ui-portal]"]], rules: { "target-size": { enabled: true } } }).then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html.slice(0, 160) + " " + (nodes[0].any[0]?.message ?? "")))`,
    )) as string[];
    found.push(...violations.map((violation) => `${theme}: ${violation}`));
  }
  return found;
}

const press =
  (...testIds: string[]) =>
  async (frame: FrameLocator) => {
    for (const id of testIds) await frame.getByTestId(id).click();
  };
const showNetwork = async (frame: FrameLocator) => {
  await frame.locator("[data-tab=graph]").click();
  await frame.getByTestId("graph-filter").click();
  await frame.locator(".graph-node[data-kind=task]").first().click();
  await frame.getByTestId("graph-chosen").waitFor();
};
const searchAndCorrect = async (frame: FrameLocator) => {
  await frame.getByTestId("search").fill("simple");
  await frame.getByTestId("search-past").click();
  await frame.getByTestId("past-hit").waitFor();
  await frame.getByTestId("correct").first().click();
};
const chooseGroups = async (frame: FrameLocator) => {
  for (const place of [0, 1]) await frame.getByTestId("choose-group").nth(place).check();
};
const nothing = async () => undefined;
const PANEL = { width: 320, height: 720 };

const SCREENS = [
  ["someone else's turn", "state=others-turn&people=7", nothing, {}],
  ["my turn, in Russian", "state=my-turn&people=7&lang=ru", nothing, {}],
  ["late", "state=late&people=7", nothing, {}],
  ["the last seconds", "state=last-seconds&people=7", nothing, {}],
  ["the grace", "state=grace&people=7", nothing, {}],
  ["the word offered", "state=offered-to-me&people=7", nothing, {}],
  ["a speaker who dropped out", "state=held&people=7", nothing, {}],
  ["a pause", "state=paused&people=4", nothing, {}],
  ["hands", "state=hands&people=7", nothing, {}],
  ["writing in silence", "state=writing&people=7", nothing, {}],
  ["between circles, the keeper's menu", "state=between&people=7", press("keeper-menu"), {}],
  ["the end and its minutes", "state=ended&people=7", nothing, {}],
  ["the graph, and what is chosen in it", "state=ended&people=7", showNetwork, {}],
  ["what was searched for, and a text that is put right", "state=ended&people=7", searchAndCorrect, {}],
  ["consent", "state=consent&people=7", nothing, {}],
  ["texts that are grouped", "state=grouping-mine&people=7", chooseGroups, {}],
  ["dots that are given", "state=voting&people=7&lang=ru", nothing, {}],
  ["dots in a narrow panel, all given", "state=voted&people=7", nothing, PANEL],
  ["the start of a meeting", "state=no-call-gathering&people=7", press("start"), {}],
  ["gathering", "state=gathering&people=7", nothing, {}],
  ["no meeting", "state=no-meeting&people=4", nothing, {}],
  ["twenty people", "state=others-turn&people=20", nothing, {}],
  ["the device check", "state=arriving&people=7", press("join"), {}],
  ["the question whether one's words may be written", "state=no-call-unanswered&people=7", nothing, {}],
  ["a ring of whom some are not written", "state=unwritten&people=7", nothing, {}],
  ["the settings", "state=my-turn&people=7", press("open-settings"), {}],
  ["the help", "state=my-turn&people=7", press("open-help"), {}],
  ["a narrow panel", "state=my-turn&people=7", nothing, PANEL],
  ["the record in a narrow panel", "state=ended&people=7", press("toggle-record"), PANEL],
  ["the top of a room", "state=others-turn&people=7", nothing, { width: 1000, height: 290 }],
  ["a client's small picture", "state=others-turn&people=7", nothing, { width: 320, height: 220 }],
  ["not a member", "state=not-member", nothing, {}],
  ["identity refused", "state=others-turn&refuse", nothing, {}],
  ["the service away", "state=service-away", nothing, {}],
  ["an encrypted room", "state=encrypted-room", nothing, {}],
  ["the bot absent", "state=bot-absent", nothing, {}],
  ["the bot without power", "state=bot-without-power", nothing, {}],
] as const;
/** Looked at each time: one of those that are alike in what they consist of. */
const EACH_TIME: readonly string[] = [
  "someone else's turn",
  "my turn, in Russian",
  "hands",
  "writing in silence",
  "between circles, the keeper's menu",
  "the end and its minutes",
  "the graph, and what is chosen in it",
  "consent",
  "texts that are grouped",
  "dots that are given",
  "the start of a meeting",
  "the device check",
  "the question whether one's words may be written",
  "the settings",
  "the record in a narrow panel",
  "a client's small picture",
  "not a member",
  "the bot absent",
];

test.each(SCREENS.filter(([name]) => LONG || EACH_TIME.includes(name)))(
  "axe finds nothing: %s",
  async (_name, query, after, size) => {
    const frame = await openAnew(query, size);
    await after(frame);
    expect(await findings()).toEqual([]);
  },
);

test("axe finds nothing: in the call, a shown screen and a connection that is lost", async () => {
  const frame = await open("state=my-turn&people=7");
  await joinByKeyboard(frame);
  await frame.getByTestId("screen").click();
  await frame.getByTestId("shown-screen").waitFor();
  expect(await findings()).toEqual([]);
});

test("opened outside a client, it is as legible", async () => {
  await open("state=others-turn");
  await page.goto(`${service.url}/widget/`);
  await page.getByRole("heading", { name: "Open this in a room" }).waitFor();
  expect(await findings()).toEqual([]);
});

test("the keyboard alone joins, finds the help, passes the word and steers", async () => {
  const frame = await open("state=my-turn&people=2");
  await joinByKeyboard(frame);
  await page.keyboard.press("?");
  await frame.getByTestId("help").waitFor();
  await page.keyboard.press("Escape");
  await frame.getByTestId("help").waitFor({ state: "detached" });
  // A word that has just come is not passed on by a key that was pressed for something else.
  await expect
    .poll(async () => {
      await frame.locator("body").press("Space");
      return frame.getByTestId("pass").count();
    })
    .toBe(0);
  await tabTo(frame, "keeper-menu");
  await page.keyboard.press("Enter");
  await tabTo(frame, "pause");
  await page.keyboard.press("Enter");
  await frame.locator(".stage-name", { hasText: "Paused" }).waitFor();
  await expect.poll(() => service.commands.slice(-2).map(({ type }) => type)).toEqual(["pass", "pause"]);
});

async function joinByKeyboard(frame: FrameLocator): Promise<void> {
  await tabTo(frame, "join");
  await page.keyboard.press("Enter");
  await tabTo(frame, "join-now");
  // It can be reached before the microphone is heard, and does nothing until then.
  await frame.locator("[data-testid=join-now]:not([aria-disabled=true], :disabled)").waitFor();
  await page.keyboard.press("Enter");
  await frame.getByTestId("leave").waitFor();
}

async function tabTo(frame: FrameLocator, testId: string): Promise<void> {
  const target = frame.getByTestId(testId);
  await target.waitFor();
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
  }
  throw new Error(`${testId} is not reached by the Tab key`);
}
