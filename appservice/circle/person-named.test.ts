import { expect, test } from "vitest";
import { personNamed } from "./person-named.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

const people = ["Ann", "Anna Petrova", "Борис", "Вера Ёлкина", "Annika"].map((name, i) => ({
  id: personId(`@p${i}:hs`),
  name,
}));
const named = (typed: string) => {
  const found = personNamed(typed, people);
  return "one" in found ? found.one.name : "several" in found ? found.several.map(({ name }) => name) : null;
};

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
  ["", null],
])("“%s” means %o", (typed, name) => expect(named(typed)).toEqual(name));
