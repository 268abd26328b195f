import { afterAll, beforeAll, expect, test } from "vitest";
import { en } from "../../widget/src/language/en.ts";
import { ru } from "../../widget/src/language/ru.ts";
import { BrowserStage } from "../support/stack/browser-stage.ts";
import { KeyboardPerson } from "../support/stack/keyboard-person.ts";
import { LONG } from "../support/stack/long.ts";

let stage: BrowserStage;

beforeAll(async () => {
  stage = await BrowserStage.open({ speech: { engine: "off" } });
});

afterAll(() => stage?.close());

/** Long times everywhere: whatever goes on here is pressed by somebody. */
const WALK = `id: walk
title: { en: Walk, ru: Прогулка }
order: reversed
turnSeconds: 300
betweenSeconds: 600
circles:
  - { kind: statement, theme: { en: "Where shall we go?", ru: "Куда пойдём?" } }
  - { kind: consent, theme: { en: "To the lake?", ru: "К озеру?" } }
`;

const LANGUAGES = [
  ["en", en, "Walk"],
  ["ru", ru, "Прогулка"],
] as const;

const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read);

test.runIf(LONG).each(LANGUAGES)(
  "a whole council by keyboard and accessibility tree alone: %s",
  async (language, words, scenario) => {
    const [ann, tom] = await Promise.all([
      stage.person(`ann-${language}`, "Ann"),
      stage.person(`tom-${language}`, "Tom"),
    ]);
    const room = await stage.roomOf(ann, tom);
    await ann.command(room, `!circle scenario import\n\`\`\`yaml\n${WALK}\`\`\``);
    const seen = await stage.look(room, ann, "Ann", { locale: language });
    const me = await KeyboardPerson.take(seen);
    const state = async () =>
      (await tom.state<{ phase: string; turn: { speaker: string } | null; circles: { stances: unknown[] }[] }>(
        room,
        "org.mindminder.meeting",
      ))!;

    await me.press("button", words.act.join);
    await me.press("button", words.agreement.write);
    await me.find("button", words.act.leave).waitFor();
    expect(await me.focus(), "after joining the focus is somewhere").not.toBe("");
    const other = await stage.seat(room, tom, "Tom", { locale: language });

    await me.press("button", words.act.start);
    await me.reach("textbox", words.start.topic);
    await me.type("spring");
    await me.choose(scenario);
    await me.press("button", words.act.startNow);

    await eventually(async () => (await state()).phase).toBe("circle");
    const mine = async () => (await state()).turn?.speaker === ann.userId;
    await eventually(() => me.heard()).toContain(
      `${words.say.hasWord.replace("{{name}}", "Tom")} ${words.say.youAreNext}`,
    );
    await other.pass();
    await eventually(() => me.heard()).toContain(words.say.youHaveWord);
    await me.press("button", me.begins(words.act.pass), "Space");
    await eventually(() => me.heard()).toContain(words.say.between);

    // Between circles: a hand that is raised and taken down again, then on by the keeper's menu.
    await me.press("button", words.circle.hands.button);
    await me.press("button", me.begins(words.circle.hands.kind.clarify));
    await eventually(() => mine()).toBe(true);
    await me.press("button", me.begins(words.act.pass), "Space");
    await eventually(async () => (await state()).turn).toBeNull();
    await me.press("button", words.act.keeper);
    await me.press("button", words.act.nextCircle);

    // Gives my stance, then goes through both turns.
    await me.press("button", words.circle.consent.consent);
    await eventually(async () => (await state()).circles[1]?.stances.length).toBe(1);
    for (let turn = 0; turn < 2; turn += 1) {
      const speaking = (await state()).turn?.speaker;
      if (speaking === ann.userId) await me.press("button", me.begins(words.act.pass), "Space");
      else await other.pass();
      await eventually(async () => (await state()).turn?.speaker).not.toBe(speaking);
    }
    await eventually(() => me.heard()).toContain(words.say.ended);

    await me.press("button", words.act.leave);
    await me.find("button", words.act.join).waitFor();
    expect([...seen.problems, ...other.problems]).toEqual([]);
    await Promise.all([seen.close(), other.close(), ann.close(), tom.close()]);
  },
);
