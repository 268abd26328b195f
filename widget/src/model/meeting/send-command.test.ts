import { expect, test, vi } from "vitest";
import { ServiceFailure } from "../service/failure.ts";
import type { ServiceClient } from "../service/service-client.ts";
import { meetingOf, turnOf } from "../../../dev/made-up-meeting.ts";
import { MeetingStore } from "./meeting-store.ts";
import { NoticeStore } from "./notices.ts";
import { commandSender } from "./send-command.ts";
import { personId } from "../../../../tests/support/protocol/ids.ts";

function stage(client: Partial<Record<"command" | "meeting", unknown>>) {
  const store = new MeetingStore({ meeting: meetingOf(["ann", "bob"]) });
  const notices = new NoticeStore();
  return { store, notices, send: commandSender({ client: client as unknown as ServiceClient, store, notices }) };
}

test("a command names the version that was seen", async () => {
  const command = vi.fn(async () => ({ serverTime: 1, meeting: null, record: 0 }));
  await stage({ command }).send({ type: "pass" });
  expect(command).toHaveBeenCalledWith({ type: "pass", expectedVersion: 5 });
});

const stale = () =>
  new ServiceFailure("refused", { errcode: "ORG.MINDMINDER.STALE", sentence: "Somebody was quicker." });
const answer = (meeting: unknown) => ({ serverTime: 1, meeting, record: 0 });

test("a stale command is refused, with its reason, and the meeting is looked at again", async () => {
  const fresh = meetingOf(["ann", "bob"], { version: 6, turn: turnOf(personId("@bob:x"), { id: 2 }) });
  const command = vi.fn(async () => {
    throw stale();
  });
  const { store, notices, send } = stage({ command, meeting: async () => answer(fresh) });
  expect(await send({ type: "pass" })).toBe(false);
  expect(command).toHaveBeenCalledTimes(1);
  expect(notices.get().shown).toMatchObject([{ refused: "stale" }]);
  expect(store.get().meeting?.version).toBe(6);
});

test("where only a hand went up meanwhile, the command goes again by itself", async () => {
  const fresh = meetingOf(["ann", "bob"], { version: 6, hands: [{ who: personId("@bob:x"), hand: "reply" }] });
  const command = vi.fn(async ({ expectedVersion }: { expectedVersion: number }) => {
    if (expectedVersion === 5) throw stale();
    return answer({ ...fresh, version: 7 });
  });
  const { notices, send } = stage({ command, meeting: async () => answer(fresh) });
  expect(await send({ type: "pass" })).toBe(true);
  expect(command.mock.calls.map(([sent]) => sent)).toEqual([
    { type: "pass", expectedVersion: 5 },
    { type: "pass", expectedVersion: 6 },
  ]);
  expect(notices.get().shown).toEqual([]);
});

test("what concerns oneself alone names no version", async () => {
  const command = vi.fn(async () => answer(null));
  const { send } = stage({ command });
  await send({ type: "raise-hand", hand: "reply" });
  await send({ type: "give-word", to: "@bob:x" });
  expect(command.mock.calls).toEqual([
    [{ type: "raise-hand", hand: "reply" }],
    [{ type: "give-word", to: "@bob:x", expectedVersion: 5 }],
  ]);
});

test("a service that does not answer is said in our own words, once", async () => {
  const { notices, send } = stage({
    command: async () => {
      throw new ServiceFailure("away");
    },
  });
  await send({ type: "pass" });
  await send({ type: "pass" });
  expect(notices.get().shown).toMatchObject([{ key: "serviceAway" }]);
});
