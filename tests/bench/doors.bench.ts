import type { Browser } from "playwright-core";
import { join } from "node:path";
import { build } from "vite";
import { startFakeCall } from "../browser/fake-service/fake-call.ts";
import { startFakeService } from "../browser/fake-service/fake-service.ts";
import { launchHash } from "../browser/fake-service/telegram.ts";
import { clearTimer, repeat } from "../../appservice/time/time.ts";
import { initialScripts, sumOf, WIDGET_DOORS } from "../support/stack/initial-scripts.ts";
import { launchChromium } from "../support/stack/chromium.ts";
import { type Bench, p50 } from "./figures.ts";

const WIDGET = join(import.meta.dirname, "../../widget");
const ROUNDS = 7;
/** The app's own button, which stands outside of the page. */
const PRESS_MAIN = 'Telegram.WebView.receiveEvent("main_button_pressed", undefined)';
const PRESS_EVERY_MS = 200;

export const bench: Bench = {
  about:
    "the doors: how many clicks lead a guest, or somebody of Telegram, from the link into the call, how long until the ring stands, typing apart, and what each door loads",
  async run(say) {
    await build({ configFile: join(WIDGET, "vite.config.ts"), logLevel: "error" });
    const call = await startFakeCall();
    const [service, browser] = await Promise.all([startFakeService({ call }), launchChromium()]);
    try {
      const rounds: { ms: number; clicks: number }[] = [];
      for (let round = 0; round < ROUNDS; round += 1) rounds.push(await asGuest(browser, service.url));
      const inTelegram: { ms: number; clicks: number }[] = [];
      for (let round = 0; round < ROUNDS; round += 1) inTelegram.push(await inMiniApp(browser, service.url));
      say(
        `from the link to the ring, each time with an empty cache: ${rounds.map(({ ms }) => Math.round(ms)).join(", ")} ms`,
      );
      return [
        { name: "doors.guest_ms", value: p50(rounds.map(({ ms }) => ms)), unit: "ms", goal: 3_000 },
        ...WIDGET_DOORS.map((door) => ({
          name: `doors.${door}_gzip_kb`,
          value: sumOf(initialScripts(join(WIDGET, "dist"), door)),
          unit: "kB",
          budget: 230,
        })),
        { name: "doors.telegram_ms", value: p50(inTelegram.map(({ ms }) => ms)), unit: "ms", goal: 3_000 },
        {
          name: "doors.clicks",
          value: Math.max(...[...rounds, ...inTelegram].map(({ clicks }) => clicks)),
          unit: "clicks",
          goal: 2,
        },
      ];
    } finally {
      await browser.close();
      await service.close();
      await call.stop();
    }
  },
};

/** The web view of a phone's app, which draws the page's main button itself. */
async function inMiniApp(browser: Browser, url: string): Promise<{ ms: number; clicks: number }> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, permissions: ["microphone"] });
  const page = await context.newPage();
  await page.addInitScript("globalThis.TelegramWebviewProxy = { postEvent: () => undefined }");
  const began = performance.now();
  await page.goto(`${url}/widget/${launchHash({ to: "arriving_7", platform: "android" })}`);
  await page.locator(".seat-face").first().waitFor();
  const ms = performance.now() - began;
  const opened = page.getByTestId("device-check").waitFor();
  const pressing = repeat(() => void page.evaluate(PRESS_MAIN).catch(() => undefined), PRESS_EVERY_MS);
  await opened.finally(() => clearTimer(pressing));
  await context.close();
  // The app's button is there as soon as the ring is; it is pressed again until the page hears it.
  return { ms, clicks: 1 };
}

async function asGuest(browser: Browser, url: string): Promise<{ ms: number; clicks: number }> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, permissions: ["microphone"] });
  const page = await context.newPage();
  let clicks = 0;
  const press = async (id: string) => {
    clicks += 1;
    await page.getByTestId(id).click();
  };
  const began = performance.now();
  await page.goto(`${url}/widget/#guest=open-arriving.7&roomId=${encodeURIComponent("!arriving.7")}`);
  await page.getByTestId("guest-name").fill("Ann");
  await press("guest-enter");
  await page.locator(".seat-face").first().waitFor();
  const ms = performance.now() - began;
  await press("join");
  await page.getByTestId("join-now").waitFor();
  await context.close();
  return { ms, clicks };
}
