import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { launchChromium } from "../support/stack/chromium.ts";
import { startFakeService } from "./fake-service/fake-service.ts";

const PICTURES = join(import.meta.dirname, "../../test-output/widget");
const PHONE = { width: 390, height: 844 };

let service: Awaited<ReturnType<typeof startFakeService>>;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  await mkdir(PICTURES, { recursive: true });
  [service, browser] = await Promise.all([startFakeService(), launchChromium({ whole: true })]);
});
afterEach(() => context?.close());
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

const Manifest = z.object({
  name: z.string(),
  display: z.literal("standalone"),
  icons: z.array(z.object({ src: z.string(), sizes: z.string(), purpose: z.string() })),
});

async function onPhone(address: string, colorScheme: "light" | "dark" = "light", script = "") {
  context = await browser.newContext({ viewport: PHONE, colorScheme, permissions: ["notifications"] });
  if (script) await context.addInitScript({ content: script });
  const page = await context.newPage();
  await page.goto(`${service.url}${address}`);
  return page;
}

const READY = "navigator.serviceWorker.ready.then(() => true)";

test("the page can be put on a phone's screen, under a mark of its own in both forms", async () => {
  const page = await onPhone("/widget/#code=arriving.7&roomId=!arriving.7");
  const href = await page.locator("link[rel=manifest]").getAttribute("href");
  const at = new URL(href ?? "", page.url());
  const manifest = Manifest.parse(await (await fetch(at)).json());
  expect(new Set(manifest.icons.map(({ purpose }) => purpose))).toEqual(new Set(["any", "maskable"]));
  for (const { src, sizes } of manifest.icons) {
    const bytes = new DataView(await (await fetch(new URL(src, at))).arrayBuffer());
    // A PNG says its width and height from its 16th byte on.
    expect(`${bytes.getUint32(16)}x${bytes.getUint32(20)}`, src).toBe(sizes);
  }
});

test.each(["light", "dark"] as const)(
  "without a connection the page says so in both languages, %s, and the circle is back with it",
  async (scheme) => {
    const page = await onPhone("/widget/#code=others-turn.7&roomId=!others-turn.7", scheme);
    await page.locator(".sitting").waitFor();
    await page.evaluate(READY);
    await context.setOffline(true);
    await page.goto(`${service.url}/widget/`);
    await page.getByText("No connection").waitFor();
    await page.getByText("Нет связи").waitFor();
    await page.screenshot({ path: join(PICTURES, `310-phone-offline-${scheme}.png`) });
    await context.setOffline(false);
    await page.goto(`${service.url}/widget/#code=others-turn.7&roomId=!others-turn.7`);
    await page.reload();
    await page.locator(".sitting").waitFor();
  },
);

test("what is kept for that is the page and its picture: nothing of the service's answers, and nothing of a meeting", async () => {
  const page = await onPhone("/widget/#code=others-turn.7&roomId=!others-turn.7");
  await page.locator(".sitting").waitFor();
  await page.evaluate(READY);
  await page.reload();
  await page.locator(".seat-face").first().waitFor();
  const kept = await page.evaluate(
    "caches.keys().then((names) => Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).then((all) => all.flat())",
  );
  expect(kept).toEqual(["/widget/offline.html", "/widget/icon-192.png"]);
});

test("in a client's frame the page leaves the phone alone", async () => {
  const page = await onPhone("/?state=others-turn&people=7");
  await page.frameLocator("iframe").locator(".sitting").waitFor();
  expect(
    await page.frames()[1]?.evaluate("navigator.serviceWorker.getRegistrations().then(({ length }) => length)"),
  ).toBe(0);
});

/** No push service of a browser's maker can be reached here; this one gives an address like theirs. */
const SUBSCRIBES = `
  PushManager.prototype.subscribe = async function () {
    const address = { endpoint: "https://push.example.net/1", keys: { p256dh: "p".repeat(87), auth: "a".repeat(22) } };
    return { toJSON: () => address, unsubscribe: async () => true };
  };
  globalThis.PushManager = PushManager;
`;

test.each(["en", "ru"] as const)("in %s one switches on to be told that one is next, and off again", async (lang) => {
  const page = await onPhone(`/widget/#code=others-turn.7&roomId=!others-turn.7&lang=${lang}`, "light", SUBSCRIBES);
  await page.locator(".sitting").waitFor();
  await page.evaluate(READY);
  await page.getByTestId("more").click();
  await page.getByTestId("open-settings").first().click();
  const toggle = page.getByTestId("set-nudges");
  await toggle.waitFor();
  expect(await toggle.isChecked()).toBe(false);
  await toggle.click();
  await expect.poll(() => toggle.isChecked()).toBe(true);
  await toggle.scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(PICTURES, `311-phone-nudges-${lang}.png`) });
  await toggle.click();
  await expect.poll(() => toggle.isChecked()).toBe(false);
});

test("what the service sends is shown by the phone, also when the page is elsewhere", async () => {
  const page = await onPhone("/widget/#code=others-turn.7&roomId=!others-turn.7");
  await page.locator(".sitting").waitFor();
  await page.evaluate(READY);
  await page.goto("about:blank");
  const { origin } = new URL(service.url);
  const session = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) =>
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL.startsWith(origin));
      if (ours) resolve(ours.registrationId);
    }),
  );
  await page.goto(`${service.url}/widget/manifest.webmanifest`);
  await session.send("ServiceWorker.enable");
  const data = JSON.stringify({ title: "You are next", body: "Come back to the circle." });
  await session.send("ServiceWorker.deliverPushMessage", { origin, registrationId: await registered, data });
  await page.goto(`${service.url}/widget/#code=others-turn.7&roomId=!others-turn.7`);
  await expect
    .poll(() =>
      page.evaluate(
        "navigator.serviceWorker.ready.then((worker) => worker.getNotifications()).then((all) => all.map(({ title, body }) => ({ title, body })))",
      ),
    )
    .toEqual([{ title: "You are next", body: "Come back to the circle." }]);
});
