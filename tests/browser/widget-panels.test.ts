import type { Browser, FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../support/stack/chromium.ts";
import { LONG, someAt } from "../support/stack/long.ts";
import { startFakeService, type FakeService } from "./fake-service/fake-service.ts";
import { ELEMENT } from "./fake-service/panel-views.ts";

let service: FakeService;
let browser: Browser;
/** One page for all: opening another each time takes longer than looking. */
let page: Page;

beforeAll(async () => {
  [service, browser] = await Promise.all([startFakeService(), launchChromium()]);
  page = await (await browser.newContext()).newPage();
  await page.goto(`${service.url}/?state=others-turn`);
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

type Size = { readonly width: number; readonly height: number };

async function open(query: string, size: Size): Promise<FrameLocator> {
  // Opens the page as for somebody who has not been there yet.
  await page.evaluate("localStorage.clear()");
  await page.setViewportSize(size);
  await page.goto("about:blank");
  await page.goto(`${service.url}/?${query}`);
  const frame = page.frameLocator("iframe");
  await frame.locator(".sitting").waitFor();
  return frame;
}

/**
 * Height in pixels of an element that a person sees: parts outside its scrolling boxes, or below the frame, are not
 * seen.
 */
const SEEN = `(element) => {
  if (!element) return 0;
  let { left, right, top, bottom } = element.getBoundingClientRect();
  for (let at = element.parentElement; at; at = at.parentElement) {
    if (getComputedStyle(at).overflowY === "visible") continue;
    const box = at.getBoundingClientRect();
    [left, right, top, bottom] = [Math.max(left, box.left), Math.min(right, box.right), Math.max(top, box.top), Math.min(bottom, box.bottom)];
  }
  return right - left < 2 ? 0 : Math.max(0, Math.min(bottom, innerHeight) - Math.max(0, top));
}`;

function inWidget<Answer>(script: string): Promise<Answer> {
  const widget = page.frames()[1];
  if (!widget) throw new Error("there is no widget on the page");
  return widget.evaluate<Answer>(script);
}

const seenOf = (selector: string) => inWidget<number>(`(${SEEN})(document.querySelector(${JSON.stringify(selector)}))`);
const seen = (testId: string) => seenOf(`[data-testid="${testId}"]`);
/** A busy machine may take its time. */
const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read);

const SIZES = Object.entries({
  top: ELEMENT.top,
  beside: ELEMENT.beside,
  maximised: ELEMENT.maximised,
  panel: ELEMENT.panel,
  phone: { width: 390, height: 844 },
});

test.each(someAt(0, SIZES, 2))(
  "writing in silence, %s: there is a field to write in, and the button that finishes",
  async (_, size) => {
    await open("state=writing&people=7", size);
    await eventually(() => seen("my-text")).toBeGreaterThan(60);
    await eventually(() => seen("finish-text")).toBeGreaterThan(30);
  },
);

test.each(someAt(1, SIZES, 2))("consent, %s: both answers are seen whole, and look alike", async (_, size) => {
  await open("state=consent&people=7&lang=ru", size);
  await eventually(() => seen("consent-position")).toBeGreaterThan(30);
  await eventually(() => seen("object-position")).toBeGreaterThan(30);
  const look = (id: string) =>
    inWidget(
      `(({ backgroundColor, color, height, width }) => ({ backgroundColor, color, height, width: Math.round(parseFloat(width)) }))(getComputedStyle(document.querySelector('[data-testid="${id}"]')))`,
    );
  await eventually(async () => JSON.stringify(await look("consent-position"))).toBe(
    JSON.stringify(await look("object-position")),
  );
});

test.each(someAt(2, SIZES, 2))("after the end, %s: what waits for an answer is one press away", async (_, size) => {
  const frame = await open("state=ended&people=7", size);
  await eventually(() => seen("look-through")).toBeGreaterThan(30);
  await frame.getByTestId("look-through").click();
  await frame.locator("[data-tab=minutes][aria-selected=true]").waitFor();
  await eventually(() => seenOf(".record li[data-status=suggested]:has(button)")).toBeGreaterThan(20);
});

test.each(someAt(0, [320, 420, 570, 690], 2))(
  "every format of export lies within a frame of %i pixels",
  async (width) => {
    const frame = await open("state=ended&people=7", { width, height: 600 });
    await frame.getByTestId("export").click();
    await frame.getByTestId("save-markdown").waitFor();
    const beyond = () =>
      inWidget<string[]>(`[...document.querySelectorAll("[data-testid^=save-]")]
    .filter((button) => button.getBoundingClientRect().right > innerWidth || button.getBoundingClientRect().left < 0)
    .map((button) => button.textContent)`);
    await eventually(beyond).toEqual([]);
  },
);

test("a client's small picture after the end says in one line that it is over", async () => {
  const frame = await open("state=ended&people=7", ELEMENT.picture);
  await frame.locator(".after-over").waitFor();
  await eventually(() => frame.getByTestId("look-through").isVisible()).toBe(false);
});

test("each reason to raise a hand has its explanation on a line of its own", async () => {
  const frame = await open("state=hands-waiting&people=7", ELEMENT.top);
  await frame.getByTestId("hand").click();
  await frame.getByTestId("hand-clarify").waitFor();
  const [name = 0, about = 0] = await inWidget<number[]>(`(() => {
    const small = document.querySelector("[data-testid=hand-clarify] small");
    const words = document.createRange();
    words.selectNodeContents(small.previousSibling);
    return [words.getBoundingClientRect().bottom, small.getBoundingClientRect().top];
  })()`);
  expect(about).toBeGreaterThanOrEqual(name - 2);
});

test.each(someAt(3, SIZES, 2))(
  "past meetings that the room does not show a newcomer, %s: it is said why they are missing",
  async (_, size) => {
    const frame = await open("state=newcomer&people=7", size);
    if (!(await frame.getByTestId("record").isVisible())) await frame.getByTestId("toggle-record").click();
    await frame.getByTestId("hidden-meetings").waitFor();
    await eventually(() => seen("hidden-meetings")).toBeGreaterThan(15);
    await eventually(() => frame.getByTestId("hidden-meetings").textContent()).toBe(
      "Some earlier meetings are not listed: this room shows you its history only from when you came.",
    );
  },
);

/** Runs in the widget's page: what is pressed in the record and smaller than WCAG 2.2 asks for. */
const SMALL = `[...document.querySelectorAll(".record button, .record a, .record input, .record select, .record summary, .after button")]
  .filter((element) => element.getClientRects().length > 0)
  .map((element) => ({ name: element.outerHTML.slice(0, 90), width: element.getBoundingClientRect().width, height: element.getBoundingClientRect().height }))
  .filter(({ width, height }) => width < 24 || height < 24)`;

test.each(["said", "minutes", "graph", "time"])(
  "everything that is pressed in the record's part %s is large enough for a finger",
  async (tab) => {
    const frame = await open("state=ended&people=4&me=keeper", { width: 1200, height: 760 });
    await frame.locator(`[data-tab=${tab}]`).click();
    await frame.locator(`[data-tab=${tab}][aria-selected=true]`).waitFor();
    if (tab === "graph") await frame.getByTestId("graph").waitFor();
    await eventually(() => inWidget(SMALL)).toEqual([]);
  },
);

test("what was searched for is seen from its first place on, and the meeting of the past that has it", async () => {
  const frame = await open("state=ended&people=7", { width: 1200, height: 760 });
  await frame.getByTestId("search").fill("water");
  await frame.getByTestId("hit").first().waitFor();
  await eventually(() => seen("hit")).toBeGreaterThan(20);
  await frame.getByTestId("search-past").click();
  await frame.getByTestId("past-hit").waitFor();
  await eventually(() => frame.getByTestId("past-hit").textContent()).toContain("Winter, looking back");
});

test.each(someAt(4, SIZES, 2))(
  "putting right what was heard, %s: the field and the button that saves are seen",
  async (_, size) => {
    const frame = await open("state=ended&people=7", size);
    if (!(await frame.getByTestId("record").isVisible())) await frame.getByTestId("toggle-record").click();
    await frame.locator("[data-tab=said]").click();
    await frame.getByTestId("correct").first().click();
    await eventually(() => seen("save")).toBeGreaterThan(25);
    await eventually(() => seenOf("[data-testid=editor] textarea")).toBeGreaterThan(25);
  },
);

const TABS = [
  ["en", ELEMENT.panel],
  ["ru", ELEMENT.panel],
  ["ru", { width: 880, height: 640 }],
] as const;

test.each(TABS.slice(LONG ? 0 : 1))("the record's tabs in %s lie over nothing", async (language, size) => {
  const frame = await open(`state=ended&people=4&lang=${language}`, size);
  if (!(await frame.getByTestId("record").isVisible())) await frame.getByTestId("toggle-record").click();
  await frame.locator("[data-tab=time]").waitFor();
  const beyond = async () => {
    const [tabs = 0, end = 0] = await inWidget<number[]>(`(() => {
    const close = document.querySelector(".record-close").getBoundingClientRect();
    const record = document.querySelector(".record").getBoundingClientRect();
    return [Math.max(...[...document.querySelectorAll(".tab")].map((tab) => tab.getBoundingClientRect().right)), close.width > 0 ? close.left : record.right];
  })()`);
    return tabs - end;
  };
  await eventually(beyond).toBeLessThanOrEqual(0);
});

test("one's own words have their button without being pointed at", async () => {
  const frame = await open("state=ended&people=4", { width: 1200, height: 760 });
  await frame.locator("[data-tab=said]").click();
  await frame.getByTestId("correct").first().waitFor();
  await eventually(() => inWidget(`getComputedStyle(document.querySelector("[data-testid=correct]")).opacity`)).toBe(
    "1",
  );
});
