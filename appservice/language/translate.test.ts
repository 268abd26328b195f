import { expect, test } from "vitest";
import { REFUSALS } from "../protocol/refusal.ts";
import { en } from "./en.ts";
import { ru } from "./ru.ts";
import { clockTime, dateIn, translateTo } from "./translate.ts";

const base = (key: string) => key.replace(/_(one|few|many|other)$/, "");
const keysOf = (catalogue: object) => [...new Set(Object.keys(catalogue).map(base))].sort();

test("both languages say everything", () => {
  expect(keysOf(ru)).toEqual(keysOf(en));
  for (const code of REFUSALS) expect(Object.keys(en)).toContain(`refusal.${code}`);
});

test("what is said with no word is left out, and never shows a name of ours", () => {
  for (const language of ["en", "ru"] as const) {
    expect(translateTo(language)("command.usage.leave")).toBe("");
    for (const key of keysOf(en)) if (/^command\.(usage|help|word)\./.test(key)) expect(translateTo(language)(key as "command.usage.leave"), key).not.toContain("command.");
  }
});

test("the same is put into a sentence in both languages", () => {
  const holes = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();
  for (const key of Object.keys(en) as (keyof typeof en)[]) {
    if (key in ru) expect(holes(ru[key as keyof typeof ru]), key).toEqual(holes(en[key]));
  }
});

test("Russian has its forms of number", () => {
  const t = translateTo("ru");
  expect(t("meeting.tasks", { count: 1 })).toMatch(/^1 задача /);
  expect(t("meeting.tasks", { count: 3 })).toMatch(/^3 задачи /);
  expect(t("meeting.tasks", { count: 11 })).toMatch(/^11 задач /);
});

test("what is put in is not looked into again", () => {
  expect(translateTo("en")("refusal.not-your-turn", { speaker: "{{x}} $t(refusal.stale)" })).toBe("{{x}} $t(refusal.stale) has the word.");
});

test("times and dates read as people write them", () => {
  expect([clockTime(65_000), clockTime(3_725_000), clockTime(-1)]).toEqual(["1:05", "1:02:05", "0:00"]);
  expect(dateIn("ru", "2026-03-03")).toBe("3 марта 2026 г.");
  expect(dateIn("en", "2026-03-03")).toBe("March 3, 2026");
});
