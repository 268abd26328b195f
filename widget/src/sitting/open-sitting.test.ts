// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import type { Host } from "../model/host/host.ts";
import { meetingOf, turnOf } from "../../dev/made-up-meeting.ts";
import { openSitting } from "./open-sitting.ts";
import { personId, roomId } from "../../../tests/support/protocol/ids.ts";

const session = {
  token: "t",
  expiresAt: 1,
  serverTime: 1,
  me: { id: "@ann:x", name: "Ann", mayKeep: false },
  language: "en",
  callAvailable: true,
  botMayWrite: true,
};
const host: Host = {
  parameters: { roomId: roomId("!room"), userId: null },
  look: { theme: "light", language: "en" },
  issuer: "matrix",
  proof: async () => ({
    issuer: "matrix",
    roomId: roomId("!room"),
    openid: { access_token: "proof", matrix_server_name: "x" },
  }),
};

async function open(meeting: unknown, at: Host = host) {
  const commands: unknown[] = [];
  vi.stubGlobal("fetch", async (url: URL, init: RequestInit) => {
    if (url.pathname.endsWith("/session")) return Response.json(session);
    if (url.pathname.endsWith("/record")) return Response.json({ record: null });
    if (url.pathname.endsWith("/commands")) commands.push(JSON.parse(String(init.body)));
    return Response.json({ serverTime: 1, meeting, record: 0 });
  });
  const sitting = await openSitting({ host: at, base: new URL("https://host/api/v1/"), language: () => "en" });
  return { ...sitting, commands, microphone: vi.spyOn(sitting.call, "setMicrophone").mockResolvedValue() };
}

