import { readFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isGuest } from "../../appservice/protocol/identity.ts";
import { ROOM_ROUTES } from "../../appservice/protocol/routes.ts";
import type { Route } from "../../appservice/protocol/routes/route.ts";
import { heardWithin, until } from "../support/call/call-stage.ts";
import { Caller } from "../support/call/caller.ts";
import { GuestPerson } from "../support/stack/guest-person.ts";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

let mindminder: Mindminder;
let ann: MatrixPerson;

beforeAll(async () => {
  mindminder = await startMindminder({
    dir: await mkdtemp(join(tmpdir(), "mindminder-")),
    config: { speech: { engine: "off" } },
  });
  ann = await MatrixPerson.register(mindminder.synapse, "ann");
});
afterAll(async () => {
  await ann?.close();
  await mindminder?.stop();
});

type RoomRouteName = keyof typeof ROOM_ROUTES;
const routes = Object.entries(ROOM_ROUTES) as [RoomRouteName, Route][];

/** Ann keeps a meeting in a room of her own, and sees what the bot says there. */
async function kept() {
  const room = await roomWithBot(mindminder, ann);
  const said: SeenEvent[] = [];
  ann.listen((event) => void (event.room_id === room && said.push(event)));
  const keeper = await WidgetPerson.open(mindminder.url, room, ann);
  await keeper.joinCircle();
  const caller = await Caller.join({ ...(await keeper.call()), ears: true });
  await keeper.command({ type: "start" });
  const link = async (wish: { once: boolean; lobby: boolean; places: number }) => {
    const { body } = await keeper.ask("changeGuests", { type: "make-link", ...wish });
    return body.links[0]?.url ?? "";
  };
  const words = (text: RegExp) => said.find(({ content }) => text.test(String(content["body"])));
  return { room, keeper, caller, link, words };
}

test("a guest opens the link, waits, is let in by a reaction, has the word, is heard, and is put out for good", async () => {
  const { room, keeper, caller, link, words } = await kept();
  const url = await link({ once: true, lobby: true, places: 5 });
  expect(url).toContain(`${mindminder.url}/widget/#guest=`);
  const guest = new GuestPerson(mindminder.url, url);
  expect((await guest.knock()).body).toMatchObject({ state: "new", lobby: true });
  expect((await guest.knock("Αnn")).body).toMatchObject({ state: "waits", name: "Αnn (guest, namesake)" });
  expect(await guest.enter()).toBe(409);
  expect((await keeper.ask("guests")).body.waiting).toMatchObject([{ name: "Αnn (guest, namesake)", namesake: true }]);

  await until("the room hears who waits", () => words(/waits to be let in/) !== undefined);
  await ann.ask("PUT", `/rooms/${encodeURIComponent(room)}/send/m.reaction/let-in`, {
    "m.relates_to": { rel_type: "m.annotation", event_id: words(/waits to be let in/)!.event_id, key: "✅" },
  });
  await until("they are let in", async () => (await guest.knock()).body.state === "in");
  await until("and all see who came", () => words(/has been let in as a guest by ann/i) !== undefined);
  expect(await guest.enter()).toBe(200);
  const { id } = guest.session!.me;
  expect(isGuest(id)).toBe(true);

  const access = await guest.call();
  const voice = await Caller.join({ ...access, ears: false });
  await voice.publish({ muted: true });
  expect((await guest.joinCircle()).status).toBe(200);
  const turn = async () => (await keeper.meeting()).meeting?.turn;
  await until("the guest sits in the ring", async () =>
    ((await keeper.meeting()).meeting?.people ?? []).some((person) => person.id === id && person.presence === "call"),
  );
  if ((await turn())?.speaker === ann.userId) {
    if ((await turn())?.status === "offered") await keeper.steer("accept");
    await keeper.steer("pass");
  }
  await until("the guest has the word", async () => (await turn())?.speaker === id);
  if ((await turn())?.status === "offered") expect((await guest.steer("accept")).status).toBe(200);
  await until("the guest is heard", async () => (await heardWithin(200, caller, id)) > 0);

  for (const command of [
    { type: "pause", expectedVersion: (await keeper.meeting()).meeting?.version ?? 0 },
    { type: "take-out", who: ann.userId },
    { type: "hand-over", to: id },
    { type: "start" },
  ] as const)
    expect((await guest.command(command as never)).body, command.type).toMatchObject({
      errcode: "ORG.MINDMINDER.NOT_FOR_GUESTS",
    });
  for (const [name, it] of routes.filter(([, route]) => !route.guests))
    expect(
      (await guest.ask(name, { meeting: "m00000001", format: "json", quarter: "now", utterance: "1.1" })).body,
      it.path,
    ).toMatchObject({
      errcode: "ORG.MINDMINDER.NOT_FOR_GUESTS",
    });

  const outOfCall = new Promise<void>((resolve) => voice.room.on("disconnected", () => resolve()));
  expect((await keeper.command({ type: "take-out", who: id })).status).toBe(200);
  await outOfCall;
  await until("the session is dead", async () => [401, 403].includes((await guest.ask("meeting")).status));
  expect(await guest.enter()).toBe(403);
  expect((await guest.knock()).status).toBe(403);
  expect((await new GuestPerson(mindminder.url, url).knock("Again")).status).toBe(404);
  expect((await keeper.ask("guests")).body).toMatchObject({ links: [], waiting: [], seated: [] });
  const { meeting } = await keeper.meeting();
  expect(meeting?.people.find((person) => person.id === id)).toMatchObject({ presence: "left" });
  // A token from before opens nothing: the call goes on under another name.
  const again = await Caller.join({ ...access, ears: false }).catch(() => null);
  await until("and the old token keeps nobody in", () => !again?.room.isConnected);
  await until("the room hears that they were put out", () => words(/has been put out by ann/i) !== undefined);

  const log = readFileSync(mindminder.log, "utf8");
  expect(log).not.toContain(new URLSearchParams(new URL(url).hash.slice(1)).get("guest"));
  expect(log).not.toContain(guest.session!.token);
  await caller.leave();
});

test("a guest reads their meeting, and nothing from before it; the next one does not know them", async () => {
  const { keeper, caller, link } = await kept();
  await until("the meeting is over", async () => {
    await keeper.steer("end");
    return (await keeper.meeting()).meeting?.phase === "ended";
  });
  const past = (await keeper.meeting()).meeting!.id;
  await keeper.joinCircle();
  await keeper.command({ type: "start" });
  const guest = new GuestPerson(mindminder.url, await link({ once: true, lobby: false, places: 1 }));
  expect((await guest.knock("Cid")).body).toMatchObject({ state: "in", name: "Cid (guest)" });
  expect(await guest.enter()).toBe(200);
  expect((await guest.ask("meeting")).body.meeting?.phase).toBe("circle");
  expect((await guest.ask("record")).status).toBe(200);
  expect((await guest.ask("pastMeeting", { meeting: past })).status).toBe(404);
  expect((await guest.ask("pastMeetings")).body.meetings.map((each) => each.id)).not.toContain(past);

  const full = new GuestPerson(mindminder.url, await link({ once: true, lobby: false, places: 1 }));
  expect((await full.knock("Dora")).body.state).toBe("in");
  await until("the meeting is over", async () => {
    await keeper.steer("end");
    return (await keeper.meeting()).meeting?.phase === "ended";
  });
  expect((await guest.ask("meeting")).status).toBe(200);
  await keeper.joinCircle();
  await until("the next meeting does not know them", async () =>
    [401, 403].includes((await guest.ask("meeting")).status),
  );
  expect((await guest.knock("Cid")).status).toBe(404);
  await caller.leave();
});
