import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

/** Rooms are upgraded, the bot is shown out and asked in again, power changes hands, people change names and go. */
let mindminder: Mindminder;
let ann: MatrixPerson;
let bob: MatrixPerson;
let room: string;
let widget: WidgetPerson;

const fromBot = (event: SeenEvent) => event.sender === mindminder.botId;
const saying = (words: RegExp) => (event: SeenEvent) => fromBot(event) && words.test(String(event.content["body"]));
const keyed = (key: string) => (event: SeenEvent) => fromBot(event) && key in event.content;
const path = (id: string, rest: string) => `/rooms/${encodeURIComponent(id)}/${rest}`;

beforeAll(async () => {
  mindminder = await startMindminder({
    dir: await mkdtemp(join(tmpdir(), "mindminder-life-")),
    config: { speech: { engine: "off" } },
  });
  ann = await person("ann");
});

afterAll(async () => {
  await Promise.all([ann?.close(), bob?.close()]);
  await mindminder?.stop();
});

const person = (name: string) => MatrixPerson.register(mindminder.synapse, name);
let people = 0;

/** A meeting in its first turn, which is Ann's; Bob follows. */
beforeEach(async () => {
  await bob?.close();
  bob = await person(`bob${++people}`);
  room = await roomWithBot(mindminder, ann, bob);
  for (const each of [ann, bob]) expect(await each.joinCircle(room)).toBe("✅");
  expect(await ann.command(room, "!circle start council tea")).toBe("✅");
  widget = await WidgetPerson.open(mindminder.url, room, ann);
  await expect.poll(async () => (await state(room))?.phase).toBe("circle");
});

async function invite(id: string): Promise<SeenEvent> {
  const greeted = ann.next(id, (event) => fromBot(event) && event.type === "m.room.message", "a greeting");
  await ann.ask("POST", path(id, "invite"), { user_id: mindminder.botId });
  return greeted;
}

const state = (id: string) =>
  ann.state(id, "org.mindminder.meeting", "") as Promise<{
    phase: string;
    version: number;
    people: { id: string; name: string }[];
  }>;

async function saidOnce(id: string): Promise<string[]> {
  const said = (await ann.history(id))
    .filter((event) => fromBot(event) && event.type === "m.room.message" && !("m.new_content" in event.content))
    .map(({ content }) => String(content["body"]));
  expect(new Set(said).size).toBe(said.length);
  return said;
}

async function setPower(of: number): Promise<void> {
  const power = (await ann.state(room, "m.room.power_levels", "")) as { users: object };
  await ann.setState(room, "m.room.power_levels", "", { ...power, users: { ...power.users, [mindminder.botId]: of } });
}

test("the room is upgraded in mid-meeting: it goes on here to its end, the next begins in the new room, where the bot remembers what this one chose", async () => {
  expect(await ann.command(room, "!circle vocabulary add Synapse, LiveKit")).toMatch(/Synapse/);
  expect(await ann.command(room, "!circle language ru")).toEqual(expect.any(String));
  const told = ann.next(room, saying(/заменяет новая/), "being told of the new room");
  const { replacement_room: next } = await ann.ask<{ replacement_room: string }>("POST", path(room, "upgrade"), {
    new_version: "12",
  });
  await told;
  // Invited, as Element does with everybody who was in the old room.
  expect(String((await invite(next)).content["body"])).toMatch(/перешёл сюда из старой комнаты/);
  expect(await ann.command(next, "!круг словарь")).toMatch(/Synapse, LiveKit/);

  expect((await widget.steer("pass")).status).toBe(200);
  expect((await widget.meeting()).meeting?.turn?.speaker).toBe(bob.userId);
  const over = ann.next(room, keyed("org.mindminder.meeting_record"), "the meeting's root");
  expect((await widget.steer("end")).status).toBe(200);
  await over;
  expect(await ann.command(room, "!circle start council tea")).toMatch(/заменила новая/);
  const refused = await widget.joinCircle();
  expect([refused.status, refused.body.errcode]).toEqual([409, "ORG.MINDMINDER.ROOM_REPLACED"]);
  expect(await ann.joinCircle(next)).toBe("✅");
  await saidOnce(room);
});

test("the bot is shown out in mid-meeting and asked in again: the meeting is over, what it could not say is said, and the next one can begin", async () => {
  const before = await state(room);
  const out = ann.next(
    room,
    ({ type, state_key, content }) =>
      type === "m.room.member" && state_key === mindminder.botId && content["membership"] === "leave",
    "the bot's leaving",
  );
  await ann.ask("POST", path(room, "kick"), { user_id: mindminder.botId, reason: "a slip of the hand" });
  await out;
  await expect.poll(async () => (await widget.ask("meeting")).status).not.toBe(200);
  const over = ann.next(room, keyed("org.mindminder.meeting_record"), "the meeting's root");
  await invite(room);
  await over;
  await expect.poll(async () => (await state(room)).phase).toBe("ended");
  expect((await state(room)).version).toBeGreaterThan(before.version);
  expect(await ann.joinCircle(room)).toBe("✅");
  expect(await ann.command(room, "!circle start council tea")).toBe("✅");
  expect((await (await WidgetPerson.open(mindminder.url, room, ann)).meeting()).meeting?.turn?.speaker).toBe(
    ann.userId,
  );
  expect(
    (await ann.history(room)).filter((event) => fromBot(event) && "org.mindminder.meeting_record" in event.content),
  ).toHaveLength(1);
});

