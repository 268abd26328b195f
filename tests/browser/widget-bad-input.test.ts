import type { Browser, BrowserContext, FrameLocator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../support/stack/chromium.ts";
import { type FakeService, startFakeService } from "./fake-service/fake-service.ts";

let service: FakeService;
let browser: Browser;
let page: Page;
let faults: string[];

beforeAll(async () => {
  [service, browser] = await Promise.all([startFakeService(), launchChromium()]);
});
afterEach(async () => {
  await page.context().close();
  expect(faults).toEqual([]);
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

async function open(
  query: string,
  prepare: (context: BrowserContext) => Promise<unknown> = async () => undefined,
): Promise<FrameLocator> {
  const context = await browser.newContext({ viewport: { width: 1100, height: 720 } });
  await prepare(context);
  page = await context.newPage();
  faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  await page.goto(`${service.url}/?${query}`);
  return page.frameLocator("iframe");
}

const banner = (frame: FrameLocator, name: string) => frame.locator(`[data-banner="${name}"]`);

test("words it does not know and people whom nobody lists: the circle is drawn, each with a seat", async () => {
  const frame = await open("state=strange&people=7");
  await frame.locator('[data-participant="@ghost:example.org"] .seat-face').waitFor();
  await expect.poll(() => frame.locator("[data-participant]").count()).toBe(8);
  await expect.poll(() => frame.getByTestId("speaker").textContent()).toContain("Next: @ghost:example.org");
});

test("a state from a later version is not drawn half: it says that it cannot be read", async () => {
  const frame = await open("state=future&people=7");
  await banner(frame, "unreadable").waitFor();
  expect(await banner(frame, "unreached").count()).toBe(0);
  await expect.poll(() => frame.getByTestId("open-settings").isEnabled()).toBe(true);
});

test("a service that answers 500 is said, and is asked again", async () => {
  const frame = await open("state=broken&people=7");
  await banner(frame, "unreached").waitFor();
  await expect.poll(() => frame.getByTestId("join").isEnabled()).toBe(true);
});

test("a service that falls silent is said; when it answers again, the circle goes on", async () => {
  let silent = false;
  const frame = await open("state=others-turn&people=7", (context) =>
    context.route("**/meeting", (route) => (silent ? route.abort() : route.continue())),
  );
  await frame.getByTestId("countdown").waitFor();
  silent = true;
  await banner(frame, "unreached").waitFor();
  await expect.poll(() => frame.getByTestId("countdown").isVisible()).toBe(true);
  silent = false;
  await banner(frame, "unreached").waitFor({ state: "detached" });
});

test.each([5, -5])("a clock that is %i minutes off shows the time that everybody sees", async (minutes) => {
  const frame = await open("state=others-turn&people=7", (context) =>
    context.addInitScript(`
    const off = ${minutes * 60_000}, now = Date.now.bind(Date), origin = performance.timeOrigin;
    Date.now = () => now() + off;
    Object.defineProperty(performance, "timeOrigin", { value: origin + off });
  `),
  );
  await frame.getByTestId("countdown").waitFor();
  await expect.poll(() => frame.getByTestId("countdown").textContent()).toMatch(/^1:[0-2]\d$/);
});

test("a name of five hundred characters with tags and direction marks is text of a bearable length", async () => {
  const frame = await open("state=names&people=7");
  const seat = frame.locator('[data-participant="@p1:example.org"]');
  await seat.locator(".seat-face").waitFor();
  await expect.poll(() => seat.locator(".seat-face").getAttribute("title")).toMatch(/^<b onclick=alert\(1\)>/);
  expect((await seat.locator("bdi").first().textContent())?.length).toBeLessThanOrEqual(60);
  expect(await seat.locator("b").count()).toBe(0);
});
