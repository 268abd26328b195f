import { join } from "node:path";
import type { Browser, BrowserContextOptions, FrameLocator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { initialScripts, sumOf, WIDGET_DOORS } from "../support/stack/initial-scripts.ts";
import { launchChromium } from "../support/stack/chromium.ts";
import { firstOfEach, LONG } from "../support/stack/long.ts";
import { type FakeService, startFakeService } from "./fake-service/fake-service.ts";
import { VIEWS } from "./fake-service/views.ts";

let service: FakeService;
let browser: Browser;
let page: Page;
let problems: string[];
/** One page for many pictures: opening another each time takes longer than looking. */
let lasting: Page | null = null;

beforeAll(async () => {
  [service, browser] = await Promise.all([startFakeService(), launchChromium()]);
});
afterEach(async () => {
  if (page !== lasting) await page.context().close();
  expect(problems).toEqual([]);
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

/** The widget in a page of its own, which may do what other pages may not. */
async function openApart(
  query: string,
  { width = 1100, height = 720 } = {},
  options: BrowserContextOptions = {},
): Promise<FrameLocator> {
  const context = await browser.newContext({ viewport: { width, height }, permissions: ["microphone"], ...options });
  page = await context.newPage();
  problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    // A refusal by the service is shown to the person; that the browser lists it as well is no fault.
    if (message.type() === "error" && !/status of (409|403|503)/.test(message.text())) problems.push(message.text());
  });
  return show(query);
}

async function show(query: string): Promise<FrameLocator> {
  await page.goto(`${service.url}/?${query}`);
  const frame = page.frameLocator("iframe");
  await frame.locator(".sitting, .screen:not([data-screen=opening])").first().waitFor();
  return frame;
}

/** The widget in a frame over the whole window, on a made-up meeting, for somebody who has not been there yet. */
async function open(query: string, { width = 1100, height = 720 } = {}): Promise<FrameLocator> {
  if (lasting === null) {
    await openApart(query, { width, height }, { reducedMotion: "reduce" });
    lasting = page;
  }
  page = lasting;
  problems = [];
  await page.setViewportSize({ width, height });
  await page.evaluate("localStorage.clear()");
  await page.goto("about:blank");
  return show(query);
}

/** Runs in the widget's page: what sticks out of the window to the side. */
const STICKS_OUT = `(() => {
  const wide = document.documentElement.scrollWidth > innerWidth ? ["the page"] : [];
  const shown = [...document.querySelectorAll("button, .seat-face, .theme-text, .stage-name, .card, .menu, .notice")].filter((element) => element.getClientRects().length > 0);
  const out = shown.filter((element) => {
    const { left, right } = element.getBoundingClientRect();
    return left < -1 || right > innerWidth + 1;
  });
  return [...wide, ...out.map((element) => element.outerHTML.slice(0, 120))];
})()`;

/** Fonts are there, what moves has come to rest, and it has been drawn. */
const AT_REST = `Promise.all([document.fonts.ready, ...document.getAnimations().filter((each) => each.effect.getTiming().iterations !== Infinity).map((each) => each.finished.catch(() => null))])
  .then(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))).then(() => null)`;

function inWidget(script: string): Promise<unknown> {
  const widget = page.frames()[1];
  if (!widget) throw new Error("there is no widget on the page");
  return widget.evaluate(script);
}

/** A busy machine may take its time. */
const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read);
const stateOf = (frame: FrameLocator, id: string) =>
  frame.locator(`[data-participant="${id}"]`).getAttribute("data-state");

const stateOfView = ({ query }: (typeof VIEWS)[number]) => new URLSearchParams(query).get("state") ?? "";
/** States that are looked at in many sizes each time (widget-sizes.test.ts). */
const SIZED = ["call-away", "arriving", "my-turn", "between", "consent", "writing", "offered-to-me", "held", "grace"];
const NARROW = VIEWS.filter(({ size }) => size.width <= 390 || size.height <= 420);
const TRIED = firstOfEach(NARROW, stateOfView).filter((view) => LONG || !SIZED.includes(stateOfView(view)));

test.each(TRIED)("$name: nothing sticks out, nothing fails", async ({ query, size, after }) => {
  const frame = await open(query, size);
  await after?.(frame);
  await inWidget(AT_REST);
  expect(await inWidget(STICKS_OUT)).toEqual([]);
});

test.each([1, 2, 7, 20])("a ring of %i shows each of them once, and one with the word", async (count) => {
  const frame = await open(`state=others-turn&people=${count}`);
  await eventually(() => frame.locator("[data-participant]").count()).toBe(count);
  await eventually(() => frame.locator('[data-participant][data-state="speaking"]').count()).toBe(1);
  await eventually(() => frame.getByTestId("countdown").textContent()).toMatch(/^1:[0-2]\d$/);
});

