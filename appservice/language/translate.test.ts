import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ASSEMBLY_REFUSALS, REFUSALS } from "../protocol/refusal.ts";
import { en } from "./en.ts";
import { ru } from "./ru.ts";
import { clockTime, dateIn, dayIn, spanIn, translateTo } from "./translate.ts";

const base = (key: string) => key.replace(/_(one|few|many|other)$/, "");
const keysOf = (catalogue: object) => [...new Set(Object.keys(catalogue).map(base))].sort();

test("both languages say everything", () => {
  expect(keysOf(ru)).toEqual(keysOf(en));
  for (const code of [...REFUSALS, ...ASSEMBLY_REFUSALS]) expect(Object.keys(en)).toContain(`refusal.${code}`);
});

test("what is said with no word is left out, and never shows a name of ours", () => {
  for (const language of ["en", "ru"] as const) {
    expect(translateTo(language)("command.usage.leave")).toBe("");
    for (const key of keysOf(en))
      if (/^command\.(usage|help|word)\./.test(key))
        expect(translateTo(language)(key as "command.usage.leave"), key).not.toContain("command.");
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
  expect(t("graph.count.task", { count: 1 })).toMatch(/^1 задача$/);
  expect(t("graph.count.task", { count: 3 })).toMatch(/^3 задачи$/);
  expect(t("graph.count.task", { count: 11 })).toMatch(/^11 задач$/);
});

test("what is put in is not looked into again", () => {
  expect(translateTo("en")("refusal.not-your-turn", { speaker: "{{x}} $t(refusal.stale)" })).toBe(
    "{{x}} $t(refusal.stale) has the word.",
  );
});

test("times and dates read as people write them", () => {
  expect([clockTime(65_000), clockTime(3_725_000), clockTime(-1)]).toEqual(["1:05", "1:02:05", "0:00"]);
  expect(dateIn("ru", "2026-03-03")).toBe("3 марта 2026 г.");
  expect(dateIn("en", "2026-03-03")).toBe("March 3, 2026");
});

test("days and times are short where they stand in a line, and a server's own zone is named", () => {
  expect([dayIn("en", "2026-12-02", 2026), dayIn("ru", "2026-12-02", 2026), dayIn("en", "2027-05-01", 2026)]).toEqual([
    "Wed 2 Dec",
    "ср 2 дек.",
    "Sat 1 May 2027",
  ]);
  const [from, to] = [Date.parse("2026-11-28T13:30:00Z"), Date.parse("2026-11-28T13:32:00Z")];
  expect([spanIn("en", from, to, "UTC"), spanIn("ru", from, to, "Europe/Moscow")]).toEqual([
    "28 Nov, 13:30–13:32 UTC",
    "28 нояб., 16:30–16:32",
  ]);
  expect(spanIn("en", from, from + 20_000, "UTC")).toBe("28 Nov, 13:30 UTC");
  const aDay = 24 * 3_600_000;
  expect([spanIn("en", from, from + aDay, "UTC"), spanIn("ru", from, from + aDay / 2, "Europe/Moscow")]).toEqual([
    "28 Nov, 13:30 – 29 Nov, 13:30 UTC",
    "28 нояб., 16:30 – 29 нояб., 04:30",
  ]);
});

test.each(["en", "ru"])(
  "in %s each text stands in one file: of two by one name, one would never be said",
  async (language) => {
    const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith(`-${language}.ts`));
    const parts = await Promise.all(files.map((name): Promise<object> => import(join(import.meta.dirname, name))));
    const names = parts.flatMap((part) => Object.values(part)).flatMap((texts: object) => Object.keys(texts));
    expect(names.length).toBeGreaterThan(300);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  },
);
