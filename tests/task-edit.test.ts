import { expect, test } from "vitest";
import { dayNamedBy } from "../appservice/minutes/tasks/day-named.ts";
import { MinutesOptions } from "../appservice/minutes/options.ts";
import { readTaskEdit } from "../appservice/room/tasks/read-task-edit.ts";
import type { ParticipantId } from "../appservice/protocol/identity.ts";
import { personId } from "./support/protocol/ids.ts";

/** Monday, 23 November 2026. */
const monday = Date.parse("2026-11-23T09:00:00Z");
const dayNamed = dayNamedBy(MinutesOptions.parse({ plugins: { tasks: { timeZone: "UTC" } } }));
const people = [
  { id: personId("@ann:hs"), name: "Ann" },
  { id: personId("@anna:hs"), name: "Анна" },
  { id: personId("@boris:hs"), name: "Борис" },
  { id: personId("@al1:hs"), name: "Alex Stone" },
  { id: personId("@al2:hs"), name: "Alex Wood" },
  { id: personId("@by:hs"), name: "Byron" },
];
const read = (text: string, mentioned: ParticipantId[] = []) =>
  readTaskEdit(text, { people, mentioned, dayNamed: (words) => dayNamed(words, monday) });

test.each([
  ["@Ann by Friday", { owner: personId("@ann:hs"), due: "2026-11-27" }],
  ["by Friday Ann", { owner: personId("@ann:hs"), due: "2026-11-27" }],
  ["by Friday", { due: "2026-11-27" }],
  ["tomorrow", { due: "2026-11-24" }],
  ["by December 15", { due: "2026-12-15" }],
  ["2027-01-31", { due: "2027-01-31" }],
  ["к пятнице", { due: "2026-11-27" }],
  ["до конца недели", { due: "2026-11-27" }],
  ["Анна", { owner: personId("@anna:hs") }],
  ["Анне к пятнице", { owner: personId("@anna:hs"), due: "2026-11-27" }],
  ["Борису, через две недели", { owner: personId("@boris:hs"), due: "2026-12-07" }],
  ["для Бориса", { owner: personId("@boris:hs") }],
  ["alex stone, by the end of the month.", { owner: personId("@al1:hs"), due: "2026-11-30" }],
  ["@al2:hs", { owner: personId("@al2:hs") }],
  ["title: Water the roofs, all of them", { title: "Water the roofs, all of them" }],
  [
    "название: «Полить крыши»\nАнна\nк среде",
    { title: "Полить крыши", owner: personId("@anna:hs"), due: "2026-11-25" },
  ],
  ["nobody, no date", { owner: null, due: null }],
  ["никто", { owner: null }],
  ["без срока", { due: null }],
  ["done", { status: "done" }],
  ["готово!", { status: "done" }],
  ["не задача", { status: "dropped" }],
  ["Yes", { status: "open" }],
])("%j", (text, change) => expect(read(text)).toEqual({ change }));

test("two of one name are asked back, unless one of them is mentioned", () => {
  expect(read("Alex by Friday")).toEqual({ problem: "several", words: "Alex", choices: ["Alex Stone", "Alex Wood"] });
  expect(read("Alex by Friday", [personId("@al2:hs")])).toEqual({ change: { owner: "@al2:hs", due: "2026-11-27" } });
});

test.each([
  "I think Ann could do that by Friday",
  "Friday is too early",
  "Carl by Friday",
  "Ann by the moon",
  "Анна, наверное, не успеет",
  "last Friday",
  "👍",
  "Anna and Boris",
])("what is not, or only half, understood changes nothing: %j", (text) =>
  expect(read(text)).toMatchObject({ problem: "unknown" }),
);