test("with the word in my hand I pass it on, and see it with the next", async () => {
  const frame = await open("state=my-turn&people=7");
  await eventually(() => frame.getByTestId("speaker").textContent()).toContain("You have the word");
  await eventually(() => stateOf(frame, "@p3:example.org")).toBe("speaking");
  await frame.getByRole("button", { name: "Pass the word" }).click();
  await eventually(() => stateOf(frame, "@p1:example.org")).toBe("speaking");
  await eventually(() => frame.getByTestId("pass").count()).toBe(0);
  await eventually(() => service.commands.at(-1)).toEqual({ type: "pass", expectedVersion: 17 });
});

test("the space key passes the word, too", async () => {
  const frame = await open("state=my-turn&people=4");
  await frame.getByTestId("pass").waitFor();
  await frame.getByTestId("speaker").click();
  // A word that has just come is not passed on by a key that was pressed for something else.
  await eventually(async () => {
    await page.keyboard.press("Space");
    return frame.getByTestId("pass").count();
  }).toBe(0);
});

test("somebody was quicker: it is said why nothing was done, and the widget goes on", async () => {
  const frame = await open("state=stale&people=7");
  await frame.getByTestId("pass").click();
  await frame.getByText("The circle has moved on").waitFor();
  await eventually(() => frame.getByTestId("pass").isEnabled()).toBe(true);
});

test.each([
  ["late", "late"],
  ["last-seconds", "last"],
  ["grace", "over"],
])("%s: the clock shows the mark %s", async (state, mark) => {
  const frame = await open(`state=${state}&people=7`);
  await eventually(() => frame.getByTestId("countdown").getAttribute("data-mark")).toBe(mark);
});

test("a pause, a speaker who dropped out and a break between circles each say what they are", async () => {
  for (const [state, words] of [
    ["paused", "Paused"],
    ["held", "Waiting for Boris to come back"],
    ["between", "Between circles"],
    ["ended", "The meeting is over"],
  ] as const) {
    const frame = await open(`state=${state}&people=7`);
    await frame.locator(".stage-name", { hasText: words }).waitFor();
    expect(problems).toEqual([]);
  }
});

test("a person who was away, one who keeps a turn, and my own turn are marked", async () => {
  const frame = await open("state=i-am-next&people=7");
  await eventually(() => stateOf(frame, "@p1:example.org")).toBe("returns");
  await eventually(() => frame.locator('[data-participant="@p7:example.org"]').getAttribute("data-presence")).toBe(
    "away",
  );
  await eventually(() => frame.getByTestId("my-turn").textContent()).toBe("You are next");
});

test("what was said stands beside the ring, the minutes say who made them", async () => {
  const frame = await open("state=ended&people=7");
  await frame.getByText("A second compost heap is built before May.").waitFor();
  await eventually(() => frame.getByTestId("task").count()).toBe(3);
  await frame.getByText("Written by a language model (qwen2.5-7b)").waitFor();
  await frame.getByText("Excerpts, word for word (no AI)").first().waitFor();
  await frame.getByRole("tab", { name: "Transcript" }).click();
  await eventually(() => frame.getByTestId("said").count()).toBe(5);
  await frame.getByRole("tab", { name: "Transcript" }).press("ArrowLeft");
  await frame.getByTestId("evenness").waitFor();
});

test("the keeper finds the steering, others do not", async () => {
  const other = await open("state=others-turn&people=7");
  expect(await other.getByTestId("keeper-menu").count()).toBe(0);
  const keeper = await open("state=keeper&people=7");
  await keeper.getByTestId("keeper-menu").click();
  await keeper.getByRole("button", { name: "+30 seconds" }).click();
  await eventually(() => service.commands.at(-1)?.type).toBe("extend");
});

test("joining says who gets one's words, hears the microphone, and names a call that is away", async () => {
  const frame = await open("state=arriving&people=7");
  await frame.getByTestId("join").click();
  await eventually(async () => Number(await frame.getByRole("meter").getAttribute("aria-valuenow"))).toBeGreaterThan(5);
  for (const named of ["speech.example.org", "Model of the Town Hall", "comments"])
    await frame.getByTestId("consent").getByText(named).waitFor();
  await frame.getByTestId("join-unwritten").waitFor();
  await frame.getByTestId("join-now").click();
  await frame.locator('[data-screen="callAway"]').waitFor();
});

test("who sits in the circle unasked is asked there, and may change their mind at any time", async () => {
  const frame = await open("state=no-call-unanswered&people=7");
  await frame.getByTestId("agreement-question").getByText("speech.example.org").waitFor();
  await frame.getByTestId("disagree").click();
  await frame.getByTestId("agreement-question").waitFor({ state: "detached" });
  await eventually(() => service.commands.at(-1)).toMatchObject({
    type: "agree",
    agreed: false,
    shown: { items: [{ what: "telegram" }, { what: "speech", outside: "speech.example.org" }, {}, {}] },
  });
  const mine = frame.locator('.seat[data-mine="true"]');
  await mine.getByTestId("seat-unwritten").waitFor();
  await frame.getByTestId("open-settings").click();
  await frame.getByTestId("set-agreement").click();
  await mine.getByTestId("seat-unwritten").waitFor({ state: "detached" });
  await eventually(() => service.commands.at(-1)).toMatchObject({ type: "agree", agreed: true });
});

