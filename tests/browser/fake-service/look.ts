// node tests/browser/fake-service/look.ts [NAME…]: a picture of the widget in each state, into test-output/widget/.
// Mode `serve` only serves, for a look with one's own browser.
import type { FrameLocator } from "playwright-core";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { launchChromium } from "../../support/stack/chromium.ts";
import { startFakeCall } from "./fake-call.ts";
import { startFakeService } from "./fake-service.ts";
import { PANEL_VIEWS } from "./panel-views.ts";
import { scene } from "./states.ts";
import { VIEWS } from "./views.ts";
import { roomId } from "../../support/protocol/ids.ts";

const OUT = join(import.meta.dirname, "../../../test-output/widget");
const names = process.argv.slice(2);
// Those of the panels are many; they are taken when they are named.
const chosen =
  names.length === 0
    ? VIEWS
    : [...VIEWS, ...PANEL_VIEWS].filter((view) => names.some((asked) => view.name.includes(asked)));

const call = await startFakeCall();
const service = await startFakeService({ port: names[0] === "serve" ? 8300 : 0, call });
if (names[0] === "serve") console.log(`${service.url}/?state=my-turn&people=7&lang=en&theme=dark`);
else await takePictures();

async function takePictures(): Promise<void> {
  await mkdir(OUT, { recursive: true });
  const browser = await launchChromium();
  for (const { name, query, size, joined, captions, after } of chosen) {
    const context = await browser.newContext({ viewport: size, permissions: ["microphone", "camera"] });
    const page = await context.newPage();
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) console.log(name, message.text());
    });
    page.on("pageerror", (error) => console.log(name, error));
    await page.goto(`${service.url}/?${query}`);
    const frame = page.frameLocator("iframe");
    await frame.locator(".sitting, .screen:not([data-screen=opening])").first().waitFor({ timeout: 10_000 });
    // Until what moves has come to rest, for the picture.
    await page.waitForTimeout(600);
    if (joined) await joinCall(frame, query);
    if (captions) await caption(query, captions);
    await after?.(frame);
    // Until what moves has come to rest, for the picture.
    await page.waitForTimeout(700);
    await page.screenshot({ path: join(OUT, `${name}.png`) });
    await context.close();
  }
  await browser.close();
  await service.close();
  await call.stop();
  console.log(OUT);
}

async function caption(query: string, said: readonly string[]): Promise<void> {
  const { state = "", people = "7" } = Object.fromEntries(new URLSearchParams(query));
  const room = roomId(`!${state}.${people}`);
  await call.caption(room, scene(state, Number(people), room, Date.now()).meeting?.turn?.speaker ?? "", said);
}

async function joinCall(frame: FrameLocator, query: string): Promise<void> {
  await frame.getByTestId("join").click();
  await frame.getByTestId("join-now").click();
  await frame.getByTestId("leave").waitFor();
  const { state = "", people = "7" } = Object.fromEntries(new URLSearchParams(query));
  const room = roomId(`!${state}.${people}`);
  const { meeting, session } = scene(state, Number(people), room, Date.now());
  if (meeting?.turn?.speaker === session.me.id && meeting.turn.status === "speaking")
    await call.open(room, session.me.id);
}
