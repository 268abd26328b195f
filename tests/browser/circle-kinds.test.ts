import { afterAll, beforeAll, expect, test } from "vitest";
import { BrowserStage } from "../support/stack/browser-stage.ts";

let stage: BrowserStage;

beforeAll(async () => {
  stage = await BrowserStage.open({ speech: { engine: "off" } });
});

afterAll(() => stage?.close());

/** Long times everywhere: whatever goes on here is pressed by somebody. */
const GARDEN = `id: garden
title: { en: Garden, ru: Сад }
about: { en: "We write, talk and decide.", ru: "Пишем, говорим и решаем." }
turnSeconds: 300
betweenSeconds: 600
circles:
  - { kind: silent-writing, circleSeconds: 900, theme: { en: "Ideas for {topic}", ru: "Идеи: {topic}" } }
  - { id: talk, kind: open-floor, circleSeconds: 900, theme: { en: "What do we make of them?", ru: "Что из них выйдет?" } }
  - { kind: consent, theme: { en: "Good enough for now?", ru: "Достаточно хорошо на сейчас?" }, repeat: { until: nobody-objects, from: talk, atMost: 1 } }
`;

type State = {
  phase: string;
  circle: number;
  circles: { kind: string; round: number; status: string; stances: unknown[]; texts: unknown[] }[];
  keeper: string;
};

const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read);

test("two people write in silence, talk by raised hands and decide by consent, with the widget alone", async () => {
  const [ann, tom] = await Promise.all([stage.person("ann", "Ann"), stage.person("tom", "Том")]);
  const room = await stage.roomOf(ann, tom);
  expect(await ann.command(room, `!circle scenario import\n\`\`\`yaml\n${GARDEN}\`\`\``)).toMatch(
    /“Garden” \(garden\) has been added/,
  );
  const [a, t] = await Promise.all([
    stage.seat(room, ann, "Ann", { locale: "en" }),
    stage.seat(room, tom, "Том", { locale: "ru" }),
  ]);
  const state = async () => (await ann.state<State>(room, "org.mindminder.meeting"))!;

  // Tom may start as well as anybody, and becomes the keeper; he reads the scenario in Russian.
  await t.widget.getByTestId("start").click();
  await t.widget.getByRole("radio", { name: "Сад" }).check();
  await t.widget.getByTestId("topic").fill("spring");
  await eventually(() => t.widget.getByTestId("outline").textContent()).toContain("Идеи: spring");
  await t.widget.getByTestId("start-now").click();
  // Each reads the theme in their own language.
  await eventually(() => t.widget.getByTestId("theme").textContent()).toContain("Идеи: spring");
  await eventually(() => a.widget.getByTestId("theme").textContent()).toContain("Ideas for spring");

  // Writing: what Ann has typed survives a reload, and nobody sees it before both have finished.
  await a.widget.getByTestId("my-text").fill("a tap by the beds");
  await a.widget.locator("[data-testid=text-state][data-state=saved]").waitFor();
  await a.page.reload();
  await eventually(() => a.widget.getByTestId("my-text").inputValue()).toBe("a tap by the beds");
  await a.join();
  await a.widget.getByTestId("finish-text").click();
  await eventually(() => t.widget.getByTestId("writers-done").textContent()).toBe("Готово: 1 из 2");
  expect(await t.widget.getByText("a tap by the beds").count()).toBe(0);
  await t.widget.getByTestId("my-text").fill("бочка для дождя");
  await t.widget.getByTestId("finish-text").click();
  await a.widget.getByTestId("written-text").filter({ hasText: "бочка для дождя" }).waitFor();
  await t.widget.getByTestId("written-text").filter({ hasText: "a tap by the beds" }).waitFor();
  const one = await Promise.any([a, t].map(async (each) => (await each.hasTheWord(), each)));
  const other = one === a ? t : a;
  await one.pass();
  await other.hasTheWord();
  await other.pass();

  // Between circles a raised hand brings the word; the keeper goes on.
  await a.widget.getByTestId("hand-clarify").click();
  await a.hasTheWord();
  await a.pass();
  await t.widget.getByTestId("what-happens").and(t.widget.locator("[data-what=next]")).waitFor();
  await t.widget.getByTestId("keeper-menu").click();
  await t.widget.getByTestId("next-circle").click();

  // On the open floor the second hand waits, and its owner sees its place.
  await t.widget.getByTestId("floor-panel").waitFor();
  await eventually(async () => (await state()).circles[1]?.status).toBe("running");
  await t.widget.getByTestId("hand-reply").click();
  await t.hasTheWord();
  await a.widget.getByTestId("hand-point-of-order").click();
  await eventually(() => a.widget.getByTestId("my-place").textContent()).toBe("You are next");
  await t.widget.locator(`[data-who="${ann.userId}"] [data-testid=give-word]`).click();
  await a.hasTheWord();
  await a.pass();
  await t.widget.getByTestId("keeper-menu").click();
  await t.widget.getByTestId("next-circle").click();
  await eventually(async () => (await state()).phase).toBe("between");
  await t.widget.getByTestId("keeper-menu").click();
  await t.widget.getByTestId("next-circle").click();

  // Consent: the objection stands with its reason for all, in the room too, and leads back.
  await a.widget.getByTestId("object-position").click();
  await a.widget.getByTestId("objection-reason").fill("it leaks");
  await a.widget.getByTestId("send-objection").click();
  await t.widget.getByTestId("consent-position").click();
  await t.widget
    .locator(`[data-testid=stance][data-who="${ann.userId}"][data-position=object]`)
    .filter({ hasText: "it leaks" })
    .waitFor();
  await a.widget.locator(`[data-participant="${tom.userId}"] [data-mark=consent]`).waitFor();
  for (let turn = 0; turn < 2; turn += 1) {
    const speaking = await Promise.any([a, t].map(async (each) => (await each.hasTheWord(), each)));
    const turnEnds = speaking.widget.getByTestId("pass").waitFor({ state: "detached" });
    await speaking.pass();
    await turnEnds;
  }
  await eventually(async () => (await state()).circles.map(({ kind, round }) => `${kind} ${round}`)).toEqual([
    "silent-writing 1",
    "open-floor 1",
    "consent 1",
    "open-floor 2",
    "consent 2",
  ]);
  expect((await state()).circles[2]?.stances).toEqual(
    expect.arrayContaining([
      { who: ann.userId, position: "object", reason: "it leaks" },
      { who: tom.userId, position: "consent", reason: "" },
    ]),
  );
  await a.showRecord(true);
  await a.widget.getByTestId("circle-facts").filter({ hasText: "Not decided: there are objections" }).waitFor();
  await a.showRecord(false);
  await a.widget.locator('[data-testid=trail] [data-verdict="objected"]').waitFor({ state: "attached" });

  // The keeper's role goes over, and with it the menu.
  await t.widget.getByTestId("keeper-menu").click();
  await t.widget.getByTestId("hand-over").click();
  await t.widget.getByTestId("hand-over-to").click();
  await t.widget.getByTestId("hand-over-sure").click();
  await a.widget.getByText("You are the keeper now").waitFor();
  await eventually(async () => (await state()).keeper).toBe(ann.userId);
  await eventually(() => t.widget.getByTestId("keeper-menu").count()).toBe(0);
  expect([...a.problems, ...t.problems]).toEqual([]);
  await Promise.all([a.close(), t.close(), ann.close(), tom.close()]);
});
