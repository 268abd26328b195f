import { describe, expect, test } from "vitest";
import { personId } from "../../../../tests/support/protocol/ids.ts";
import { stopwatch } from "../../../../tests/support/stopwatch.ts";
import { meaningCheck } from "./check-meaning.ts";
import { daysIn } from "./days.ts";
import { numbersIn } from "./numbers.ts";

test.each([
  ["the thirteenth, half past six", [13, 6, 30]],
  ["at 6:30 on the 13th", [6, 30, 13]],
  ["fourteen thousand, and nine thousand two hundred", [14_000, 9_200]],
  ["14,000 and 9 200", [14_000, 9_200]],
  ["one of them came twice", [2]],
  ["двадцать восьмого числа, к пятнадцатому", [28, 15]],
  ["двести сорок обращений из них семьдесят", [240, 70]],
  ["пять тысяч триста двенадцать рублей, трое", [5_312, 3]],
  ["шестнадцать и 16-го, первого", [16, 1]],
  ["three issues, one of them late; 3 выпуска, один из них", [3]],
  ["четырёхместная палатка и двушка на пятидневный поход", [4, 2, 5]],
] as const)("the numbers of “%s” are the same in words and digits", (text, numbers) => {
  expect([...numbersIn(text)].sort()).toEqual([...numbers].sort());
});

test("days are known in every case, and a work day of neighbours is none of them", () => {
  expect([...daysIn("в субботу, к понедельнику, в декабре; tomorrow or on Friday")].sort()).toEqual(
    ["dec", "fri", "mon", "sat", "tomorrow"].sort(),
  );
  expect(daysIn("субботник и среди них марка").size).toBe(0);
});

describe("a claim", () => {
  const [ann, boris] = [personId("@anna:x"), personId("@boris:x")];
  const people = [
    { id: ann, name: "Anna" },
    { id: boris, name: "Борис" },
  ];
  const check = meaningCheck(people);
  const line = (speaker: typeof ann, text: string) => [{ speaker, text }];

  test.each([
    ["number", "Anna needs five chairs.", line(ann, "I need four chairs for the hall.")],
    ["day", "Anna brings the chairs on Friday.", line(ann, "I'll bring the chairs on Monday.")],
    ["name", "Борис brings the chairs.", line(ann, "I'll bring the chairs.")],
    ["name", "Anna brings the chairs for Jake.", line(ann, "I'll bring the chairs.")],
    ["negation", "Anna can bring the chairs.", line(ann, "I cannot bring the chairs.")],
    ["negation", "Стулья не привезли.", line(boris, "Стулья привезли утром.")],
    ["negation", "Перебои были.", line(boris, "Перебоев не было.")],
    ["content", "Anna brings the chairs and bakes three hundred pies.", line(ann, "I'll bring three hundred chairs.")],
    ["roles", "Anna asks Борис to bring the chairs.", line(boris, "Anna, please bring the chairs.")],
    ["roles", "Борис brings the chairs.", line(boris, "Anna, could you bring the chairs?")],
    ["number", "Борис берёт двухместную палатку.", line(boris, "беру четырёхместную палатку")],
    ["day", "Борис зовёт поэта на этой неделе.", line(boris, "на следующей неделе позову поэта")],
    ["negation", "The heating is on after six.", line(ann, "the heating is off after six")],
    ["negation", "Борис доделал план.", line(boris, "я не успел доделать план")],
    ["negation", "Борис против собаки.", line(boris, "я не против собаки")],
    [
      "negation",
      "Борис has told the neighbours.",
      [...line(ann, "Борис have you told the neighbours"), ...line(boris, "not yet")],
    ],
  ] as const)("with a false %s does not hold: %s", (fault, claim, lines) => {
    expect(check(claim, lines, 0.34)).toEqual({ holds: false, fault });
  });

  test.each([
    ["Anna needs 4 chairs.", line(ann, "I need four chairs for the hall.")],
    ["Стулья нужны Борису к 12 декабря.", line(boris, "Мне нужны стулья к двенадцатому декабря.")],
    ["Anna brings the chairs.", line(boris, "Anna, could you bring the chairs?")],
    ["Борис asks Anna to bring the chairs.", line(boris, "Anna, please bring the chairs.")],
    ["Nobody has brought chairs.", line(ann, "The chairs were not brought.")],
    ["Борис не возражает против собаки.", line(boris, "я не против собаки")],
    ["Студия будет готова не раньше марта.", line(boris, "студия будет готова только в марте")],
    ["Anna will call the crane people.", line(ann, "I'll ring the crane people")],
    ["Стулья поставят у стены.", line(boris, "ставим стулья у стены")],
    ["Бориса не будет в четверг.", line(boris, "меня в четверг не будет")],
    [
      "Anna and Борис can do one Thursday a month.",
      [...line(ann, "I could do one thursday a month"), ...line(boris, "same here")],
    ],
    ["Борис спросит родителей.", [...line(ann, "надо спросить родителей"), ...line(boris, "спрошу")]],
  ])("in other words holds: %s", (claim, lines) => {
    expect(check(claim, lines, 0.34)).toMatchObject({ holds: true });
  });

  test.each([
    ["Anna needs five tables and three chairs.", line(ann, "I need three tables and five chairs.")],
    ["Rent goes up from 450 to 400 euros.", line(ann, "rent goes up from 400 to 450 euros")],
    [
      "Борис купит цемент в воскресенье и покрасит забор в пятницу.",
      line(boris, "куплю цемент в пятницу и покрашу забор в воскресенье"),
    ],
    ["The picnic is cancelled.", line(ann, "if it rains the picnic is cancelled")],
    ["Голосуют члены кооператива.", line(boris, "голосуют только члены кооператива")],
  ])("in the same words that may be turned round is in doubt: %s", (claim, lines) => {
    expect(check(claim, lines, 0.34)).toEqual({ holds: true, doubtful: true });
  });

  test.each([
    ["Anna needs three tables and five chairs.", line(ann, "I need three tables and five chairs.")],
    ["If it rains the picnic is cancelled.", line(ann, "if it rains the picnic is cancelled")],
    ["Голосуют только члены кооператива.", line(boris, "голосуют только члены кооператива")],
  ])("in the words that were said is in none: %s", (claim, lines) => {
    expect(check(claim, lines, 0.34)).toEqual({ holds: true, doubtful: false });
  });

  test("of any length is checked at once", () => {
    const took = stopwatch();
    check("стулья не ".repeat(30), [...line(ann, "стулья двадцать ".repeat(2_000))], 0.34);
    expect(took()).toBeLessThan(200);
  });
});
