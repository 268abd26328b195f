import { expect, test, vi } from "vitest";
import { ServiceFailure } from "../service/failure.ts";
import type { ServiceClient } from "../service/service-client.ts";
import { meetingOf } from "./made-up.ts";
import { MeetingStore } from "./meeting-store.ts";
import { NoticeStore } from "./notices.ts";
import { commandSender } from "./send-command.ts";

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

test("a stale command is refused in the service's words, and the meeting is looked at again", async () => {
  const fresh = { ...meetingOf(["ann", "bob"]), version: 6 };
  const { store, notices, send } = stage({
    command: async () => { throw new ServiceFailure("refused", { errcode: "ORG.MINDMINDER.STALE", sentence: "Somebody was quicker." }); },
    meeting: async () => ({ serverTime: 1, meeting: fresh, record: 0 }),
  });
  expect(await send({ type: "pass" })).toBe(false);
  expect(notices.get().shown).toMatchObject([{ text: "Somebody was quicker." }]);
  await vi.waitFor(() => expect(store.get().meeting?.version).toBe(6));
});

test("a service that does not answer is said in our own words, once", async () => {
  const { notices, send } = stage({ command: async () => { throw new ServiceFailure("away"); } });
  await send({ type: "pass" });
  await send({ type: "pass" });
  expect(notices.get().shown).toMatchObject([{ key: "serviceAway" }]);
});
