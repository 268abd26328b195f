// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, test } from "vitest";
import { assemblyOf } from "../../../../tests/browser/fake-service/assembly.ts";
import { formatGuestId } from "@mindminder/protocol/identity.ts";
import { personId } from "../../../../tests/support/protocol/ids.ts";
import { dialogsInJsdom } from "../../../dev/dialogs-in-jsdom.ts";
import { meetingOf } from "../../../dev/made-up-meeting.ts";
import { sitDown } from "../../../dev/made-up-sitting.tsx";

const ME = personId("@ann:x");
const GUEST = formatGuestId(new Uint8Array(16).fill(7));
const made = assemblyOf(3, ME, 1_000_000);
const gil = { id: GUEST, name: "Gil (guest)" };
const assembly = { ...made, rings: made.rings.map((ring, at) => (at === 2 ? { ...ring, visitors: [gil] } : ring)) };
const other = assembly.rings[2]?.people[0]?.id ?? ME;

beforeAll(dialogsInJsdom);
afterEach(cleanup);

async function openMap(change: Partial<typeof assembly> = {}, mayKeep = false) {
  const sitting = sitDown(meetingOf(["ann", "bob"]), { assembly: { ...assembly, ...change }, mayKeep });
  fireEvent.click(await screen.findByTestId("open-map"));
  await screen.findByTestId("ring-map");
  return sitting;
}
const press = (id: string) => act(async () => void fireEvent.click(screen.getByTestId(id)));
const choose = (who: string) => fireEvent.change(screen.getByTestId("people-whom"), { target: { value: who } });

test("the keeper takes anybody out and hands over, each when asked twice, and ends it", async () => {
  const { assemblyAsked } = await openMap();
  await screen.findByTestId("people-tools");
  choose(other);
  await press("take-out-of-all");
  expect(assemblyAsked).toEqual([]);
  await press("people-not-sure");
  await press("hand-over-all");
  await press("people-sure");
  choose(other);
  await press("take-out-of-all");
  await press("people-sure");
  await press("end-assembly");
  await press("people-sure");
  expect(assemblyAsked).toEqual([{ type: "hand-over", to: other }, { type: "take-out", who: other }, { type: "end" }]);
});

test("whoever only listens is taken out, too; nobody without an account of Matrix is made keeper", async () => {
  const { assemblyAsked } = await openMap();
  await screen.findByTestId("people-tools");
  choose(GUEST);
  expect(screen.queryByTestId("hand-over-all")).toBeNull();
  await press("take-out-of-all");
  await press("people-sure");
  expect(assemblyAsked).toEqual([{ type: "take-out", who: GUEST }]);
});

test("a moderator may do so beside the keeper, and nobody else", async () => {
  await openMap({ keeper: other }, true);
  expect(await screen.findByTestId("people-whom")).not.toBeNull();
  cleanup();
  const { assemblyAsked } = await openMap({ keeper: other });
  await screen.findByTestId("people-tools");
  for (const id of ["people-whom", "end-assembly"]) expect(screen.queryByTestId(id)).toBeNull();
  await press("leave-assembly");
  await press("people-sure");
  expect(assemblyAsked, "they leave it themselves").toEqual([{ type: "leave" }]);
});
