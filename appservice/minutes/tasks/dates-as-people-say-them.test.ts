import { describe, expect, test } from "vitest";
import { dueDate } from "./due-date.ts";

/** Monday, 23 November 2026. */
const monday = new Date("2026-11-23T00:00:00Z");

function dates(title: string, rows: readonly (readonly [said: string, day: string | null])[]): void {
  describe(title, () => {
    test.each(rows)("%s", (said, day) => expect(dueDate(said, monday)).toBe(day));
  });
}

dates("a number with a dot or a stroke is a date only where it is meant as one", [
  ["I'll release version 2.5", null],
  ["room 4.12", null],
  ["it costs 2.50", null],
  ["I'll finish 3/4 of the work", null],
  ["I'm on call 24/7", null],
  ["in 2.5 weeks", null],
  ["by 12/25", "2026-12-25"],
  ["by 25.12", "2026-12-25"],
  ["due 10.12.2027", "2027-12-10"],
  ["Я выложу версию 2.5 на сервер", null],
  ["закажу 2.5 килограмма", null],
  ["закончу главу 3.4.", null],
  ["обновлю до Ubuntu 24.04", null],
  ["пункт 4.12", null],
  ["версия 10.12", null],
  ["снизим цену до 3.5", null],
  ["цена 10.12 рублей", null],
  ["до 2.5 процента", null],
  ["займёт 1.5 часа", null],
  ["созвон в 10.30", null],
  ["раздел 12.10", null],
  ["до 25.12", "2026-12-25"],
  ["25.12 сдам отчёт", "2026-12-25"],
  ["к 05.12", "2026-12-05"],
  ["не позднее 5.12", "2026-12-05"],
]);

dates("a year that is said is the year that is meant", [
  ["by March 15, 2028", "2028-03-15"],
  ["by the 15th of March 2028", "2028-03-15"],
  ["March 15 twenty twenty eight", "2028-03-15"],
  ["by December 5 next year", "2027-12-05"],
  ["by March 1, 2026", null],
  ["до 15.03.2028", "2028-03-15"],
  ["до 15.03.28", "2028-03-15"],
  ["до 25.12.2026", "2026-12-25"],
  ["до 15 марта 2028", "2028-03-15"],
  ["к 1 марта 28-го года", "2028-03-01"],
  ["пятнадцатого марта две тысячи двадцать восьмого года", "2028-03-15"],
  ["до 25 декабря следующего года", "2027-12-25"],
  ["до 10 января 2028-го", "2028-01-10"],
  ["до 01.03.2026", null],
]);

dates("a day that there is not is none", [
  ["by February 30", null],
  ["by April 31", null],
  ["by the 32nd", null],
  ["by 2027-02-30", null],
  ["by June 31st", null],
  ["до 31.04", null],
  ["к 30.02", null],
  ["до 29.02", null],
  ["до 29.02.2028", "2028-02-29"],
  ["до 31 ноября", null],
  ["к тридцать первому ноября", null],
  ["00.12", null],
  ["до 32 декабря", null],
]);

dates("numbers of several words", [
  ["in twenty five days", "2026-12-18"],
  ["in thirty-one days", "2026-12-24"],
  ["in one hundred and five days", "2027-03-08"],
  ["within twenty-four hours", "2026-11-24"],
  ["in fifteen days", "2026-12-08"],
  ["by the twenty-first", "2026-12-21"],
  ["by December twenty first", "2026-12-21"],
  ["in two and a half weeks", null],
  ["in twenty five minutes", null],
  ["через двадцать пять дней", "2026-12-18"],
  ["через тридцать один день", "2026-12-24"],
  ["через сто двадцать дней", "2027-03-23"],
  ["через пятнадцать дней", "2026-12-08"],
  ["в течение двадцати пяти дней", "2026-12-18"],
  ["через двадцать четыре часа", "2026-11-24"],
  ["через полторы недели", null],
  ["через две с половиной недели", null],
  ["через двадцать пять минут", null],
]);

dates("the firmest ways to name a limit", [
  ["no later than Friday", "2026-11-27"],
  ["not later than December 5", "2026-12-05"],
  ["not later than the 5th", "2026-12-05"],
  ["Friday at the latest", "2026-11-27"],
  ["on or before Friday", "2026-11-27"],
  ["no later than tomorrow", "2026-11-24"],
  ["не позднее пятницы", "2026-11-27"],
  ["самое позднее в пятницу", "2026-11-27"],
  ["не позже чем в среду", "2026-11-25"],
  ["не позднее чем через неделю", "2026-11-30"],
  ["не позднее завтрашнего дня", "2026-11-24"],
  ["не позднее конца недели", "2026-11-27"],
  ["до пятницы включительно", "2026-11-27"],
  ["не позднее двадцатого", "2026-12-20"],
]);

