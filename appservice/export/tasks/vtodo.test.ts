import { describe, expect, test } from "vitest";
import { task } from "../../../tests/support/tasks/task.ts";
import { changedTodo, isDone, newTodo } from "./vtodo.ts";
import { stopwatch } from "../../../tests/support/stopwatch.ts";

const object = (...todos: string[][]) =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    ...todos.flatMap((lines) => ["BEGIN:VTODO", "UID:a", ...lines, "END:VTODO"]),
    "END:VCALENDAR",
    "",
  ].join("\r\n");
const written = { uid: "a", now: 0, attendee: null, withStatus: false };
const times = (lines: string[], due: string | null) =>
  changedTodo(object(lines), task({ due }), written)!
    .split("\r\n")
    .filter((line) => /^(?:DTSTART|DUE|DURATION)/.test(line));

describe("our day stands beside the start that people gave an entry", () => {
  test.each([
    [
      ["DTSTART;TZID=Europe/Moscow:20261129T100000", "DUE;TZID=Europe/Moscow:20261201T180000"],
      ["DTSTART;TZID=Europe/Moscow:20261129T100000", "DUE;TZID=Europe/Moscow:20261203T180000"],
    ],
    [
      ["DTSTART;TZID=Europe/Moscow:20261129T100000"],
      ["DTSTART;TZID=Europe/Moscow:20261129T100000", "DUE;TZID=Europe/Moscow:20261203T235900"],
    ],
    [
      ["DTSTART:20261129T100000Z", "DUE;TZID=Europe/Moscow:20261201T180000"],
      ["DTSTART:20261129T100000Z", "DUE:20261203T235900Z"],
    ],
    [
      ["DTSTART:20261129T100000", "DURATION:P2D"],
      ["DTSTART:20261129T100000", "DUE:20261203T235900"],
    ],
    [["DTSTART;VALUE=DATE:20261129"], ["DTSTART;VALUE=DATE:20261129", "DUE;VALUE=DATE:20261203"]],
    [["DTSTART:20261129"], ["DTSTART;VALUE=DATE:20261129", "DUE;VALUE=DATE:20261203"]],
    [
      ["DTSTART;VALUE=DATE-TIME;TZID=Europe/Moscow:20261129T100000"],
      ["DTSTART;TZID=Europe/Moscow:20261129T100000", "DUE;TZID=Europe/Moscow:20261203T235900"],
    ],
    [
      ['DTSTART;TZID="(UTC+03:00) Moscow; Volgograd":20261129T100000'],
      [
        'DTSTART;TZID="(UTC+03:00) Moscow; Volgograd":20261129T100000',
        'DUE;TZID="(UTC+03:00) Moscow; Volgograd":20261203T235900',
      ],
    ],
    [
      ["DTSTART;VALUE=DATE:20261224", "RRULE:FREQ=WEEKLY"],
      ["DTSTART;VALUE=DATE:20261203", "DUE;VALUE=DATE:20261203"],
    ],
    [
      ["dtstart;tzid=Europe/Moscow:20261224T190000", "DUE;TZID=Europe/Moscow:20261224T200000"],
      ["DTSTART;tzid=Europe/Moscow:20261203T190000", "DUE;tzid=Europe/Moscow:20261203T235900"],
    ],
    [
      ["DTSTART;TZID=X:20261202T200000", "DUE;TZID=X:20261203T100000"],
      ["DTSTART;TZID=X:20261202T200000", "DUE;TZID=X:20261203T100000"],
    ],
    [
      ["DTSTART;TZID=X:20261210T200000", "DUE;TZID=X:20261211T100000"],
      ["DTSTART;TZID=X:20261203T100000", "DUE;TZID=X:20261203T100000"],
    ],
    [["DTSTART:soon", "DUE:20261201T180000Z"], ["DUE;VALUE=DATE:20261203"]],
    [["DURATION:P1D", "DUE:20261201T180000Z"], ["DUE;VALUE=DATE:20261203"]],
  ])("%j", (before, after) => expect(times(before, "2026-12-03")).toEqual(after));

  test("and a task without one leaves it as it is", () => {
    expect(times(["DTSTART;VALUE=DATE:20261129", "DURATION:P2D"], null)).toEqual([
      "DTSTART;VALUE=DATE:20261129",
      "DURATION:P2D",
    ]);
    expect(newTodo(task({ due: "2026-12-03" }), written)).toContain("DUE;VALUE=DATE:20261203\r\n");
  });
});

