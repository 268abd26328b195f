import { expect, onTestFinished, test, vi } from "vitest";
import { isOfRing, MeetingStore } from "./meeting-store.ts";
import { meetingOf } from "../../../dev/made-up-meeting.ts";
import { isNewer } from "./newest.ts";
import { meetingId } from "../../../../tests/support/protocol/ids.ts";

const known = meetingOf(["ann", "bob"]);

test("the higher version of one meeting wins, whichever way it came", () => {
  const store = new MeetingStore();
  store.fromCall(JSON.stringify({ meeting: { ...known, version: 7 }, record: 2 }));
  store.fromService({ serverTime: 1, meeting: { ...known, version: 6 }, record: 2 });
  store.fromRoom({ ...known, version: 5 });
  expect(store.get().meeting?.version).toBe(7);
});

test("a later meeting wins over any version of an earlier one", () => {
  const later = { ...known, id: meetingId("m00000002"), version: 1, startedAt: 950_000 };
  expect(isNewer(later, { ...known, version: 99 })).toBe(true);
  expect(isNewer({ ...known, version: 99 }, later)).toBe(false);
});

test("a meeting that only gathers follows one that has ended", () => {
  expect(
    isNewer(
      { ...known, id: meetingId("m00000002"), startedAt: null, at: 2_000_000, version: 0 },
      { ...known, phase: "ended" },
    ),
  ).toBe(true);
});

test("no meeting at all does not take away the one we know", () => {
  const store = new MeetingStore({ meeting: known });
  store.fromService({ serverTime: 1, meeting: null, record: 0 });
  expect(store.get().meeting).toBe(known);
});

test.each([
  ["not JSON", "{"],
  ["another shape", '{"meeting":{"format":2},"record":1}'],
])("%s is ignored, and said", (_, metadata) => {
  vi.spyOn(console, "info").mockImplementation(() => {});
  const store = new MeetingStore({ meeting: known });
  store.fromCall(metadata);
  expect(store.get()).toMatchObject({ meeting: known, unreadable: true });
  store.fromCall(JSON.stringify({ meeting: { ...known, version: 8 }, record: 0 }));
  expect(store.get()).toMatchObject({ unreadable: false });
});

test("a meeting event that was taken back is no fault", () => {
  const store = new MeetingStore({ meeting: known });
  store.fromRoom({});
  expect(store.get()).toMatchObject({ meeting: known, unreadable: false });
});

test("what an encrypted room shows of its meeting is no fault, and takes nothing away", () => {
  const store = new MeetingStore({ meeting: known });
  const { format, id, roomId, phase } = known;
  store.fromRoom({ format, id, roomId, version: known.version + 1, phase, encrypted: true });
  expect(store.get()).toMatchObject({ meeting: known, unreadable: false });
});

test("the record's number is followed, but not that of a meeting gone by", () => {
  const store = new MeetingStore({ meeting: known, recordVersion: 3 });
  store.fromCall(JSON.stringify({ meeting: known, record: 4 }));
  expect(store.get().recordVersion).toBe(4);
  store.fromService({ serverTime: 1, meeting: { ...known, id: meetingId("m00000000"), startedAt: 1 }, record: 40 });
  expect(store.get().recordVersion).toBe(4);
});

test("whoever watches hears of changes alone", () => {
  const store = new MeetingStore({ meeting: known, recordVersion: 1 });
  const bell = vi.fn();
  store.subscribe(bell);
  store.fromService({ serverTime: 1, meeting: known, record: 1 });
  expect(bell).not.toHaveBeenCalled();
});

test("an assembly that gathers is heard of by the call, and is there until the service says otherwise", () => {
  const store = new MeetingStore();
  store.fromCall(JSON.stringify({ meeting: null, record: 0, gathering: true }));
  expect(store.get().assembly).toBe(true);
  store.fromCall(JSON.stringify({ meeting: null, record: 0 }));
  expect(store.get().assembly).toBe(true);
  store.fromService({ serverTime: 1, meeting: null, record: 0 });
  expect(store.get().assembly).toBe(false);
});

