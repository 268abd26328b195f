import { join } from "node:path";
import type { Browser } from "playwright-core";
import { build } from "vite";
import { startFakeCall } from "../browser/fake-service/fake-call.ts";
import { startFakeService } from "../browser/fake-service/fake-service.ts";
import { initialScripts } from "../support/stack/initial-scripts.ts";
import { launchChromium } from "../support/stack/chromium.ts";
import { type Bench, p50, p95 } from "./figures.ts";
import { sessionOf } from "./widget-session.ts";

const WIDGET = join(import.meta.dirname, "../../widget");
const ROUNDS = 7;
const SLOWEST = 12;

export const bench: Bench = {
  about:
    "the widget: how much is loaded before anything is drawn, how soon the ring stands after a cold load, and how soon it answers a press",
  async run(say) {
    await build({ configFile: join(WIDGET, "vite.config.ts"), logLevel: "error" });
    const scripts = initialScripts(join(WIDGET, "dist"), "element").map(({ kilobytes }) => kilobytes);
    say(`${scripts.length} scripts: ${scripts.map((size) => Math.round(size)).join(" + ")} kB gzip`);
    const call = await startFakeCall();
    const [service, browser] = await Promise.all([
      startFakeService({ call }),
      launchChromium({ args: ["--autoplay-policy=no-user-gesture-required"] }),
    ]);
    try {
      const rounds: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) rounds.push(await firstRing(browser, service.url));
      say(
        `from the address to the ring, each time with an empty cache: ${rounds.map((ms) => Math.round(ms)).join(", ")} ms`,
      );
      const felt = [
        ...(await sessionOf(7, { browser, service, call })),
        ...(await sessionOf(20, { browser, service, call })),
      ];
      say(`${felt.length} presses in meetings of 7 and 20, on a processor four times slower; the slowest:`);
      for (const { name, ms } of felt.toSorted((one, other) => other.ms - one.ms).slice(0, SLOWEST))
        say(`  ${ms} ms  ${name}`);
      return [
        {
          name: "widget.initial_gzip_kb",
          value: scripts.reduce((sum, size) => sum + size, 0),
          unit: "kB",
          budget: 230,
        },
        { name: "widget.first_ring_ms", value: p50(rounds), unit: "ms", budget: 1_500, goal: 1_000 },
        { name: "widget.inp_p95_ms", value: p95(felt.map(({ ms }) => ms)), unit: "ms", goal: 100 },
      ];
    } finally {
      await browser.close();
      await service.close();
      await call.stop();
    }
  },
};

async function firstRing(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1100, height: 720 } });
  const page = await context.newPage();
  const began = performance.now();
  await page.goto(`${url}/?state=others-turn&people=7`, { waitUntil: "commit" });
  await page.frameLocator("iframe").locator(".seat-face").first().waitFor();
  const took = performance.now() - began;
  await context.close();
  return took;
}
