import { expect, test } from "vitest";
import { Play } from "../../tests/support/circle/play.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { personId } from "../../tests/support/protocol/ids.ts";
import type { Shown } from "../protocol/agreement.ts";
import { withStanding } from "./standing-agreement.ts";

const ANN = personId("@ann:hs");
const ASKS: Shown = { wording: 1, items: [{ what: "comments" }] };
const from = { actor: madeActor(ANN), at: 7, expectedVersion: null } as const;
const join = { type: "join", name: "Ann", ...from } as const;
const seek = { type: "seek-agreement", name: "Ann", message: "$typed", ...from } as const;
const asking = () => new Play().gather().send({ type: "ask-agreement", asks: ASKS, at: 1_000_000 });
const always = () => ASKS;

test("who has agreed for the whole room sits down with that answer, and is not asked when they type", () => {
  const { state } = asking();
  expect(withStanding(join, state, always)).toEqual({ ...join, agreement: { agreed: true, shown: ASKS } });
  expect(withStanding(seek, state, always)).toEqual({ type: "agree", agreed: true, shown: ASKS, ...from });
});

test("what they say for this meeting, or have said in it, comes before that", () => {
  const no = { ...join, agreement: { agreed: false, shown: ASKS } };
  expect(withStanding(no, asking().state, always)).toBe(no);
  const said = asking().ask("ann", { type: "agree", agreed: false, shown: ASKS });
  expect(withStanding(join, said.state, always)).toBe(join);
  expect(withStanding(seek, said.state, always)).toBe(seek);
});

test("nothing is added for whoever has not agreed, or has to less than is asked, or where nobody is asked", () => {
  const { state } = asking();
  expect(withStanding(join, state, () => null)).toBe(join);
  expect(withStanding(join, state, () => ({ wording: 1, items: [] }))).toBe(join);
  expect(withStanding(join, new Play().gather().state, always)).toBe(join);
  expect(withStanding(join, null, always)).toBe(join);
});

test("no other command has an answer with it", () => {
  const leave = { type: "leave", ...from } as const;
  expect(withStanding(leave, asking().state, always)).toBe(leave);
});