const other = { ...known, id: meetingId("m00000002"), version: 1 };
const inRing = (meeting: typeof known, ring: number) => JSON.stringify({ ring, meeting, record: 0 });

test.each([0, -5_000])(
  "whoever is moved sees the ring to which they came, also one that began %i ms after theirs",
  (ms) => {
    const store = new MeetingStore();
    store.fromCall(inRing(known, 1));
    store.fromCall(inRing({ ...other, startedAt: (known.startedAt ?? 0) + ms }, 2));
    expect(store.get()).toMatchObject({ meeting: { id: other.id }, ring: 2 });
    store.fromService({ serverTime: 1, ring: 1, meeting: { ...known, at: other.at - 1 }, record: 0 });
    expect(store.get().meeting?.id, "an answer that was overtaken").toBe(other.id);
    store.fromService({ serverTime: 1, ring: 1, meeting: { ...known, at: other.at + 1 }, record: 0 });
    expect(store.get().meeting?.id).toBe(known.id);
  },
);

test("a keeper who listens in another ring and comes back sees where they are, with the call or without one", () => {
  for (const say of ["call", "service"] as const) {
    const store = new MeetingStore();
    const hear = (meeting: typeof known, ring: number) =>
      say === "call"
        ? store.fromCall(inRing(meeting, ring))
        : store.fromService({ serverTime: meeting.at, ring, meeting, record: 0 });
    hear(known, 1);
    // Nothing happens in that ring meanwhile, which began first.
    hear({ ...other, startedAt: (known.startedAt ?? 0) - 5_000, at: known.at + 1_000 }, 2);
    expect(store.get(), say).toMatchObject({ meeting: { id: other.id }, ring: 2 });
    // And nothing happened in their own.
    hear({ ...known, at: known.at + 2_000 }, 1);
    expect(store.get(), say).toMatchObject({ meeting: { id: known.id }, ring: 1 });
  }
});

test("a ring that never began is none any more once its assembly is over, so that a circle can be begun in the room", () => {
  const store = new MeetingStore();
  store.fromCall(inRing({ ...known, phase: "gathering", startedAt: null }, 1));
  store.fromService({ serverTime: known.at - 1, meeting: null, record: 0 });
  expect(isOfRing(store.get()), "an answer that was overtaken").toBe(true);
  store.fromService({ serverTime: known.at + 1, meeting: null, record: 0 });
  expect(isOfRing(store.get())).toBe(false);
});

test("people who listen in the ring of before are not those of the next", () => {
  const store = new MeetingStore();
  const listening = { version: 9, people: [] };
  store.fromCall(JSON.stringify({ ring: 1, meeting: known, record: 0, listening }));
  store.fromCall(JSON.stringify({ ring: 2, meeting: other, record: 0, listening: { version: 1, people: [] } }));
  expect(store.get().listening.version).toBe(1);
});

test("what gathers in the room beside a ring is not shown in it, and what gathers after it is", () => {
  const store = new MeetingStore();
  store.fromCall(inRing(known, 1));
  const gathers = { ...other, phase: "gathering" as const, startedAt: null, at: known.at + 1_000 };
  store.fromRoom(gathers);
  expect(store.get().meeting?.id).toBe(known.id);
  store.fromCall(inRing({ ...known, phase: "ended", version: known.version + 1 }, 1));
  store.fromService({
    serverTime: 1,
    meeting: { ...other, phase: "ended", startedAt: 1, at: known.at + 2_000 },
    record: 0,
  });
  expect(store.get().meeting?.id, "it was over before").toBe(known.id);
  store.fromRoom(gathers);
  expect(store.get()).toMatchObject({ meeting: { id: other.id }, ring: null });
});

test("a room's state and a call's metadata that cannot even be compared are passed over", () => {
  vi.spyOn(console, "info").mockImplementation(() => {});
  onTestFinished(() => void vi.restoreAllMocks());
  const store = new MeetingStore();
  const odd = { ...known, id: { length: { toString: 1 } } };
  store.fromRoom(odd);
  store.fromCall(JSON.stringify({ meeting: odd, record: 0 }));
  expect(store.get()).toMatchObject({ meeting: null, unreadable: true });
});
