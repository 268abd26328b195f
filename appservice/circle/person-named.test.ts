import { expect, test } from "vitest";
import { personNamed } from "./person-named.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

const people = ["Ann", "Anna Petrova", "Борис", "Вера Ёлкина", "Annika", " Ким ", "bb", ".", "Ivan  Susanin"].map(
  (name, i) => ({
    id: personId(`@p${i}:hs`),
    name,
  }),
);
const named = (typed: string) => {
  const found = personNamed(typed, people);
  return "one" in found ? found.one.name : "several" in found ? found.several.map(({ name }) => name) : null;
};

test("of two who are called the same, neither is meant", () => {
  const both = [...people, { id: personId("@other:hs"), name: "ann" }];
  expect(personNamed("ann", both)).toEqual({ several: [both[0], both.at(-1)] });
});

test("a name with wide gaps is found by what is read", () => {
  expect(named("ivan susanin")).toBe("Ivan  Susanin");
});

test.each([
  ["ann", "Ann"],
  ["ANNA", "Anna Petrova"],
  ["petr", "Anna Petrova"],
  ["@p2:hs", "Борис"],
  ["@Борис:", "Борис"],
  ["Борису", "Борис"],
  ["Вере", "Вера Ёлкина"],
  ["елкина", "Вера Ёлкина"],
  ["an", ["Ann", "Anna Petrova", "Annika"]],
  ["zoe", null],
  ["anna pet", "Anna Petrova"],
  ["anna  petrova", "Anna Petrova"],
  ["trova", null],
  ["@p2:hs :", "Борис"],
  [" @p2:hs ", "Борис"],
  ["боя", null],
  ["Кимом", " Ким "],
  ["b@b", null],
  [",", null],
  ["", null],
])("“%s” means %o", (typed, name) => expect(named(typed)).toEqual(name));
