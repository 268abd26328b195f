import type { Browser, Page, Route } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROUTES } from "../../appservice/protocol/routes.ts";
import type { EraseRequest, EraseResponse } from "../../appservice/protocol/own-data.ts";
import type { MyPurpose, MyPurposesResponse, PurposeRequest } from "../../appservice/protocol/purposes.ts";
import { launchChromium } from "../support/stack/chromium.ts";
import { startFakeService, type FakeService } from "./fake-service/fake-service.ts";

let service: FakeService;
let browser: Browser;
let page: Page;
const answered: PurposeRequest[] = [];
const erased: EraseRequest[] = [];

beforeAll(async () => {
  [service, browser] = await Promise.all([startFakeService(), launchChromium()]);
  page = await (await browser.newContext()).newPage();
  await page.route(`**${tail(ROUTES.myPurposes.path)}`, (route) => route.fulfill({ json: answerOn(route) }));
  await page.route(`**${tail(ROUTES.eraseMyWords.path)}`, (route) => {
    const asked: EraseRequest = route.request().postDataJSON();
    erased.push(asked);
    const text = asked.sure ? "They are being erased." : "All of it will be erased for good.";
    return route.fulfill({ json: { begun: asked.sure, text } satisfies EraseResponse });
  });
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

/** The end of a path, behind the room in it. */
function tail(path: string): string {
  return path.slice(path.lastIndexOf("/"));
}

/** Keeps the answers as the service would. */
function answerOn(route: Route): MyPurposesResponse {
  if (route.request().method() === "POST") answered.push(route.request().postDataJSON() as PurposeRequest);
  const of = (purpose: MyPurpose["purpose"], before: boolean): MyPurpose => ({
    purpose,
    text: `May ${purpose} be done with my words?`,
    hash: "0".repeat(64),
    offered: true,
    given: answered.findLast((each) => each.purpose === purpose)?.given ?? before,
    since: 1_000_000,
  });
  return { purposes: [of("sound", true), of("improve", false)] };
}

test("in the settings everybody sees what is in force for them, takes it back, gives it, and has their words erased once they are sure", async () => {
  await page.setViewportSize({ width: 900, height: 900 });
  await page.goto(`${service.url}/?state=others-turn&people=7`);
  const frame = page.frameLocator("iframe");
  await frame.getByTestId("open-settings").click();
  const [sound, improve] = [frame.getByTestId("purpose-sound"), frame.getByTestId("purpose-improve")];
  await frame.getByText("May sound be done with my words?").waitFor();
  await expect.poll(async () => [await sound.isChecked(), await improve.isChecked()]).toEqual([true, false]);
  await sound.click();
  await improve.click();
  await expect
    .poll(() => answered.map(({ purpose, given }) => [purpose, given]))
    .toEqual([
      ["sound", false],
      ["improve", true],
    ]);
  await expect.poll(async () => [await sound.isChecked(), await improve.isChecked()]).toEqual([false, true]);

  await frame.getByTestId("erase-my-words").click();
  await frame.getByText("All of it will be erased for good.").waitFor();
  await frame.getByTestId("keep-my-words").click();
  await frame.getByTestId("erase-my-words").click();
  await frame.getByTestId("erase-for-good").click();
  await frame.getByText("They are being erased.").waitFor();
  expect(erased).toEqual([{ sure: false }, { sure: false }, { sure: true }]);
});