test("without a microphone one may listen", async () => {
  const frame = await openApart("state=others-turn&people=7", {}, { permissions: [] });
  await inWidget(
    'navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError")), null',
  );
  await frame.getByTestId("join").click();
  await frame.locator('[data-screen="microphoneRefused"]').waitFor();
  await eventually(() => frame.getByTestId("join-listening").isEnabled()).toBe(true);
});

test.each([
  ["state=not-member", "You are not in this room"],
  ["state=service-away", "The facilitator is not responding"],
  ["state=others-turn&refuse", "We need to know who you are"],
])("%s: the screen says %s", async (query, title) => {
  const frame = await open(query);
  await frame.getByRole("heading", { name: title }).waitFor();
});

test("opened outside a client it says where it belongs", async () => {
  await open("state=others-turn");
  await page.goto(`${service.url}/widget/`);
  await page.getByRole("heading", { name: "Open this in a room" }).waitFor();
});

test("in a tab of its own, and not looked at, its title tells my turn", async () => {
  await open("state=others-turn");
  await page.goto(`${service.url}/widget/#code=i-am-next.7&roomId=!i-am-next.7`);
  await page.getByTestId("my-turn").waitFor();
  expect(await page.title()).toBe("Mindminder");
  await look("hidden");
  await eventually(() => page.title()).toBe("You are next · Mindminder");
  await fetch(`${service.url}/api/v1/rooms/!i-am-next.7/commands`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ type: "pass", expectedVersion: 17 }),
  });
  await eventually(() => page.title()).toBe("Your turn to speak · Mindminder");
  await look("visible");
  await eventually(() => page.title()).toBe("Mindminder");
});

/** Makes the page as if the person looked at another tab; a browser without a window has none in front. */
async function look(visibility: "hidden" | "visible"): Promise<void> {
  await page.evaluate(
    `Object.defineProperty(document, "visibilityState", { value: "${visibility}", configurable: true }), document.dispatchEvent(new Event("visibilitychange"))`,
  );
}

test("it speaks Russian, dark, and follows its client when that changes", async () => {
  const frame = await open("state=my-turn&people=7&lang=ru&theme=dark");
  await frame.getByRole("button", { name: /Передать слово/ }).waitFor();
  await eventually(() => frame.locator("html").getAttribute("data-theme")).toBe("dark");
  await eventually(() => frame.locator("html").getAttribute("lang")).toBe("ru");
  await page.evaluate(() => {
    const { tellWidget } = globalThis as unknown as { tellWidget: (action: string, data: unknown) => void };
    tellWidget("theme_change", { name: "light" });
    tellWidget("language_change", { lang: "en" });
  });
  await frame.getByRole("button", { name: /Pass the word/ }).waitFor();
  await eventually(() => frame.locator("html").getAttribute("data-theme")).toBe("light");
});

test("a person may choose another language than their client's, and keeps it", async () => {
  const frame = await open("state=my-turn&people=4&lang=en");
  await frame.getByTestId("open-settings").click();
  await frame.getByTestId("language").selectOption("ru");
  await frame.getByRole("heading", { name: "Настройки" }).waitFor();
  await page.evaluate(() =>
    (globalThis as unknown as { tellWidget: (action: string, data: unknown) => void }).tellWidget("language_change", {
      lang: "en",
    }),
  );
  await page.reload();
  await frame.getByRole("button", { name: "Передать слово" }).waitFor();
  await frame.getByTestId("open-settings").click();
  await frame.getByTestId("language").selectOption("");
  await frame.getByRole("heading", { name: "Settings" }).waitFor();
});

test("other people's names are text, and stay within bounds", async () => {
  const frame = await open("state=names&people=7", { width: 320, height: 720 });
  await frame.locator(".seat-label", { hasText: "<b onclick" }).first().waitFor();
  await inWidget(AT_REST);
  expect(await inWidget(STICKS_OUT)).toEqual([]);
});

test("of the client it asks identity and the meeting's event, and nothing else", async () => {
  const frame = await open("state=others-turn&people=2");
  await frame.getByTestId("join").waitFor();
  const asked = () => page.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
  await eventually(async () => new Set(await asked())).toEqual(
    new Set(["content_loaded", "supported_api_versions", "get_openid", "org.matrix.msc2876.read_events"]),
  );
});

test.each(WIDGET_DOORS)("what is loaded at the door %s before the ring stands is small enough for a phone", (door) => {
  const scripts = initialScripts(join(import.meta.dirname, "../../widget/dist"), door);
  expect(sumOf(scripts)).toBeLessThanOrEqual(230);
});
