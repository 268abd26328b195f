import { expect, test } from "vitest";
import { personNamed } from "./person-named.ts";

const people = [
  { id: "@ann:hs", name: "Ann" },
  { id: "@bob:hs", name: "Bob [away]" },
  { id: "@cecile:hs", name: "Cécile".normalize("NFD") },
  { id: "@andrey:hs", name: "Андрей".normalize("NFD") },
  { id: "@fedor:hs", name: "Фёдор Ёлкин" },
];
const found = (typed: string) => {
  const one = personNamed(typed, people);
  return "one" in one ? one.one.id : one;
};

test.each([
  ["Cécile", "@cecile:hs"],
  ["cÉCILE", "@cecile:hs"],
  ["Cécile".normalize("NFD"), "@cecile:hs"],
  ["Андрей", "@andrey:hs"],
  ["андрею", "@andrey:hs"],
  ["АНДРЕЙ".normalize("NFD"), "@andrey:hs"],
  ["Федор", "@fedor:hs"],
  ["Фёдор".normalize("NFD"), "@fedor:hs"],
  ["елкин", "@fedor:hs"],
  ["\u200eAnn\u200f", "@ann:hs"],
  ["A\u00adnn", "@ann:hs"],
  ["@Ann:", "@ann:hs"],
  ["@bob:hs:", "@bob:hs"],
  ["Bob [away]", "@bob:hs"],
  ["[Bob [away]](https://matrix.to/#/@bob:hs)", "@bob:hs"],
  ["[@ann:hs](https://matrix.to/#/%40ann%3Ahs),", "@ann:hs"],
  ["<@ann:hs>", "@ann:hs"],
  ["[Ann](matrix:u/ann:hs)", "@ann:hs"],
  ["@[Ann]", "@ann:hs"],
  ["@[Bob [away]]", "@bob:hs"],
])("%j names its person", (typed, id) => {
  expect(found(typed)).toBe(id);
});

test.each(["", "\u200b", "[Garden](https://matrix.to/#/!room:hs)", "[Eve](https://matrix.to/#/@eve:hs)", "@eve:hs"])(
  "%j names nobody",
  (typed) => {
    expect(found(typed)).toEqual({ nobody: true });
  },
);
