import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { meetingId, personId, roomId } from "../../tests/support/protocol/ids.ts";
import { addWithdrawal, type Withdrawal, Withdrawals, withdrawalsBeside } from "./withdrawals.ts";

const GARDEN = roomId("!garden:hs");
const [ANN, BOB] = [personId("@ann:hs"), personId("@bob:hs")];

function place() {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-withdrawals-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const database = join(folder, "mindminder.db");
  return { database, withdrawals: new Withdrawals(database) };
}

const sound = (who: typeof ANN, at: number): Withdrawal => ({ what: "sound", room: GARDEN, who, at });

test("a file that has grown long is read once, and later what was added, by whomever", () => {
  const { database, withdrawals } = place();
  for (let at = 1; at <= 200; at++) withdrawals.add(sound(ANN, at));
  expect(withdrawals.all()).toEqual([sound(ANN, 200)]);
  const parse = vi.spyOn(JSON, "parse");
  onTestFinished(() => parse.mockRestore());
  expect(withdrawals.all()).toEqual([sound(ANN, 200)]);
  addWithdrawal(database, sound(BOB, 300));
  withdrawals.add({ what: "words", meeting: meetingId("m12345678"), who: ANN, at: 400 });
  expect(withdrawals.all()).toMatchObject([sound(ANN, 200), sound(BOB, 300), { what: "words", at: 400 }]);
  expect(parse.mock.calls.filter(([text]) => text !== "").length).toBe(2);
});

test("a file that was put in its place, or made shorter, is read anew", () => {
  const { database, withdrawals } = place();
  const lines = [ANN, BOB].flatMap((who) => Array.from({ length: 600 }, (_, n) => JSON.stringify(sound(who, n + 1))));
  writeFileSync(withdrawalsBeside(database), `${lines.join("\n")}\n`);
  expect(withdrawals.all()).toHaveLength(2);
  const started = new Withdrawals(database);
  for (const each of [withdrawals, started]) expect(each.all()).toEqual([sound(ANN, 600), sound(BOB, 600)]);
  truncateSync(withdrawalsBeside(database));
  expect(withdrawals.all()).toEqual([]);
});
