import { readFile } from "node:fs/promises";
import type { Browser, FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../support/stack/chromium.ts";
import { type FakeService, startFakeService } from "./fake-service/fake-service.ts";

let service: FakeService;
let browser: Browser;
let page: Page;
let frame: FrameLocator;
const problems: string[] = [];

beforeAll(async () => {
  [service, browser] = await Promise.all([startFakeService(), launchChromium()]);
  page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  await page.goto(`${service.url}/?state=ended&people=7`);
  frame = page.frameLocator("iframe");
  await frame.locator("[data-tab=graph]").click();
  await frame.locator(".graph-picture").waitFor();
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

const picture = () => frame.locator(".graph-picture").getAttribute("aria-label");
const numberOf = async (what: RegExp) => Number((await picture())?.match(what)?.[1]);
const nodes = () => numberOf(/(\d+) nodes/);
const pictureWidth = () =>
  page.frames()[1]!.evaluate<number>(`document.querySelector(".graph-picture").getBoundingClientRect().width`);

async function saved(button: string): Promise<string> {
  const download = page.waitForEvent("download");
  await frame.getByTestId(button).click();
  return readFile(await (await download).path(), "utf8");
}

test("a node tells the words it came from, chosen by keyboard as well", async () => {
  await frame.locator(".graph-list summary").click();
  await frame.locator(".graph-list button").filter({ hasText: "water pipe" }).focus();
  await page.keyboard.press("Enter");
  const card = frame.getByTestId("graph-chosen");
  await expect.poll(() => card.getAttribute("data-kind")).toBe("task");
  await expect.poll(() => card.textContent()).toContain("I will write to the council about the water pipe by Friday");
});

type Box = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

function overlapping(boxes: readonly Box[]): readonly Box[] {
  return boxes.flatMap((one, at) =>
    boxes
      .slice(at + 1)
      .filter(
        (other) =>
          one.left < other.right - 1 &&
          other.left < one.right - 1 &&
          one.top < other.bottom - 1 &&
          other.top < one.bottom - 1,
      ),
  );
}

test("the picture is the poster's: nothing lies over anything, and it is read without a glass, in the panel and over the window", async () => {
  for (const shape of ["in the panel", "over the window"]) {
    if (shape === "over the window") {
      await frame.getByTestId("graph-larger").click();
      await expect.poll(pictureWidth).toBeGreaterThan(1100);
    }
    const drawn = () =>
      page.frames()[1]!.evaluate<{ nodes: Box[]; text: number[] }>(`({
      nodes: [...document.querySelectorAll(".graph-node > rect:first-of-type, .graph-node > circle")].map((element) => element.getBoundingClientRect().toJSON()),
      text: [...document.querySelectorAll(".graph-picture text")].map((element) => parseFloat(getComputedStyle(element).fontSize) * element.ownerSVGElement.getScreenCTM().a),
    })`);
    // Its size follows the window's a moment later.
    await expect
      .poll(
        async () => {
          const { nodes, text } = await drawn();
          return { enough: nodes.length > 15, over: overlapping(nodes), legible: Math.min(...text) >= 12 };
        },
        { message: shape },
      )
      .toEqual({ enough: true, over: [], legible: true });
  }
  await frame.getByTestId("graph-larger").click();
  await expect.poll(pictureWidth).toBeLessThan(1100);
});

test("a press on a card tells what it has to do with others, and goes there", async () => {
  await frame.locator(".graph-node[data-kind=task]").filter({ hasText: "water pipe" }).click();
  const relation = frame.getByTestId("relation").filter({ hasText: "Anna Petrova" });
  await expect.poll(() => relation.textContent()).toBe("taken on by: Anna Petrova");
  await relation.getByRole("button").click();
  await expect.poll(() => frame.getByTestId("graph-chosen").getAttribute("data-kind")).toBe("participant");
  await expect
    .poll(() => frame.getByTestId("relation").allTextContents())
    .toContain("takes on: Write to the council about the water pipe");
});

test("the lines are named", async () => {
  await expect.poll(() => frame.getByTestId("graph-lines").textContent()).toContain("taken on by");
});

test("what is switched off is gone, and whoever is chosen is left with what they touch", async () => {
  await frame.getByTestId("graph-filter").click();
  const all = await nodes();
  const tasks = frame.getByTestId("graph-kind").filter({ hasText: "Tasks" });
  await tasks.click();
  await expect.poll(nodes).toBe(all - 3);
  await tasks.click();
  await expect.poll(nodes).toBe(all);
  await frame.locator(".graph-choice").first().selectOption({ label: "Boris" });
  await expect.poll(nodes).toBeLessThan(all - 3);
  await frame.locator(".graph-choice").first().selectOption("");
  await expect.poll(nodes).toBe(all);
});

test("it is saved as a picture and as data", async () => {
  const svg = await saved("graph-svg");
  expect(svg).not.toContain("var(");
  expect(await saved("graph-png")).toContain("PNG");
  expect(svg).toMatch(/^<svg [\s\S]*Anna Petrova[\s\S]*<\/svg>\s*$/);
  expect(await saved("take-graphml")).toContain(`<data key="kind">task</data>`);
  expect(await saved("take-mermaid")).toMatch(/^flowchart LR\n/);
  expect(await saved("take-graph-svg")).toMatch(/^<svg [\s\S]*Results/i);
  expect(JSON.parse(await saved("take-graph-json")).nodes).toHaveLength(await nodes());
});

test("all meetings of the room are one graph: people once, tasks of each", async () => {
  const tasks = () =>
    frame
      .locator(".graph-list li")
      .filter({ hasText: /^Task:/ })
      .count();
  const people = () =>
    frame
      .locator(".graph-list li")
      .filter({ hasText: /^Person:/ })
      .count();
  await expect.poll(async () => [await people(), await tasks()]).toEqual([7, 3]);
  await frame.getByTestId("graph-of-room").click();
  await expect.poll(tasks).toBe(6);
  await expect.poll(() => people()).toBe(7);
  expect(await saved("take-graphml")).toContain("<graphml");
});

test("nothing went wrong unseen", () => {
  expect(problems).toEqual([]);
});
