import { expect, test, vi } from "vitest";
import { CallPresence } from "./presence.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

function scene() {
  const told: string[] = [];
  const presence = new CallPresence((id, connected) => told.push(`${id} ${connected ? "came" : "went"}`));
  return { presence, told };
}
const first = { id: personId("@ann:x"), sid: "PA_1", joinedAt: 1_000 };
const second = { id: personId("@ann:x"), sid: "PA_2", joinedAt: 2_000 };

test("told twice, passed on once", () => {
  const { presence, told } = scene();
  presence.joined(first);
  presence.joined(first);
  presence.left(first);
  presence.left(first);
  expect(told).toEqual(["@ann:x came", "@ann:x went"]);
});

test("the late end of an old connection does not end the new one", () => {
  const { presence, told } = scene();
  presence.joined(first);
  presence.joined(second);
  presence.left(first);
  expect(told).toEqual(["@ann:x came"]);
  expect(presence.connected).toEqual(["@ann:x"]);
});

test("the late beginning of an ended connection is not believed", () => {
  const { presence, told } = scene();
  presence.left(first);
  presence.joined(first);
  presence.joined(second);
  presence.joined(first);
  presence.left(second);
  expect(told).toEqual(["@ann:x came", "@ann:x went"]);
});

test("comparing with the list tells who is missing and who is new, but nobody who came while it travelled", () => {
  const { presence, told } = scene();
  presence.joined(first);
  const before = presence.snapshot();
  presence.joined({ id: personId("@bob:x"), sid: "PA_3", joinedAt: 3_000 });
  presence.compare([{ id: personId("@eve:x"), sid: "PA_4", joinedAt: 500 }], before);
  expect(told).toEqual(["@ann:x came", "@bob:x came", "@ann:x went", "@eve:x came"]);
});

test("who is missing in the list, because they were only coming in, is not taken for ended", () => {
  const { presence, told } = scene();
  presence.joined(first);
  presence.compare([], presence.snapshot());
  presence.joined(first);
  expect(told).toEqual(["@ann:x came", "@ann:x went", "@ann:x came"]);
});

test("who comes from one call into the next was never away; who does not, or was put out, is gone", async () => {
  vi.useFakeTimers();
  const { presence, told } = scene();
  const [bob, eve] = [
    { id: personId("@bob:x"), sid: "PA_b", joinedAt: 1_000 },
    { id: personId("@eve:x"), sid: "PA_e", joinedAt: 1_000 },
  ];
  for (const connection of [first, bob, eve]) presence.joined(connection);
  told.length = 0;
  presence.moved({ without: personId(eve.id), withinMs: 5_000 });
  expect(told).toEqual(["@eve:x went"]);
  presence.joined(first);
  presence.compare([second], presence.snapshot());
  expect(told).toEqual(["@eve:x went"]);
  await vi.advanceTimersByTimeAsync(5_000);
  vi.useRealTimers();
  expect(told).toEqual(["@eve:x went", "@bob:x went"]);
  expect(presence.connected).toEqual(["@ann:x"]);
});
