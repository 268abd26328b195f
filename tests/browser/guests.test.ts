import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../support/stack/chromium.ts";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type FakeCall, startFakeService } from "./fake-service/fake-service.ts";
import { startFakeCall } from "./fake-service/fake-call.ts";

const PICTURES = join(import.meta.dirname, "../../test-output/widget");
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

let service: Awaited<ReturnType<typeof startFakeService>>;
let call: FakeCall & { readonly stop: () => Promise<void> };
let browser: Browser;
let page: Page;
let problems: string[] = [];

beforeAll(async () => {
  await mkdir(PICTURES, { recursive: true });
  [call, browser] = await Promise.all([startFakeCall(), launchChromium()]);
  service = await startFakeService({ call });
});
afterEach(async () => {
  await page?.context().close();
  expect(problems).toEqual([]);
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
  await call?.stop();
});

/** The page that a link for guests opens, in a browser of its own. */
async function open(code: string, { lang = "en", size = DESKTOP, theme = "light" } = {}): Promise<void> {
  const context = await browser.newContext({ viewport: size, permissions: ["microphone"] });
  page = await context.newPage();
  problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  const behind = new URLSearchParams({ guest: code, roomId: `!${code.slice(code.indexOf("-") + 1)}`, lang, theme });
  await page.goto(`${service.url}/widget/#${behind.toString()}`);
  await page.locator(".sitting, .screen[data-door]:not([data-door=looking]), .screen[role=alert]").first().waitFor();
}

const picture = (name: string) => page.screenshot({ path: join(PICTURES, `${name}.png`) });
const shown = (text: string) => page.getByText(text, { exact: false }).first().waitFor();

test.each([
  ["en", "Ann", DESKTOP, "Take part as a guest", "Please wait a moment"],
  ["ru", "Аня", PHONE, "Войти гостем", "Подождите немного"],
] as const)("in %s somebody says their name, waits, and sits in the ring", async (lang, name, size, title, waits) => {
  await open("waits-others-turn.7", { lang, size });
  await page.getByRole("heading", { name: title }).waitFor();
  expect(await page.getByTestId("guest-enter").isDisabled()).toBe(true);
  await page.getByTestId("guest-name").fill(name);
  await picture(`200-guest-name-${lang}`);
  await page.getByTestId("guest-enter").click();
  await page.getByRole("heading", { name: waits }).waitFor();
  await page.locator("bdi", { hasText: `${name} (guest)` }).waitFor();
  await picture(`201-guest-lobby-${lang}`);
  await page.locator(".sitting").waitFor();
  await page.locator(".seat-face").first().waitFor();
  await picture(`202-guest-ring-${lang}`);
});

test("two clicks lead from the link to the ring and its call where there is no lobby", async () => {
  await open("open-with-guest.7");
  await page.getByTestId("guest-name").fill("Ann");
  let clicks = 0;
  const press = async (id: string) => {
    clicks += 1;
    await page.getByTestId(id).click();
  };
  await press("guest-enter");
  await press("join");
  await page.locator(".over").first().waitFor();
  expect(clicks).toBe(2);
});

test("whose link opens nothing any more is told so, and where nobody sits yet one waits", async () => {
  await open("over-others-turn.7", { theme: "dark" });
  await shown("This link opens nothing any more");
  await page.context().close();
  await open("early-others-turn.7", { size: PHONE });
  await page.getByTestId("guest-name").fill("Ann");
  await page.keyboard.press("Enter");
  await shown("Nobody is here yet");
  await picture("203-guest-early");
});

test.each([
  ["en", DESKTOP, 7],
  ["ru", PHONE, 6],
] as const)("in %s the keeper sees who waits, lets in, and makes and closes links", async (lang, size, people) => {
  const context = await browser.newContext({ viewport: size, permissions: ["microphone"] });
  page = await context.newPage();
  problems = [];
  await page.goto(`${service.url}/?state=keeper-guests&people=${people}&lang=${lang}`);
  const frame = page.frameLocator("iframe");
  await frame.getByTestId("guest-let-in").waitFor();
  await picture(`204-guest-banner-${lang}`);
  await frame.getByTestId("keeper-menu").click();
  await frame.getByTestId("guests").click();
  await frame.getByTestId("guest-link").first().waitFor();
  await expect.poll(() => frame.getByTestId("guest-link").count()).toBe(2);
  await picture(`205-guests-page-${lang}`);
  await frame.getByTestId("guest-make-link").click();
  await frame.getByTestId("guest-link").nth(2).waitFor();
  await frame.getByTestId("guest-close-link").first().click();
  await frame.getByTestId("guest-link").nth(2).waitFor({ state: "detached" });
  await frame.getByTestId("guest-put-out").first().click();
  await frame.getByTestId("guest-put-out-sure").first().click();
  await frame.getByTestId("guest-put-out-sure").waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await frame.getByTestId("guest-let-in").click();
  await frame.locator("[data-banner=guest]", { hasText: "Dora" }).waitFor();
  await frame.getByTestId("guest-turn-away").click();
  await frame.locator("[data-banner=guest]").waitFor({ state: "detached" });
});
