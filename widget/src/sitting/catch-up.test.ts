import { expect, test, vi } from "vitest";
import { personId } from "../../../tests/support/protocol/ids.ts";
import { meetingOf, turnOf } from "../../dev/made-up-meeting.ts";
import { MeetingStore } from "../model/meeting/meeting-store.ts";
import { catchUp } from "./catch-up.ts";

const ANN = personId("@ann:x");
const BOB = personId("@bob:x");
const me = { id: ANN, name: "Ann", mayKeep: false };

/** Ann's link breaks while she sees the one meeting; the service has the other when it is back. */
async function backWith(before: ReturnType<typeof meetingOf>, now: ReturnType<typeof meetingOf>) {
  const store = new MeetingStore({ meeting: before });
  const setMicrophone = vi.fn(async (_open: boolean) => undefined);
  const client = { meeting: async () => ({ serverTime: 1, meeting: now, record: 0 }) };
  await catchUp({ client, store, call: { setMicrophone }, me });
  return { turn: store.get().meeting?.turn?.speaker, opened: setMicrophone.mock.calls.map(([open]) => open) };
}

const bobs = meetingOf(["bob", "ann"], { version: 6, turn: turnOf(BOB) });
const anns = meetingOf(["bob", "ann"], { version: 7, turn: turnOf(ANN, { id: 3 }) });

test("the word came while the link was broken: it is shown, and the microphone is open", async () => {
  expect(await backWith(bobs, anns)).toEqual({ turn: ANN, opened: [true] });
});

test("somebody had the word before, and may have closed their microphone: it is left as it is", async () => {
  expect(await backWith(anns, { ...anns, version: 8 })).toEqual({ turn: ANN, opened: [] });
});

test("the word went to somebody else, was only offered, or stands still: no microphone opens", async () => {
  const offered = meetingOf(["bob", "ann"], { version: 7, turn: turnOf(ANN, { id: 3, status: "offered" }) });
  expect((await backWith(anns, { ...bobs, version: 9 })).opened).toEqual([]);
  expect((await backWith(bobs, offered)).opened).toEqual([]);
  expect((await backWith(bobs, { ...anns, paused: true })).opened).toEqual([]);
});
