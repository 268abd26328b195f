import { expect, test } from "vitest";
import { personId, roomId } from "../../tests/support/protocol/ids.ts";
import { DeviceId } from "../protocol/identity.ts";
import { openDatabase } from "./database.ts";
import { NudgeAddresses } from "./nudge-addresses.ts";
import { Sessions } from "./sessions.ts";

const [ANN, ROOM] = [personId("@ann:hs"), roomId("!room")];
const KEYS = { p256dh: "p".repeat(87), auth: "a".repeat(22) };
const at = (name: string) => ({ endpoint: `https://push.example.net/${name}`, keys: KEYS });

function stage() {
  const db = openDatabase(":memory:");
  const [sessions, addresses] = [new Sessions(db), new NudgeAddresses(db)];
  const tab = (name: string, { expiresAt = 1_000, participant = ANN } = {}) => {
    const device = DeviceId.parse(name.padEnd(16, "-"));
    sessions.open({ participant, room: ROOM, device, expiresAt });
    const seat = { participant, room: ROOM, device };
    addresses.put(seat, at(name));
    return seat;
  };
  const told = (moment: string, who = ANN) =>
    addresses.toTell(ROOM, who, moment).map(({ endpoint }) => new URL(endpoint).pathname.slice(1));
  return { sessions, addresses, tab, told };
}

test("each browser of a person is told once of a moment", () => {
  const { tab, told } = stage();
  tab("phone");
  tab("laptop");
  expect(told("m1 1").sort()).toEqual(["laptop", "phone"]);
  expect(told("m1 1")).toEqual([]);
  expect(told("m1 2").sort()).toEqual(["laptop", "phone"]);
  expect(told("m1 3", personId("@bob:hs"))).toEqual([]);
});

test("what a browser is told ends with its tab's session: put out, signed out, run out", () => {
  const { sessions, addresses, tab, told } = stage();
  const first = tab("first");
  sessions.close(ANN, ROOM);
  expect([addresses.has(first), told("m1 1")]).toEqual([false, []]);
  tab("second");
  sessions.closeAll(ANN);
  expect(told("m1 2")).toEqual([]);
  tab("third", { expiresAt: 500 });
  const lasting = tab("fourth");
  sessions.open({ ...lasting, expiresAt: 2_000 });
  sessions.forgetExpired(1_500);
  expect(told("m1 3"), "a tab that has another session goes on").toEqual(["fourth"]);
});

test("a tab has one address, a browser is told for one tab, and a person has not more than a few", () => {
  const { addresses, tab, told } = stage();
  const phone = tab("phone");
  addresses.put(phone, at("phone-anew"));
  expect(told("m1 1")).toEqual(["phone-anew"]);
  addresses.put({ ...phone, device: DeviceId.parse("another-tab-of-it") }, at("phone-anew"));
  expect(addresses.has(phone)).toBe(false);
  for (let n = 1; n <= 9; n++) tab(`many-${n}`);
  expect(told("m1 2").sort()).toEqual([5, 6, 7, 8, 9].map((n) => `many-${n}`));
});

test("the key is made once", () => {
  const { addresses } = stage();
  const made = { publicKey: "public", privateKey: "private" };
  expect(addresses.key(() => made)).toEqual(made);
  expect(addresses.key(() => ({ publicKey: "other", privateKey: "other" }))).toEqual(made);
});
