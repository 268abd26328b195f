import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, FrameLocator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../support/stack/chromium.ts";
import { type FakeCall, startFakeService } from "./fake-service/fake-service.ts";
import { startFakeCall } from "./fake-service/fake-call.ts";
import { type Launch, launchHash, webAPage } from "./fake-service/telegram.ts";

const PICTURES = join(import.meta.dirname, "../../test-output/widget");
const PHONE = { width: 390, height: 844 };
const SMALL_PHONE = { width: 360, height: 640 };

/** A page of the net that has one of this machine in a frame is asked about, which nobody answers here. */
const OF_THIS_MACHINE = ["--disable-features=LocalNetworkAccessChecks"];

let service: Awaited<ReturnType<typeof startFakeService>>;
let call: FakeCall & { readonly stop: () => Promise<void> };
let browser: Browser;
let page: Page;
let problems: string[] = [];

beforeAll(async () => {
  await mkdir(PICTURES, { recursive: true });
  [call, browser] = await Promise.all([startFakeCall(), launchChromium({ args: OF_THIS_MACHINE })]);
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

const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read);
const address = (launch: Launch) => `${service.url}/widget/${launchHash(launch)}`;

async function newPage(size: { width: number; height: number }): Promise<void> {
  const context = await browser.newContext({ viewport: size, permissions: ["microphone"] });
  page = await context.newPage();
  problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
}

/** The circle in the frame of Web A, at Web A's own address: the page talks to no other. */
async function openInWebA(launch: Launch, { size = PHONE } = {}): Promise<FrameLocator> {
  await newPage(size);
  await page.route("https://web.telegram.org/a/", (route) =>
    route.fulfill({ contentType: "text/html", body: webAPage(address(launch), launch.theme ?? "light") }),
  );
  await page.goto("https://web.telegram.org/a/");
  const frame = page.frameLocator("iframe");
  await frame.locator(".sitting, .screen[role=alert]").first().waitFor();
  return frame;
}

/** The circle in the web view of a phone's app, which talks by an object in the page. */
async function openInWebView(launch: Launch, size = PHONE): Promise<void> {
  await newPage(size);
  await page.addInitScript(() => {
    const told: [string, unknown][] = [];
    Object.assign(globalThis, {
      told,
      TelegramWebviewProxy: {
        postEvent: (type: string, data: string) => told.push([type, JSON.parse(data || "null")]),
      },
    });
  });
  await page.goto(address({ platform: "android", ...launch }));
  await page.locator(".sitting, .screen[role=alert]").first().waitFor();
}

const toldOf = async (type: string): Promise<unknown[]> => {
  const told = await page.evaluate(() => (globalThis as unknown as { told: [string, unknown][] }).told);
  return told.filter(([each]) => each === type).map(([, data]) => data);
};
const lastOf = async (type: string) => (await toldOf(type)).at(-1);
/** Tells the page something, as the apps of phones do. */
const receive = (type: string, data: unknown) =>
  page.evaluate(
    ([eventType, eventData]) =>
      (
        globalThis as unknown as { Telegram: { WebView: { receiveEvent(type: string, data: unknown): void } } }
      ).Telegram.WebView.receiveEvent(String(eventType), eventData),
    [type, data],
  );
/** Presses the app's own button once: the next press would be the one that joins. */
async function openDeviceCheck(): Promise<void> {
  await eventually(() => lastOf("web_app_setup_main_button")).toMatchObject({ is_visible: true, is_active: true });
  await receive("main_button_pressed", undefined);
  await page.getByTestId("device-check").waitFor();
}
/** Fonts are there, and what moves has come to rest. */
const AT_REST = `Promise.all([document.fonts.ready, ...document.getAnimations().filter((each) => each.effect.getTiming().iterations !== Infinity).map((each) => each.finished.catch(() => null))]).then(() => null)`;

async function picture(name: string): Promise<void> {
  await page.frames().at(-1)?.evaluate(AT_REST);
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

test.each([
  ["en", "light", PHONE, "Pass the word"],
  ["ru", "dark", SMALL_PHONE, "Передать слово"],
] as const)("in Web A, %s and %s, the app's own button passes the word", async (language, theme, size, words) => {
  const frame = await openInWebA({ to: "my-turn_7", language, theme }, { size });
  const main = page.locator("#main");
  await eventually(() => main.textContent()).toContain(words);
  await frame.locator(".seat-face").first().waitFor();
  await picture(`300-telegram-my-turn-${language}-${theme}`);
  expect(await frame.getByTestId("pass").count()).toBe(0);
  await eventually(() => main.isEnabled()).toBe(true);
  await eventually(() => lastOf("web_app_setup_closing_behavior")).toEqual({ need_confirmation: true });
  await main.click();
  await frame.locator('[data-participant="@p1:example.org"][data-state="speaking"]').waitFor({ state: "attached" });
  await eventually(() => lastOf("web_app_setup_closing_behavior")).toEqual({ need_confirmation: false });
  await picture(`301-telegram-others-turn-${language}-${theme}`);
});

test.each([
  ["en", "dark", PHONE],
  ["ru", "light", SMALL_PHONE],
] as const)(
  "in Web A, %s and %s, one joins by its button, and goes back by its arrow",
  async (language, theme, size) => {
    const frame = await openInWebA({ to: "arriving_7", language, theme }, { size });
    const main = page.locator("#main");
    await picture(`302-telegram-arriving-${language}-${theme}`);
    await eventually(() => main.isEnabled()).toBe(true);
    await main.click();
    await frame.getByTestId("device-check").waitFor();
    await eventually(() => main.isEnabled()).toBe(true);
    await picture(`303-telegram-check-${language}-${theme}`);
    await page.locator("#back").click();
    await frame.getByTestId("device-check").waitFor({ state: "detached" });
    await eventually(() => page.locator("#back").isHidden()).toBe(true);
    await main.click();
    await frame.getByTestId("device-check").waitFor();
    await eventually(() => main.isEnabled()).toBe(true);
    await main.click();
    await frame.getByTestId("leave").waitFor();
    await picture(`304-telegram-joined-${language}-${theme}`);
  },
);

test("the microphone is asked for once, from the check into the call, and closed by leaving alone", async () => {
  await newPage(PHONE);
  await page.addInitScript(`
    globalThis.counted = { asked: 0, stopped: 0 };
    globalThis.told = [];
    globalThis.TelegramWebviewProxy = { postEvent: (type, data) => told.push([type, JSON.parse(data || "null")]) };
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      counted.asked += 1;
      const stream = await ask(constraints);
      for (const track of stream.getTracks()) {
        const stop = track.stop.bind(track);
        track.stop = () => { counted.stopped += 1; stop(); };
      }
      return stream;
    };
  `);
  await page.goto(address({ to: "arriving_7" }));
  await page.locator(".sitting").waitFor();
  const counted = () => page.evaluate(() => (globalThis as unknown as { counted: object }).counted);
  await openDeviceCheck();
  await eventually(async () => {
    await receive("main_button_pressed", undefined);
    return page.getByTestId("leave").count();
  }).toBe(1);
  expect(await counted()).toEqual({ asked: 1, stopped: 0 });
  await page.getByTestId("leave").click();
  await eventually(counted).toEqual({ asked: 1, stopped: 1 });
});

test("where the app refuses the microphone, one's own seat opens in the browser", async () => {
  await openInWebView({ to: "arriving_7" });
  await page.context().clearPermissions();
  await page.evaluate(
    `navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("refused", "NotAllowedError"))`,
  );
  await openDeviceCheck();
  await page.getByTestId("open-in-browser").waitFor();
  await picture("305-telegram-refused");
  await page.getByTestId("open-in-browser").click();
  await eventually(() => lastOf("web_app_open_link")).toMatchObject({ try_instant_view: false });
  const { url } = (await lastOf("web_app_open_link")) as { url: string };
  await page.goto(url);
  await page.locator(".sitting").waitFor();
});

test("the page fits what the app leaves it, and wears another theme when the app does", async () => {
  await openInWebView({ to: "others-turn_7", theme: "light" });
  for (const asked of ["web_app_ready", "web_app_expand", "web_app_request_safe_area"])
    await expect.poll(() => toldOf(asked), { message: asked }).not.toEqual([]);
  await receive("safe_area_changed", { top: 47, bottom: 34, left: 0, right: 0 });
  await receive("content_safe_area_changed", { top: 46, bottom: 0, left: 0, right: 0 });
  await receive("viewport_changed", { width: 390, height: 700, is_expanded: false, is_state_stable: true });
  await eventually(async () => (await page.locator(".sitting").boundingBox())?.height).toBe(700 - 93 - 34);
  await eventually(async () => (await page.locator(".sitting").boundingBox())?.y).toBe(93);
  await picture("306-telegram-safe-area");
  await receive("theme_changed", {
    theme_params: { bg_color: "#000000", text_color: "#ffffff", button_color: "#ff8800", button_text_color: "#ffffff" },
  });
  await eventually(() => page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(0, 0, 0)");
  await eventually(() => page.evaluate("document.documentElement.dataset.theme")).toBe("dark");
});

test("the page speaks the app's language, and what stood when it opened is no news to the hand", async () => {
  await openInWebView({ to: "offered-to-me_7", language: "ru" });
  expect(await page.evaluate("document.documentElement.lang")).toBe("ru");
  await page.locator(".seat-face").first().waitFor();
  // What stood when the page opened is no news.
  expect(await toldOf("web_app_trigger_haptic_feedback")).toEqual([]);
});

test("a launch of another bot opens nothing, and one that was used says how to go on", async () => {
  const forged = await openInWebA({ to: "my-turn_7", token: "7000000002:AAbbccddeeffgghhiijjkkllmmnnooppqqr" });
  await forged.getByText("Open the circle again from the chat").waitFor();
  await page.context().close();
  const early = await openInWebA({ to: "early_7" });
  await early.getByText("Nobody sits in the circle yet").waitFor();
  await early.getByTestId("again").click();
  await early.getByText("Nobody sits in the circle yet").waitFor();
  await picture("307-telegram-early");
});

test("loading the page again in its app keeps the seat, though the launch is worth one session", async () => {
  await openInWebView({ to: "my-turn_7" });
  await page.reload();
  await page.locator(".sitting").waitFor();
});
