import { expect, test } from "vitest";
import { openDatabase } from "./database.ts";
import { SignIns } from "./sign-ins.ts";
import { personId, roomId } from "../../tests/support/protocol/ids.ts";

const [ANN, BOB, ROOM, OTHER] = [personId("@ann:hs"), personId("@bob:hs"), roomId("!room"), roomId("!other")];
const [LAPTOP, STRANGERS] = ["a-browser-of-anns", "a-browser-of-somebody"];
const at = (openedAt: number, participant = ANN, room = ROOM) => ({ participant, room, openedAt });
const MINUTE = 60_000;

test("of a browser for which the person's client speaks up nobody is told, and it is known from then on", () => {
  const signIns = new SignIns(openDatabase(":memory:"));
  const code = signIns.opened(at(0), LAPTOP)!;
  expect(signIns.untold(5_000)).toEqual([]);
  signIns.confirm(ANN, ROOM, code);
  expect(signIns.untold(MINUTE)).toEqual([]);
  expect(signIns.opened(at(MINUTE, ANN, OTHER), LAPTOP)).toBeNull();
});

test("a code that is said by somebody else, in another room, or that is not the one, speaks for nobody", () => {
  const signIns = new SignIns(openDatabase(":memory:"));
  const code = signIns.opened(at(0), STRANGERS)!;
  signIns.confirm(BOB, ROOM, code);
  signIns.confirm(ANN, OTHER, code);
  signIns.confirm(ANN, ROOM, `${code}x`);
  expect(signIns.untold(MINUTE)).toEqual([at(0)]);
});

test("of a browser that is new the person is told once, however often it is used; of each further one anew", () => {
  const signIns = new SignIns(openDatabase(":memory:"));
  signIns.opened(at(0), STRANGERS);
  // Signing in again does not put it off.
  signIns.opened(at(9_000), STRANGERS);
  expect(signIns.untold(10_000)).toEqual([at(0)]);
  signIns.told(at(0));
  expect(signIns.opened(at(MINUTE), STRANGERS)).toBeNull();
  signIns.opened(at(MINUTE), "yet-another-browser");
  expect(signIns.untold(2 * MINUTE)).toEqual([at(MINUTE)]);
  expect(signIns.opened(at(MINUTE, BOB), STRANGERS)).not.toBeNull();
});

test("whoever ends all sessions shuts out every browser but those their client spoke up for, for as long as a token lives", () => {
  const signIns = new SignIns(openDatabase(":memory:"));
  signIns.confirm(ANN, ROOM, signIns.opened(at(0), LAPTOP)!);
  signIns.opened(at(0), STRANGERS);
  signIns.told(at(0));
  signIns.signOut(ANN, MINUTE);
  expect([LAPTOP, STRANGERS, "a-fresh-browser"].map((browser) => signIns.isShut(ANN, browser, 60 * MINUTE))).toEqual([
    false,
    true,
    true,
  ]);
  expect(signIns.isShut(BOB, STRANGERS, 2 * MINUTE)).toBe(false);
  expect(signIns.isShut(ANN, STRANGERS, 80 * MINUTE)).toBe(false);
  expect(signIns.opened(at(80 * MINUTE), STRANGERS)).not.toBeNull();
});
