import { afterAll, beforeAll, expect, test } from "vitest";
import { BrowserStage } from "../support/stack/browser-stage.ts";
import { LONG } from "../support/stack/long.ts";

let stage: BrowserStage;

beforeAll(async () => {
  stage = await BrowserStage.open({ speech: { engine: "off" } });
});

afterAll(() => stage?.close());

const NAMES = ["Анна", "Tom", "Вера", "Глеб", "Борис", "Sue", "Kim"];

test.runIf(LONG)(
  `${NAMES.length} browsers in one circle: the word goes round once, and whoever reloads in mid-turn has it still`,
  async () => {
    const people = await Promise.all(NAMES.map((name, index) => stage.person(`person${index}`, name)));
    const [keeper, ...others] = people;
    const room = await stage.roomOf(keeper!, ...others);
    const pages = new Map<string, Awaited<ReturnType<typeof stage.seat>>>();
    // One after another: browsers that begin at once on a small machine begin late.
    for (const [index, matrix] of people.entries()) {
      pages.set(
        matrix.userId,
        await stage.seat(room, matrix, NAMES[index]!, {
          locale: index % 2 ? "en" : "ru",
          viewport: { width: 380, height: 560 },
        }),
      );
    }

    const begun = keeper!.next(
      room,
      ({ type, content }) => type === "org.mindminder.meeting" && content["phase"] === "circle",
      "the circle's beginning",
    );
    expect(await keeper!.command(room, "!circle start council seven")).toBe("✅");
    const ring = (await begun).content["ring"] as string[];
    expect(ring).toHaveLength(NAMES.length);

    const heard: string[] = [];
    for (const [place, speaker] of ring.entries()) {
      const page = pages.get(speaker)!;
      await page.hasTheWord();
      await expect.poll(() => stage.openMicrophones(room)).toEqual([speaker]);
      if (place === 1) {
        await page.page.reload();
        await page.join();
        await page.hasTheWord();
        await expect.poll(() => stage.openMicrophones(room)).toEqual([speaker]);
      }
      heard.push(speaker);
      await page.pass();
    }
    expect(heard).toEqual(ring);

    const record = keeper!.state<{ phase: string; done: string[]; people: { presence: string }[] }>(
      room,
      "org.mindminder.meeting",
    );
    expect((await record)?.people.map(({ presence }) => presence)).toEqual(NAMES.map(() => "call"));
    expect([...pages.values()].flatMap(({ problems }) => problems)).toEqual([]);
    await Promise.all([...pages.values()].map((page) => page.close()));
    await Promise.all(people.map((person) => person.close()));
  },
  240_000,
);
