import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Caller } from "../support/call/caller.ts";
import { makeAuthority } from "../support/stack/certificates.ts";
import { GuestPerson } from "../support/stack/guest-person.ts";
import { MatrixPerson } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { PushService } from "../support/stack/push-service.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

let mindminder: Mindminder;
let push: PushService;
let ann: MatrixPerson;

beforeAll(async () => {
  const authority = await makeAuthority();
  push = await new PushService(await authority.certify("127.0.0.1")).start();
  mindminder = await startMindminder({
    dir: await mkdtemp(join(tmpdir(), "mindminder-")),
    authority,
    config: { speech: { engine: "off" }, push: { networks: ["127.0.0.0/8"] } },
  });
  ann = await MatrixPerson.register(mindminder.synapse, "ann");
});
afterAll(async () => {
  await ann?.close();
  await mindminder?.stop();
  await push?.stop();
});

/** Ann keeps a council, in which a guest sits behind her. */
async function withGuest() {
  const room = await roomWithBot(mindminder, ann);
  const keeper = await WidgetPerson.open(mindminder.url, room, ann);
  await keeper.joinCircle();
  const caller = await Caller.join(await keeper.call());
  const wish = { type: "make-link", once: true, lobby: false, places: 5 };
  const url = (await keeper.ask("changeGuests", wish)).body.links[0]?.url ?? "";
  const guest = new GuestPerson(mindminder.url, url);
  await guest.knock("Greta");
  expect(await guest.enter()).toBe(200);
  const voice = await Caller.join(await guest.call());
  await guest.joinCircle();
  const id = guest.session!.me.id;
  await expect
    .poll(async () => (await keeper.meeting()).meeting?.people.find((each) => each.id === id)?.presence)
    .toBe("call");
  const pass = async () => {
    if ((await keeper.meeting()).meeting?.turn?.status === "offered") await keeper.steer("accept");
    return keeper.steer("pass");
  };
  const turn = async () => (await keeper.meeting()).meeting?.turn;
  const leave = () => Promise.all([caller.leave(), voice.leave()]);
  return { room, keeper, guest, id, turn, pass, leave };
}

test("a guest who wants it is told once by their browser that they are next, in words that only it can read and that say nothing of the meeting", async () => {
  const { keeper, guest, turn, pass, leave } = await withGuest();
  const { body: before } = await guest.ask("nudges");
  expect(before).toEqual({ key: expect.stringMatching(/^[\w-]{87}$/), on: false });
  const address = push.subscribe();
  expect((await guest.ask("changeNudges", { address })).body).toEqual({ ...before, on: true });
  expect((await keeper.command({ type: "start", topic: "the secret garden" } as never)).status).toBe(200);
  expect((await turn())?.speaker).toBe(ann.userId);
  await expect.poll(() => push.pushed.length).toBe(1);
  const [told] = push.pushed;
  expect(told?.to).toEqual(address);
  expect(JSON.parse(told?.text ?? "")).toEqual({
    title: "You are next",
    body: "The word comes to you after this turn. Come back to the circle.",
  });
  expect(told?.body.toString("latin1")).not.toMatch(/next|circle|garden|Greta/);
  expect(told?.claims).toMatchObject({ aud: push.url, sub: expect.stringMatching(/^https:/) });
  expect(told?.ttl).toBe("120");

  // The same turn goes on: nothing more is said, also not by a service that was killed meanwhile.
  await keeper.steer("extend");
  await mindminder.killService();
  await mindminder.startService();
  await keeper.steer("pause");
  await keeper.steer("resume");
  expect(push.pushed).toHaveLength(1);
  expect((await guest.ask("nudges")).body, "the key is the same after a start").toEqual({ ...before, on: true });

  // Ann's own next turn comes after the guest's, in the second circle: the guest is told once more while she has it.
  await pass();
  await expect.poll(async () => (await turn())?.speaker).not.toBe(ann.userId);
  if ((await turn())?.status === "offered") await guest.steer("accept");
  await guest.steer("pass");
  await keeper.steer("next-circle");
  await expect.poll(async () => (await turn())?.speaker).toBe(ann.userId);
  await expect.poll(() => push.pushed.length).toBe(2);
  const log = await readFile(mindminder.log, "utf8");
  expect(log).not.toContain(new URL(address.endpoint).pathname);
  // It is counted once the push service has answered.
  await expect
    .poll(async () => (await fetch(`${mindminder.url}/metrics`)).text())
    .toMatch(/nudges_total\{outcome="sent"\} 1/);
  await keeper.steer("end");
  await leave();
});

test("who is put out, or wants it no more, is told nothing; nor is anybody whose browser has gone", async () => {
  const { keeper, guest, id, turn, pass, leave } = await withGuest();
  push.pushed.length = 0;
  const address = push.subscribe();
  await guest.ask("changeNudges", { address });
  push.unsubscribe(address);
  await keeper.command({ type: "start" });
  expect((await turn())?.speaker).toBe(ann.userId);
  await expect.poll(async () => (await guest.ask("nudges")).body.on).toBe(false);
  await guest.ask("changeNudges", { address: push.subscribe() });
  expect((await guest.ask("changeNudges", { address: null })).body.on).toBe(false);
  await guest.ask("changeNudges", { address: push.subscribe() });
  expect((await keeper.command({ type: "take-out", who: id })).status).toBe(200);
  await pass();
  await keeper.steer("end");
  expect(push.pushed).toEqual([]);
  await leave();
});

test("people whose client shows the circle are told by it, and addresses that are none are refused", async () => {
  const { keeper, guest, leave } = await withGuest();
  expect((await keeper.ask("nudges")).body.key).toBeNull();
  expect((await keeper.ask("changeNudges", { address: push.subscribe() })).status).toBe(403);
  const good = push.subscribe();
  for (const address of [
    { ...good, endpoint: good.endpoint.replace("https:", "http:") },
    { ...good, endpoint: `${good.endpoint}${"x".repeat(1_100)}` },
    { ...good, keys: { ...good.keys, auth: "short" } },
    { endpoint: good.endpoint },
    "https://push.example.net/",
  ])
    expect((await guest.ask("changeNudges", { address })).status, JSON.stringify(address).slice(0, 60)).toBe(400);
  await leave();
});
