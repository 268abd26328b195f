/**
 * node tools/run.mjs tools/user-picture.ts: the pictures of the user guide, from the real widget at the size that
 * Element gives it, with numbers on what the guide explains. They are committed, so that the guide reads without a
 * build. Run `npm run build` before it.
 */
import { resolve } from "node:path";
import type { Browser, FrameLocator, Page } from "playwright-core";
import type { Language } from "../appservice/protocol/identity.ts";
import { type StartedCall, startFakeCall } from "../tests/browser/fake-service/fake-call.ts";
import { startFakeService } from "../tests/browser/fake-service/fake-service.ts";
import { scene } from "../tests/browser/fake-service/states.ts";
import { launchChromium } from "../tests/support/stack/chromium.ts";
import { CHECK_PARTS, type Part, TURN_PARTS } from "./user-picture-parts.ts";
import { roomId } from "../tests/support/protocol/ids.ts";

const DOCS = resolve(import.meta.dirname, "../docs");
/** Size in pixels that Element 1.12 gives a widget at the top of a room, in a window of usual width. */
const IN_ELEMENT = { width: 972, height: 454 };
const PEOPLE = 5;
const MARK =
  "position:fixed;width:22px;height:22px;margin:-11px;border-radius:50%;background:#d5007f;color:#fff;font:700 13px/22px sans-serif;text-align:center;box-shadow:0 0 0 2px #fff;z-index:99";
const AT_REST = `Promise.all([document.fonts.ready, ...document.getAnimations().filter((each) => each.effect.getTiming().iterations !== Infinity).map((each) => each.finished.catch(() => null))])
  .then(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))).then(() => null)`;

type Studio = {
  readonly browser: Browser;
  readonly url: string;
  readonly call: StartedCall;
  readonly language: Language;
};

async function takePictures(): Promise<void> {
  const call = await startFakeCall();
  const service = await startFakeService({ port: 0, call });
  const browser = await launchChromium();
  for (const language of ["en", "ru"] as const) {
    const studio = { browser, url: service.url, call, language };
    const end = language === "en" ? "png" : `${language}.png`;
    await picture(studio, `device-check.${end}`, "arriving", CHECK_PARTS);
    await picture(studio, `widget.${end}`, "my-turn", TURN_PARTS);
  }
  await browser.close();
  await service.close();
  await call.stop();
}

async function picture(
  { browser, url, call, language }: Studio,
  file: string,
  state: string,
  parts: readonly Part[],
): Promise<void> {
  const context = await browser.newContext({
    viewport: IN_ELEMENT,
    deviceScaleFactor: 1.5,
    permissions: ["microphone"],
    locale: language,
  });
  const page = await context.newPage();
  await page.goto(`${url}/?state=${state}&people=${PEOPLE}&lang=${language}`);
  const frame = page.frameLocator("iframe");
  await frame.getByTestId("join").waitFor();
  if (await frame.getByTestId("record").isVisible()) await frame.getByTestId("toggle-record").click();
  await frame.getByTestId("join").click();
  if (state === "my-turn") {
    await frame.getByTestId("join-now").click();
    await frame.getByTestId("leave").waitFor();
    const room = roomId(`!${state}.${PEOPLE}`);
    await call.open(room, scene(state, PEOPLE, room, Date.now()).session.me.id);
    await frame.locator('[data-testid="microphone"][data-microphone="open"]').waitFor();
  }
  await page.mouse.move(IN_ELEMENT.width / 2, 2);
  await page.frames()[1]?.evaluate(AT_REST);
  await number(page, frame, parts);
  await page.screenshot({ path: resolve(DOCS, file) });
  console.log(`wrote docs/${file}`);
  await context.close();
}

/** Puts each part's number on it, at the corner that leaves its words free. */
async function number(page: Page, frame: FrameLocator, parts: readonly Part[]): Promise<void> {
  for (const [index, { find, at }] of parts.entries()) {
    const box = await frame.locator(find).first().boundingBox();
    if (!box) throw new Error(`The widget shows no ${find}`);
    const left = within(box.x + box.width * at[0], IN_ELEMENT.width);
    const top = within(box.y + box.height * at[1], IN_ELEMENT.height);
    await page.evaluate(
      `document.body.insertAdjacentHTML("beforeend", ${JSON.stringify(`<b style="left:${left}px;top:${top}px;${MARK}">${index + 1}</b>`)})`,
    );
  }
}

/** Keeps a number whole at the edge of the picture. */
function within(at: number, size: number): number {
  return Math.min(Math.max(at, 13), size - 13);
}

await takePictures();
