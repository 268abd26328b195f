import { expect, test } from "vitest";
import { meetingOf } from "../../../dev/made-up-meeting.ts";
import { MeetingStore } from "./meeting-store.ts";
import { personId } from "../../../../tests/support/protocol/ids.ts";

const long = "tea ".repeat(400);
const [circle] = meetingOf(["ann"]).circles;
if (!circle) throw new Error("the made-up meeting has a circle");
const wrote = (version: number, text: string) =>
  meetingOf(["ann"], { version, circles: [{ ...circle, texts: [{ who: personId("@ann:x"), text }] }] });
const cut = `${long.slice(0, 500)}…`;
const shown = (store: MeetingStore) => store.get().meeting?.circles[0]?.texts[0]?.text;

test("a text that came shortened through the call is filled up by the service's answer, and stays whole", () => {
  const store = new MeetingStore();
  store.fromCall(JSON.stringify({ meeting: wrote(7, cut), record: 0 }));
  expect(shown(store)).toBe(cut);
  store.fromService({ serverTime: 1, meeting: wrote(7, long), record: 0 });
  expect(shown(store)).toBe(long);
  store.fromCall(JSON.stringify({ meeting: wrote(8, cut), record: 0 }));
  expect(store.get().meeting?.version).toBe(8);
  expect(shown(store)).toBe(long);
});