test.runIf(LONG)(
  "the bot's power is taken and given again: the circle goes on, people are told, and the room's picture of it is put right",
  async () => {
    const told = ann.next(room, saying(/no longer have the power/), "being told of the lost power");
    await setPower(0);
    await told;
    const stood = await state(room);
    expect((await widget.steer("pass")).status).toBe(200);
    const now = (await widget.meeting()).meeting;
    expect(now?.turn?.speaker).toBe(bob.userId);
    expect((await state(room)).version).toBe(stood.version);
    await setPower(50);
    await expect.poll(async () => (await state(room)).version).toBe(now?.version);
    await saidOnce(room);
  },
);

test.runIf(LONG)("a bot that may say nothing for a while says it all afterwards, once, in order", async () => {
  const power = (await ann.state(room, "m.room.power_levels", "")) as object;
  const muted = ann.next(room, ({ type }) => type === "m.room.power_levels", "the new power levels");
  await ann.setState(room, "m.room.power_levels", "", { ...power, users: {}, events_default: 10 });
  await muted;
  expect((await widget.steer("end")).status).toBe(200);
  const over = ann.next(room, keyed("org.mindminder.meeting_record"), "the meeting's root");
  await ann.setState(room, "m.room.power_levels", "", power);
  await over;
  await saidOnce(room);
});

test.runIf(LONG)("who changes their name in mid-meeting has the new one in the ring, and no markup in it", async () => {
  const name = "Боб <b>Великий</b>";
  await bob.ask("PUT", `/profile/${encodeURIComponent(bob.userId)}/displayname`, { displayname: name });
  await expect
    .poll(async () => (await widget.meeting()).meeting?.people.find(({ id }) => id === bob.userId)?.name)
    .toBe(name);
  await expect.poll(async () => (await state(room)).people.map((each) => each.name)).toContain(name);
  expect((await widget.steer("pass")).status).toBe(200);
  const over = ann.next(room, keyed("org.mindminder.meeting_record"), "the meeting's root");
  expect((await widget.steer("end")).status).toBe(200);
  const { content } = await over;
  expect(String(content["body"])).toContain(name);
  expect(String(content["formatted_body"])).not.toContain("<b>Великий");
});

test.runIf(LONG)("whose account is deactivated is out of the ring, and the word goes on", async () => {
  expect((await widget.steer("pass")).status).toBe(200);
  expect((await widget.meeting()).meeting?.turn?.speaker).toBe(bob.userId);
  const session = await WidgetPerson.open(mindminder.url, room, bob);
  const admin = await mindminder.synapse.registerUser("admin", { admin: true });
  const answer = await fetch(
    `${mindminder.synapse.url}/_synapse/admin/v1/deactivate/${encodeURIComponent(bob.userId)}`,
    {
      method: "POST",
      headers: { Authorization: `Bearer ${admin.accessToken}` },
      body: JSON.stringify({ erase: true }),
    },
  );
  expect(answer.status).toBe(200);
  await expect
    .poll(async () => (await widget.meeting()).meeting?.people.find(({ id }) => id === bob.userId)?.presence)
    .toBe("left");
  expect((await widget.meeting()).meeting?.turn?.speaker ?? null).not.toBe(bob.userId);
  expect((await session.ask("meeting")).status).toBe(401);
});

test("a space is left at once, with words to whoever asked the bot in; a circle's message that is removed comes again with the circle's news", async () => {
  const space = await ann.createRoom({
    name: "Garden",
    creation_content: { type: "m.space" },
    power_level_content_override: { events_default: 100 },
  });
  await ann.ask("POST", path(space, "invite"), { user_id: mindminder.botId });
  await expect
    .poll(async () => (await ann.state(space, "m.room.member", mindminder.botId))?.["membership"])
    .toBe("leave");
  const invitedTo = async () =>
    Object.keys((await ann.ask<{ rooms?: { invite?: object } }>("GET", "/sync?timeout=0")).rooms?.invite ?? {});
  await expect.poll(async () => (await invitedTo()).length).toBe(1);
  const [direct = ""] = await invitedTo();
  await ann.join(direct);
  await expect
    .poll(async () => (await ann.history(direct)).map(({ content }) => content["body"]))
    .toContain("“Garden” is a space. I work in rooms: please invite me to the room in which you meet.");

  const circleMessages = async () =>
    (await ann.history(room)).filter(
      (event) => fromBot(event) && "org.mindminder.circle" in event.content && !("m.new_content" in event.content),
    );
  await expect.poll(async () => (await circleMessages()).length).toBe(1);
  const [before] = await circleMessages();
  await ann.ask("PUT", path(room, `redact/${encodeURIComponent(before!.event_id)}/${crypto.randomUUID()}`), {});
  expect(await ann.command(room, "!circle pass")).toBe("✅");
  await expect
    .poll(async () => (await circleMessages()).map(({ event_id }) => event_id === before!.event_id))
    .toEqual([false]);
});