/** Lets every pending promise settle. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

afterEach(() => vi.unstubAllGlobals());

test("a microphone opened on the open floor closes when the circle begins; none is ever opened", async () => {
  const gathering = meetingOf(["ann", "bob"], { phase: "gathering", turn: null, ring: [], startedAt: null });
  const { store, microphone } = await open(gathering);
  await expect.poll(() => store.get().meeting).not.toBeNull();
  expect(microphone).not.toHaveBeenCalled();
  store.set({ meeting: meetingOf(["bob", "ann"], { version: 6 }) });
  expect(microphone.mock.calls).toEqual([[false]]);
  store.set({ meeting: meetingOf(["bob", "ann"], { version: 7, turn: turnOf(personId("@ann:x")) }) });
  store.set({ meeting: meetingOf(["bob", "ann"], { version: 8, turn: turnOf(personId("@bob:x"), { id: 3 }) }) });
  expect(microphone.mock.calls).toEqual([[false], [false]]);
});

test("the microphone of the last turn closes with the meeting, which is said once; opened by hand after it, it stays open", async () => {
  const { store, call, microphone, notices } = await open(
    meetingOf(["ann", "bob"], { version: 5, turn: turnOf(personId("@ann:x")) }),
  );
  call.set({ status: "in", microphone: "open" });
  await expect.poll(() => store.get().meeting).not.toBeNull();
  const ended = meetingOf(["ann", "bob"], { version: 9, phase: "ended", turn: null });
  store.set({ meeting: ended });
  expect(microphone.mock.calls).toEqual([[false]]);
  const said = () => notices.get().shown.filter((notice) => "key" in notice && notice.key === "microphoneClosed");
  expect(said()).toHaveLength(1);
  store.set({ meeting: { ...ended, version: 10 } });
  store.set({ meeting: meetingOf(["bob"], { version: 1, phase: "gathering", turn: null }) });
  expect(microphone).toHaveBeenCalledTimes(1);
  expect(said()).toHaveLength(1);
});

test("who becomes the keeper is told so once, who starts a meeting is not, and who hands it over hears that somebody else keeps it", async () => {
  const { store, notices } = await open(
    meetingOf(["ann", "bob"], { version: 5, keeper: null, phase: "gathering", turn: null }),
  );
  await expect.poll(() => store.get().meeting).not.toBeNull();
  const said = () => notices.get().shown.map((notice) => ("key" in notice ? notice.key : ""));
  store.set({ meeting: meetingOf(["ann", "bob"], { version: 6, keeper: personId("@ann:x") }) });
  expect(said()).toEqual([]);
  store.set({ meeting: meetingOf(["ann", "bob"], { version: 7, keeper: personId("@bob:x") }) });
  expect(said()).toEqual(["keeperLeft"]);
  store.set({ meeting: meetingOf(["ann", "bob"], { version: 8, keeper: personId("@ann:x") }) });
  store.set({ meeting: meetingOf(["ann", "bob"], { version: 9, keeper: personId("@ann:x") }) });
  expect(said()).toEqual(["keeperLeft", "youKeep"]);
});

test("who is taken out of the ring hears it, stays in the call, and takes no seat again by themselves", async () => {
  const seated = meetingOf(["bob", "ann"], { version: 5 });
  const { store, call, commands, notices } = await open(seated);
  call.set({ status: "in" });
  await expect.poll(() => store.get().meeting).not.toBeNull();
  store.set({
    meeting: {
      ...seated,
      version: 6,
      people: seated.people.map((person) =>
        person.id === "@ann:x" ? { ...person, presence: "left" as const } : person,
      ),
    },
  });
  store.set({
    meeting: {
      ...seated,
      version: 7,
      people: seated.people.map((person) =>
        person.id === "@ann:x" ? { ...person, presence: "left" as const } : person,
      ),
    },
  });
  expect(notices.get().shown).toMatchObject([{ key: "takenOut" }]);
  expect(commands).toEqual([]);
});

test("who goes from one group of an assembly into another is not told that somebody took them out", async () => {
  const seated = meetingOf(["bob", "ann"], { version: 5 });
  const { store, call, notices } = await open(seated);
  call.set({ status: "in" });
  await expect.poll(() => store.get().meeting).not.toBeNull();
  const gone = { presence: "left" as const };
  const people = seated.people.map((person) => (person.id === "@ann:x" ? { ...person, ...gone } : person));
  store.set({ inAssembly: true, meeting: { ...seated, version: 6, people } });
  expect(notices.get().shown).toEqual([]);
});

test("who did not have the word is told nothing of their microphone when the meeting ends", async () => {
  const { store, call, microphone, notices } = await open(
    meetingOf(["bob", "ann"], { version: 5, turn: turnOf(personId("@bob:x")) }),
  );
  call.set({ status: "in", microphone: "muted" });
  await expect.poll(() => store.get().meeting).not.toBeNull();
  microphone.mockClear();
  store.set({ meeting: meetingOf(["bob", "ann"], { version: 9, phase: "ended", turn: null }) });
  expect(microphone).not.toHaveBeenCalled();
  expect(notices.get().shown).toEqual([]);
});

test("who is in the call when a meeting begins asks for a seat, once", async () => {
  const { store, call, commands } = await open(null);
  call.set({ status: "in" });
  const others = meetingOf(["bob"], { phase: "gathering", turn: null });
  store.set({ meeting: others });
  store.set({ meeting: { ...others, version: 6 } });
  await expect.poll(() => commands).toEqual([{ type: "join" }]);
});

test("who listens in a group of an assembly asks for no seat there, and for one in the room's own circle after it", async () => {
  const { store, call, commands } = await open(null);
  call.set({ status: "in" });
  const known = meetingOf(["bob"]);
  store.fromCall(JSON.stringify({ ring: 2, meeting: known, record: 0 }));
  expect(store.get()).toMatchObject({ ring: 2, meeting: { id: known.id } });
  await settled();
  expect(commands).toEqual([]);
  store.fromCall(JSON.stringify({ ring: 2, meeting: { ...known, version: 6, phase: "ended", turn: null }, record: 0 }));
  store.fromRoom({ ...known, id: "m00000002", phase: "gathering", turn: null, startedAt: null, at: known.at + 1 });
  await expect.poll(() => commands).toEqual([{ type: "join" }]);
});

test("joining asks for a seat once, though the gathering is heard of before the answer comes", async () => {
  const gathering = meetingOf(["bob"], { phase: "gathering", turn: null, ring: [] });
  const { store, call, join, commands } = await open(null);
  vi.spyOn(call, "join").mockImplementation(async () => {
    call.set({ status: "in" });
    return true;
  });
  const joined = join({ microphone: null });
  store.set({ meeting: gathering });
  await joined;
  store.set({ meeting: { ...gathering, version: 6 } });
  // Waits to see that nothing is asked.
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(commands).toEqual([{ type: "join" }]);
});

test("the client keeps the widget in sight while I am in the call, also when I am put out of it", async () => {
  const stayOnScreen = vi.fn(async () => true);
  const { call, notices } = await open(null, { ...host, stayOnScreen });
  call.set({ status: "joining" });
  expect(stayOnScreen).not.toHaveBeenCalled();
  for (const status of ["in", "reconnecting", "in", "out"] as const) call.set({ status });
  expect(stayOnScreen.mock.calls).toEqual([[true], [false]]);
  await settled();
  expect(notices.get().shown).toEqual([]);
});

test.each([
  ["refuses", async () => false],
  ["fails", async () => Promise.reject(new Error("Missing capability"))],
])(
  "where the client %s to keep the widget in sight, I am told once what leaving the room means",
  async (_, stayOnScreen) => {
    const info = vi.spyOn(console, "info").mockImplementation(() => undefined);
    const { call, notices } = await open(null, { ...host, stayOnScreen });
    call.set({ status: "in" });
    await expect.poll(() => notices.get().shown).toMatchObject([{ key: "leavesWithRoom" }]);
    notices.dismiss(notices.get().shown[0]!.id);
    for (const status of ["out", "in"] as const) call.set({ status });
    await settled();
    expect(notices.get().shown).toEqual([]);
    info.mockRestore();
  },
);

test("a page of one's own, which no room can take away, says nothing of it", async () => {
  const { call, notices } = await open(null, host);
  call.set({ status: "in" });
  await settled();
  expect(notices.get().shown).toEqual([]);
});

test("who left may come back into the same meeting", async () => {
  const { store, call, join, leave, commands } = await open(null);
  vi.spyOn(call, "join").mockImplementation(async () => {
    call.set({ status: "in" });
    return true;
  });
  store.set({ meeting: meetingOf(["bob"]) });
  await join({ microphone: null });
  await leave();
  await join({ microphone: null });
  expect(commands).toEqual([{ type: "join" }, { type: "leave" }, { type: "join" }]);
});