test("of an entry that repeats the whole is changed, and no occurrence; alarms stay", () => {
  const whole = [
    "RRULE:FREQ=WEEKLY",
    "DTSTART;VALUE=DATE:20261120",
    "EXDATE;VALUE=DATE:20261127",
    "SUMMARY:Water",
    "BEGIN:VALARM",
    "SUMMARY:Alarm",
    "DURATION:PT5M",
    "END:VALARM",
  ];
  const once = [
    "RECURRENCE-ID;VALUE=DATE:20261204",
    "SUMMARY:Water twice",
    "STATUS:CANCELLED",
    "DUE;VALUE=DATE:20261205",
  ];
  for (const order of [
    [whole, once],
    [once, whole],
  ]) {
    const after = changedTodo(object(...order), task({ title: "Water ALL roofs", due: "2026-12-03" }), written)!;
    expect(
      after
        .match(/SUMMARY:.*/g)
        ?.map((line) => line.trim())
        .sort(),
    ).toEqual(["SUMMARY:Alarm", "SUMMARY:Water ALL roofs", "SUMMARY:Water twice"]);
    for (const line of [...once, "EXDATE;VALUE=DATE:20261127", "DURATION:PT5M", "RRULE:FREQ=WEEKLY"])
      expect(after).toContain(`${line}\r\n`);
  }
});

describe("an entry is done", () => {
  const repeats = ["RRULE:FREQ=WEEKLY", "STATUS:NEEDS-ACTION"];
  test.each([
    [true, [["STATUS:COMPLETED"]]],
    [true, [["status;x-a=b: completed "]]],
    [true, [["COMPLETED:20261120T100000Z"]]],
    [true, [["RRULE:FREQ=WEEKLY", "STATUS:COMPLETED"]]],
    [false, [["STATUS:NEEDS-ACTION", "COMPLETED:20261120T100000Z"]]],
    [false, [["STATUS:CANCELLED"]]],
    [false, [["SUMMARY:STATUS:COMPLETED"]]],
    [false, [["BEGIN:VALARM", "STATUS:COMPLETED", "END:VALARM"]]],
    [false, [repeats, ["RECURRENCE-ID;VALUE=DATE:20261120", "STATUS:COMPLETED"]]],
    [false, [["RECURRENCE-ID:20261120T100000Z", "COMPLETED:20261120T100000Z"], repeats]],
    [
      false,
      [
        ["RECURRENCE-ID:20261120T100000Z", "STATUS:COMPLETED"],
        ["RECURRENCE-ID:20261127T100000Z", "STATUS:NEEDS-ACTION"],
      ],
    ],
    [
      true,
      [
        ["RRULE:FREQ=WEEKLY", "STATUS:COMPLETED"],
        ["RECURRENCE-ID:20261127T100000Z", "STATUS:CANCELLED"],
      ],
    ],
    [false, []],
  ])("%s: %j", (done, todos) => expect(isDone(object(...todos))).toBe(done));
});

test("what is no calendar is no task, and 64 kB of it are read in no time", () => {
  for (const text of ["", "<html></html>", "BEGIN:VTODO", "END:VTODO\r\nEND:VTODO"])
    expect(changedTodo(text, task(), written)).toBeNull();
  const took = stopwatch();
  for (const text of [
    "BEGIN:VTODO\r\n".repeat(5_000),
    `BEGIN:VTODO\r\nDTSTART${";".repeat(60_000)}`,
    `BEGIN:VTODO\r\nDTSTART${'"'.repeat(60_000)}\r\nEND:VTODO`,
  ])
    changedTodo(text, task({ due: "2026-12-03" }), written);
  expect(took()).toBeLessThan(1_000);
});
