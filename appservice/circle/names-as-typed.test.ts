import { expect, test } from "vitest";
import { personNamed } from "./person-named.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

const people = [
  { id: personId("@ann:hs"), name: "Ann" },
  { id: personId("@bob:hs"), name: "Bob [away]" },
  { id: personId("@cecile:hs"), name: "Cécile".normalize("NFD") },
  { id: personId("@andrey:hs"), name: "Андрей".normalize("NFD") },
  { id: personId("@fedor:hs"), name: "Фёдор Ёлкин" },
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
  [personId("@Ann:"), personId("@ann:hs")],
  [personId("@bob:hs:"), personId("@bob:hs")],
  ["Bob [away]", "@bob:hs"],
  ["[Bob [away]](https://matrix.to/#/@bob:hs)", "@bob:hs"],
  ["[@ann:hs](https://matrix.to/#/%40ann%3Ahs),", "@ann:hs"],
  ["<@ann:hs>", "@ann:hs"],
  ["[Ann](matrix:u/ann:hs)", "@ann:hs"],
  [personId("@[Ann]"), personId("@ann:hs")],
  [personId("@[Bob [away]]"), personId("@bob:hs")],
])("%j names its person", (typed, id) => {
  expect(found(typed)).toBe(id);
});

test.each(["", "\u200b", "[Garden](https://matrix.to/#/!room:hs)", "[Eve](https://matrix.to/#/@eve:hs)", "@eve:hs"])(
  "%j names nobody",
  (typed) => {
    expect(found(typed)).toEqual({ nobody: true });
  },
);
