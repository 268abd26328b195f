import type { Browser } from "playwright-core";
import { join } from "node:path";
import { build } from "vite";
import { startFakeCall } from "../browser/fake-service/fake-call.ts";
import { startFakeService } from "../browser/fake-service/fake-service.ts";
import { launchChromium } from "../support/stack/chromium.ts";
import { type Bench, p50 } from "./figures.ts";

const WIDGET = join(import.meta.dirname, "../../widget");
const ROUNDS = 7;

export const bench: Bench = {
  about:
    "the doors: how many clicks lead a guest from the link into the call, and how long until the ring stands, typing apart",
  async run(say) {
    await build({ configFile: join(WIDGET, "vite.config.ts"), logLevel: "error" });
    const call = await startFakeCall();
    const [service, browser] = await Promise.all([startFakeService({ call }), launchChromium()]);
    try {
      const rounds: { ms: number; clicks: number }[] = [];
      for (let round = 0; round < ROUNDS; round += 1) rounds.push(await asGuest(browser, service.url));
      say(
        `from the link to the ring, each time with an empty cache: ${rounds.map(({ ms }) => Math.round(ms)).join(", ")} ms`,
      );
      return [
        { name: "doors.guest_ms", value: p50(rounds.map(({ ms }) => ms)), unit: "ms", goal: 3_000 },
        { name: "doors.clicks", value: Math.max(...rounds.map(({ clicks }) => clicks)), unit: "clicks", goal: 2 },
      ];
    } finally {
      await browser.close();
      await service.close();
      await call.stop();
    }
  },
};

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
