import { expect, test } from "vitest";
import { personId } from "../../../tests/support/protocol/ids.ts";
import { nameFinder, nameForms } from "./names.ts";

const ring = (...names: readonly string[]) => names.map((name) => ({ id: personId(`@${name}:x`), name }));
const bob = personId("@bob:x");

test("names of a ring are declined once, however often they are looked for, and anew when somebody joins or is renamed", () => {
  const names = ["Анна Мария", "Борис"];
  const known = nameForms(ring(...names));
  expect(nameForms(ring(...names)), "the next utterance").toBe(known);
  const joined = nameForms(ring(...names, "Ольга"));
  expect(joined.of("Ольге")).toMatchObject([{ person: personId("@Ольга:x"), cases: ["dative", "prepositional"] }]);
  expect(known.of("Ольге")).toEqual([]);
  const renamed = nameForms([{ id: bob, name: "Фёдор" }]);
  expect(nameForms([{ id: bob, name: "Глеб" }]).of("Фёдора")).toEqual([]);
  expect(renamed.of("Феди")[0]?.person).toBe(bob);
  expect(nameForms(ring(...names)), "while other rings speak, too").toBe(known);
});

test("two rings with the same names are told apart", () => {
  const [one, other] = ["@one:x", "@other:x"].map((id) => nameForms([{ id: personId(id), name: "Анна" }]));
  expect([one?.of("Ане")[0]?.person, other?.of("Ане")[0]?.person]).toEqual([personId("@one:x"), personId("@other:x")]);
});

test("a name that says one thing again and again has each form once", () => {
  const forms = nameForms([{ id: bob, name: "Анна Анна Анна Анна" }]);
  expect(forms.all.get("анны")).toEqual([{ person: bob, cases: ["genitive"] }]);
  expect(nameFinder([{ id: bob, name: "Анна Анна" }])("Спросим Анну.")).toMatchObject([{ person: bob }]);
});
