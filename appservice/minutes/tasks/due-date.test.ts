import { describe, expect, test } from "vitest";
import { dayAt } from "./days.ts";
import { dueDate } from "./due-date.ts";

/** Monday, 23 November 2026. */
const monday = new Date("2026-11-23T00:00:00Z");

describe("a due date said in English", () => {
  test.each([
    ["I'll send it by Friday", "2026-11-27"],
    ["I'll send it by friday", "2026-11-27"],
    ["by next Friday", "2026-12-04"],
    ["this Friday", "2026-11-27"],
    ["on Wednesday", "2026-11-25"],
    ["by Monday morning", "2026-11-30"],
    ["on Tuesday next week", "2026-12-01"],
    ["tomorrow", "2026-11-24"],
    ["the day after tomorrow", "2026-11-25"],
    ["by the end of the day", "2026-11-23"],
    ["by the end of the week", "2026-11-27"],
    ["next week", "2026-12-04"],
    ["by the end of the month", "2026-11-30"],
    ["in two weeks", "2026-12-07"],
    ["within a week", "2026-11-30"],
    ["in three days", "2026-11-26"],
    ["on the 3rd of March", "2027-03-03"],
    ["by March 3rd", "2027-03-03"],
    ["by the third of March", "2027-03-03"],
    ["by December 15", "2026-12-15"],
    ["by the 15th", "2026-12-15"],
    ["by the 25th", "2026-11-25"],
    ["the report from last Friday by tomorrow", "2026-11-24"],
    ["on Wednesday I have time, by Friday it's done", "2026-11-27"],
  ])("%s", (text, expected) => expect(dueDate(text, monday)).toBe(expected));

  test.each([
    "last Friday",
    "since Monday",
    "every Friday",
    "two days ago",
    "for two days",
    "I sat down and may be late",
    "in a second",
    "in March",
    "at five",
    "Friday's numbers",
    "the report about Monday",
  ])("no date: %s", (text) => expect(dueDate(text, monday)).toBeNull());
});

describe("срок, названный по-русски", () => {
  test.each([
    ["пришлю к пятнице", "2026-11-27"],
    ["до пятницы", "2026-11-27"],
    ["в пятницу вечером", "2026-11-27"],
    ["к следующей пятнице", "2026-12-04"],
    ["в следующую среду", "2026-12-02"],
    ["к ближайшему четвергу", "2026-11-26"],
    ["до среды", "2026-11-25"],
    ["ко вторнику", "2026-11-24"],
    ["к понедельнику", "2026-11-30"],
    ["к субботе", "2026-11-28"],
    ["до воскресенья", "2026-11-29"],
    ["завтра", "2026-11-24"],
    ["до завтра", "2026-11-24"],
    ["завтра к обеду", "2026-11-24"],
    ["послезавтра", "2026-11-25"],
    ["сегодня вечером", "2026-11-23"],
    ["к вечеру", "2026-11-23"],
    ["до конца недели", "2026-11-27"],
    ["на этой неделе", "2026-11-27"],
    ["на следующей неделе", "2026-12-04"],
    ["к следующей неделе", "2026-11-30"],
    ["до конца месяца", "2026-11-30"],
    ["до конца марта", "2027-03-31"],
    ["через неделю", "2026-11-30"],
    ["через два дня", "2026-11-25"],
    ["через 3 дня", "2026-11-26"],
    ["в течение недели", "2026-11-30"],
    ["третьего марта", "2027-03-03"],
    ["к третьему марта", "2027-03-03"],
    ["3 марта", "2027-03-03"],
    ["до 15 декабря", "2026-12-15"],
    ["к 15-му декабря", "2026-12-15"],
    ["до двадцать пятого декабря", "2026-12-25"],
    ["к двадцать пятому декабря", "2026-12-25"],
    ["к первому числу", "2026-12-01"],
    ["до 15 числа", "2026-12-15"],
    ["до 25.12", "2026-12-25"],
    ["в среду начну, до пятницы закончу", "2026-11-27"],
  ])("%s", (text, expected) => expect(dueDate(text, monday)).toBe(expected));

  test.each([
    "в прошлую пятницу",
    "с понедельника",
    "каждую пятницу",
    "за неделю",
    "отчёт за март",
    "в марте",
    "через минуту",
    "два дня назад",
    "после среды",
    "посчитаю час простоя",
    "у меня есть неделя",
  ])("срока нет: %s", (text) => expect(dueDate(text, monday)).toBeNull());
});

test("a weekday said on that weekday is the next one", () => {
  const friday = new Date("2026-11-27T00:00:00Z");
  expect(dueDate("by Friday", friday)).toBe("2026-12-04");
  expect(dueDate("к пятнице", friday)).toBe("2026-12-04");
  expect(dueDate("до конца недели", friday)).toBe("2026-11-27");
});

test("the day is the one of the meeting's time zone", () => {
  const lateOnMonday = Date.parse("2026-11-23T22:30:00Z");
  expect(dueDate("tomorrow", dayAt(lateOnMonday, "UTC"))).toBe("2026-11-24");
  expect(dueDate("завтра", dayAt(lateOnMonday, "Europe/Moscow"))).toBe("2026-11-25");
});
