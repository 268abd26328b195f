import type { Browser, FrameLocator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { speaker, Stage } from "../support/call/call-stage.ts";
import type { Caller } from "../support/call/caller.ts";
import { launchChromium } from "../support/stack/chromium.ts";
import { type FakeService, startFakeService } from "./fake-service/fake-service.ts";
import { personId, roomId } from "../support/protocol/ids.ts";
import { LONG } from "../support/stack/long.ts";

/** The one in the browser, as the made-up meeting of four has it. */
const ME = personId("@p3:example.org");
const OTHER = personId("@p1:example.org");
const SMALL_WINDOW = { width: 1280, height: 720 };

let stage: Stage;
let service: FakeService;
let browser: Browser;
let listener: Caller;
let page: Page;
let widget: FrameLocator;
let problems: string[];

beforeAll(async () => {
  stage = await Stage.open();
  await stage.floor(speaker(OTHER));
  listener = await stage.join(OTHER);
  service = await startFakeService({
    call: {
      livekitUrl: stage.livekit.url,
      access: (_room, who) => stage.calls.participantToken(roomId(stage.room), personId(who), who),
      open: async () => undefined,
    },
  });
  browser = await launchChromium({ args: ["--autoplay-policy=no-user-gesture-required"] });
});
afterEach(async () => {
  await page.context().close();
  expect(problems).toEqual([]);
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
  await stage?.close();
});

/** Somebody opens the circle's room in a client that answers the widget's questions in this way. */
async function open(ask: "yes" | "refuse" | "late" = "yes", viewport = SMALL_WINDOW): Promise<void> {
  const context = await browser.newContext({ viewport, permissions: ["microphone", "camera"] });
  page = await context.newPage();
  problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(`${service.url}/host-page/#code=others-turn.4&ask=${ask}`);
  widget = page.frameLocator("iframe");
  stage.told.length = 0;
}

async function join(): Promise<void> {
  await widget.getByTestId("join").click();
  await widget.getByTestId("join-now").click();
  await widget.getByTestId("leave").waitFor();
  await eventually(() => stage.told).toContain(`${ME} came`);
}

const press = (testId: string) => page.getByTestId(testId).click();
const shown = () => page.getByTestId("host").getAttribute("data-shown");
const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read);

async function sizeOfFrame(): Promise<{ width: number; height: number }> {
  const { width = 0, height = 0 } = (await page.locator("iframe").boundingBox()) ?? {};
  return { width, height };
}

/** The next question, answered with yes, to be remembered. */
async function approve(about: string): Promise<string[]> {
  await page.locator(`[data-testid=question][data-about=${about}]`).waitFor();
  const lines = await page.getByTestId("question").locator("li").allTextContents();
  await press("question-yes");
  return lines;
}

test("in Element's places the widget has Element's sizes", async () => {
  await open();
  await widget.getByTestId("join").waitFor();
  await eventually(sizeOfFrame).toEqual({ width: 972, height: 454 });
  await press("toggle-people");
  await eventually(sizeOfFrame).toEqual({ width: 652, height: 454 });
  await press("tile-panel");
  await eventually(async () => (await sizeOfFrame()).width).toBe(319);
  await page.setViewportSize({ width: 1440, height: 900 });
  await press("tile-maximise");
  await eventually(async () => (await sizeOfFrame()).width).toBe(552);
});

test("whoever looks at another room, minimises or maximises the widget, stays in the call", async () => {
  await open();
  await join();
  const marked = await widget.locator("body").evaluate((body) => (body.dataset["marked"] = "yes"));
  await press("room-other");
  await eventually(shown).toBe("picture");
  await eventually(sizeOfFrame).toEqual({ width: 304, height: 242 });
  const heard = listener.ear(ME).heard();
  await stage.floor(speaker(ME));
  await heard;
  await press("tile-back");
  for (const [button, place] of [
    ["tile-maximise", "maximised"],
    ["tile-minimise", "picture"],
    ["show-widget", "top"],
    ["tile-panel", "panel"],
    ["tile-top", "top"],
  ] as const) {
    await press(button);
    await eventually(shown).toBe(place);
  }
  expect(await widget.locator("body").getAttribute("data-marked")).toBe(marked);
  await listener.ear(ME).heard();
  expect(stage.told).not.toContain(`${ME} went`);
  await widget.getByTestId("leave").click();
  await widget.getByTestId("join").waitFor();
  await press("room-other");
  await eventually(shown).toBe("gone");
  await stage.floor(speaker(OTHER));
});

test.runIf(LONG)(
  "where the client refuses, I am told what leaving the room means; it means that, and I can come back",
  async () => {
    await open("refuse");
    const told = widget.getByText("If you open another room, you will leave the call").waitFor();
    await join();
    await told;
    await press("room-other");
    await eventually(() => page.locator("iframe").count()).toBe(0);
    // A frame that is taken away says no farewell: LiveKit waits before it believes it.
    await expect.poll(() => stage.told).toContain(`${ME} went`);
    await press("room-circle");
    await join();
  },
);

test("a client that asks its person and lets them take their time: one question about capabilities, remembered with the others", async () => {
  await open("late");
  await approve("load");
  expect(await approve("capabilities")).toHaveLength(3);
  await approve("identity");
  await join();
  await press("room-other");
  await eventually(shown).toBe("picture");
  expect(await page.getByTestId("question").count()).toBe(0);
  await page.reload();
  await join();
  await press("tile-minimise");
  await eventually(shown).toBe("picture");
  expect(await page.getByTestId("question").count()).toBe(0);
});