dates("what comes again and again is due on no day", [
  ["every second Friday", null],
  ["every other Friday", null],
  ["on alternate Fridays", null],
  ["every Monday and Friday", null],
  ["once a week on Monday", null],
  ["weekly on Friday", null],
  ["every third Monday of the month", null],
  ["on Fridays", null],
  ["I clean every Friday, and the report is done by tomorrow", "2026-11-24"],
  ["каждую вторую пятницу", null],
  ["раз в две недели", null],
  ["еженедельно по пятницам", null],
  ["по понедельникам и средам", null],
  ["каждые два дня", null],
  ["через каждые две недели", null],
  ["каждый второй понедельник месяца", null],
]);

dates("stretches counted from a named day", [
  ["two weeks from Friday", "2026-12-11"],
  ["a week from tomorrow", "2026-12-01"],
  ["three days after Friday", "2026-11-30"],
  ["two days before Friday", "2026-11-25"],
  ["the day after Friday", "2026-11-28"],
  ["the day after tomorrow", "2026-11-25"],
  ["Friday week", "2026-12-04"],
  ["a week on Friday", "2026-12-04"],
  ["the Friday after next", "2026-12-11"],
  ["the week after next", "2026-12-11"],
  ["two Fridays from now", "2026-12-04"],
  ["within a week of Friday", "2026-12-04"],
  ["two weeks from now", "2026-12-07"],
  ["a week after the launch", null],
  ["через неделю после пятницы", "2026-12-04"],
  ["через две недели после понедельника", "2026-12-14"],
  ["за два дня до пятницы", "2026-11-25"],
  ["на следующий день после пятницы", "2026-11-28"],
  ["накануне пятницы", "2026-11-26"],
  ["в пятницу через неделю", "2026-12-04"],
  ["через две недели в понедельник", "2026-12-07"],
  ["через неделю с завтрашнего дня", "2026-12-01"],
  ["через неделю после запуска", null],
]);

dates("beginnings, middles and ends", [
  ["by the beginning of next week", "2026-11-30"],
  ["early next week", "2026-11-30"],
  ["first thing next week", "2026-11-30"],
  ["mid next week", "2026-12-02"],
  ["beginning of next month", "2026-12-01"],
  ["by mid December", "2026-12-15"],
  ["by the end of the year", "2026-12-31"],
  ["end of the quarter", "2026-12-31"],
  ["at the beginning of next year", "2027-01-01"],
  ["by the weekend", "2026-11-27"],
  ["by EOD Friday", "2026-11-27"],
  ["by the end of the day tomorrow", "2026-11-24"],
  ["в начале следующей недели", "2026-11-30"],
  ["к середине следующей недели", "2026-12-02"],
  ["в начале следующего месяца", "2026-12-01"],
  ["к середине декабря", "2026-12-15"],
  ["до конца года", "2026-12-31"],
  ["до конца квартала", "2026-12-31"],
  ["к выходным", "2026-11-27"],
  ["к вечеру пятницы", "2026-11-27"],
]);

dates("a weekday with its date", [
  ["by Friday the 4th", "2026-12-04"],
  ["by Friday, the 4th of December", "2026-12-04"],
  ["Friday the fourth", "2026-12-04"],
  ["by Friday (December 11)", "2026-12-11"],
  ["on Friday 11th", "2026-12-11"],
  ["by Friday the 5th", null],
  ["в пятницу 4-го", "2026-12-04"],
  ["в пятницу, 4 декабря", "2026-12-04"],
  ["в пятницу четвёртого", "2026-12-04"],
  ["пятница 04.12", "2026-12-04"],
  ["к пятнице, 11-му", "2026-12-11"],
  ["в пятницу 11 числа", "2026-12-11"],
  ["в пятницу 5-го", null],
]);

dates("short and whole ways", [
  ["in a month", "2026-12-23"],
  ["in two months", "2027-01-23"],
  ["by Fri", "2026-11-27"],
  ["by the fifth", "2026-12-05"],
  ["by the second meeting", null],
  ["on the 2nd floor", null],
  ["через месяц", "2026-12-23"],
  ["к двадцатому", "2026-12-20"],
  ["к первому", "2026-12-01"],
  ["к первому релизу", null],
  ["через полгода", "2027-05-23"],
]);
