import { expect, test } from "vitest";
import { ROOM, TestRoom } from "../../tests/support/room/room.ts";
import { turnOf } from "../circle/meeting.ts";
import type { ParticipantId } from "../protocol/identity.ts";

const NAMES = ["ann", "bob", "eve", "dan", "kim", "lea", "tom", "uma"];
const full = (name: string) => `@${name}:hs`;

function pass(room: TestRoom, seconds: number): void {
  room.at += seconds * 1000;
  room.assemblies.send(ROOM, { type: "clock", at: room.at });
}

async function begun(): Promise<TestRoom> {
  const room = new TestRoom();
  await room.say(full("ann"), "!circle assembly open");
  for (const name of NAMES) await room.say(full(name), "!circle assembly join");
  await room.say(full("ann"), "!circle assembly start assembly our garden");
  pass(room, 25);
  return room;
}

/** Answer to a command, beside what it changed in the assembly's message. */
async function answer(room: TestRoom, sender: string, text: string): Promise<string> {
  const before = room.sent.length;
  await room.say(sender, text);
  const told = room.sent.slice(before).filter(({ key }) => !key.startsWith("assembly"));
  return told.at(-1)?.type === "m.reaction" ? "✅" : String(told.at(-1)?.content["body"]);
}

const messageOf = (room: TestRoom) =>
  String(room.sent.findLast(({ key }) => key.startsWith("assembly:"))?.content["body"] ?? "");
const seat = (room: TestRoom, name: string) => room.assemblies.seatOf(ROOM, full(name) as ParticipantId);
const meetingOf = (room: TestRoom, ring: number) => room.meetings.of({ room: ROOM, ring })?.meeting;

test("an assembly is opened, joined and started by chat, in both languages, and one message says who sits where", async () => {
  const room = new TestRoom();
  expect(await answer(room, full("ann"), "!circle assembly join")).toContain("No assembly is open here");
  await room.say(full("ann"), "!круг собрание открыть");
  for (const name of NAMES) await room.say(full(name), "!круг собрание войти");
  expect(messageOf(room)).toContain("With us (8)");
  expect(await answer(room, full("bob"), "!circle assembly join")).toContain("You are in the assembly already");
  await room.say(full("ann"), "!circle assembly start our garden");
  pass(room, 25);
  expect(messageOf(room)).toMatch(/Assembly: our garden[\s\S]*Group 1 \(talks\)[\s\S]*Group 2 \(talks\)/);
  expect(await answer(room, full("bob"), "!circle assembly")).toContain("Group 2");
  expect(await answer(room, full("bob"), "!circle assembly start")).toContain("already");
});

test("whoever chose a language keeps it when they join once more without one", async () => {
  const room = new TestRoom();
  await room.say(full("ann"), "!circle assembly open");
  await room.say(full("ann"), "!circle assembly join ru");
  expect(await answer(room, full("ann"), "!circle assembly join")).toContain("You are in the assembly already");
  const language = () => room.assemblies.of(ROOM)?.members[0]?.language;
  expect(language()).toBe("ru");
  await room.say(full("ann"), "!circle assembly join EN");
  expect(language()).toBe("en");
  expect(await answer(room, full("bob"), "!circle assembly join xx")).not.toContain("already");
  expect(room.assemblies.of(ROOM)?.members).toHaveLength(1);
});

test("what somebody writes is for the group they sit in", async () => {
  const room = await begun();
  const [one, two] = [meetingOf(room, 1), meetingOf(room, 2)];
  expect(one?.phase).toBe("circle");
  expect(two?.phase).toBe("circle");
  const speaker = turnOf(two)?.speaker ?? "";
  await room.say(speaker, "!circle pass");
  await room.say(turnOf(meetingOf(room, 2))?.speaker ?? "", "!circle accept");
  expect(turnOf(meetingOf(room, 2))?.speaker).not.toBe(speaker);
  expect(turnOf(meetingOf(room, 1))?.speaker).toBe(turnOf(one)?.speaker);
});

test("the keeper moves people; a group names who speaks for it; and the delegates sit together", async () => {
  const room = await begun();
  const inTwo = NAMES.filter((name) => seat(room, name) === 2 && name !== "ann");
  const [moved = ""] = inTwo;
  expect(await answer(room, full(moved), "!circle assembly move 1")).toBe("✅");
  expect(messageOf(room)).toContain("asks to sit in group 1");
  expect(await answer(room, full(moved), `!circle assembly move ${moved} 1`)).toContain("keeper");
  expect(await answer(room, full("ann"), `!circle assembly move ${moved} 1`)).toBe("✅");
  expect(seat(room, moved)).toBe(1);
  const ring = (number: number) => NAMES.filter((name) => seat(room, name) === number);
  for (const number of [1, 2]) {
    const [first = "", ...others] = ring(number);
    await room.say(full(first), `!circle assembly delegate ${first}`);
    for (const name of others) await room.say(full(name), "!circle assembly yes");
  }
  expect(messageOf(room)).toContain("Speaks for it");
  const delegates = room.assemblies.of(ROOM);
  expect(await answer(room, full("ann"), "!circle assembly next")).toBe("✅");
  pass(room, 10);
  expect(messageOf(room)).toContain("the delegates");
  expect(delegates?.phase === "running" && delegates.rings.map(({ delegate }) => delegate !== null)).toEqual([
    true,
    true,
  ]);
  expect(meetingOf(room, 1)?.people.filter(({ presence }) => presence !== "left")).toHaveLength(2);
});

test("behind the scenario its keeper says how large groups are, and a wish is taken back", async () => {
  const room = new TestRoom();
  await room.say(full("ann"), "!circle assembly open");
  for (const name of NAMES) await room.say(full(name), "!circle assembly join");
  for (const name of ["bob", "eve"]) await room.say(full("ann"), `!circle assembly together ${name}`);
  expect(await answer(room, full("ann"), "!circle assembly either bob")).toBe("✅");
  expect(room.assemblies.of(ROOM)?.wishes).toMatchObject([{ wish: "together", people: [full("ann"), full("eve")] }]);
  expect(await answer(room, full("ann"), "!circle assembly start assembly 2-2 our garden")).toBe("✅");
  expect(messageOf(room)).toContain("Assembly: our garden");
  expect(NAMES.map((name) => seat(room, name)).toSorted()).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
  expect(seat(room, "ann")).toBe(seat(room, "eve"));
});

test("it ends by the keeper's word, and no circle of it goes on", async () => {
  const room = await begun();
  expect(await answer(room, full("bob"), "!circle assembly end")).toContain("keeper");
  expect(await answer(room, full("ann"), "!circle assembly end")).toBe("✅");
  expect(messageOf(room)).toContain("The assembly is over");
  expect([1, 2].map((ring) => meetingOf(room, ring)?.phase)).toEqual(["ended", "ended"]);
  expect(await answer(room, full("ann"), "!circle assembly open")).toBe("✅");
});

const told = (room: TestRoom, what: string) => room.sent.findLast(({ key }) => key.endsWith(`:${what}`))?.content;

test("a group calls the keeper, who is told by name; words, time and warnings are said to all", async () => {
  const room = await begun();
  const caller = NAMES.find((name) => name !== "ann") ?? "";
  expect(await answer(room, full(caller), "!circle assembly call")).toBe("✅");
  expect(told(room, "call")).toMatchObject({ msgtype: "m.text", "m.mentions": { user_ids: [full("ann")] } });
  await room.say(full("ann"), "!circle assembly tell Lunch is at one");
  expect(told(room, "told")?.["body"]).toBe("Ann to all groups: Lunch is at one");
  await room.say(full("ann"), "!circle assembly longer");
  expect(told(room, "more")?.["body"]).toContain("60 seconds more");
  const running = room.assemblies.of(ROOM);
  if (running?.phase !== "running") throw new Error("it does not run");
  for (const left of [60, 10]) {
    room.at = running.endsAt - left * 1000;
    pass(room, 0);
    expect(told(room, "time")?.["body"]).toContain(`${left} seconds left`);
  }
  expect(room.sent.filter(({ key }) => key.endsWith(":time")).map(({ key }) => key)).toHaveLength(2);
});

test("the keeper listens in another group and comes back", async () => {
  const room = await begun();
  const own = seat(room, "ann");
  const elsewhere = own === 1 ? 2 : 1;
  expect(await answer(room, full("ann"), `!circle assembly listen ${elsewhere}`)).toBe("✅");
  expect(told(room, "visit")?.["body"]).toBe(`Ann listens in group ${elsewhere}.`);
  expect(seat(room, "ann")).toBe(elsewhere);
  expect(await answer(room, full("ann"), "!circle assembly back")).toBe("✅");
  expect(seat(room, "ann")).toBe(own);
});

test("whoever only listens can be taken out by name", async () => {
  const room = await begun();
  expect(await answer(room, full("zoe"), "!circle assembly listen 1")).toBe("✅");
  expect(seat(room, "zoe")).toBe(1);
  expect(await answer(room, full("ann"), "!circle assembly out zoe")).toBe("✅");
  expect(seat(room, "zoe")).toBeNull();
});

test("whoever speaks among the delegates is known by their group", async () => {
  const room = await begun();
  await room.say(full("ann"), "!circle assembly next");
  pass(room, 10);
  const names = (meetingOf(room, 1)?.people ?? [])
    .filter(({ presence }) => presence !== "left")
    .map(({ name }) => name);
  expect(names.map((name) => name.slice(name.indexOf("("))).toSorted()).toEqual(["(group 1)", "(group 2)"]);
});

test("a moderator who takes no seat is named as everybody is, in the room and wherever the assembly is told of", async () => {
  const room = new TestRoom();
  await room.say(full("bob"), "!circle assembly open");
  for (const name of NAMES.slice(1)) await room.say(full(name), "!circle assembly join");
  await room.say(full("bob"), "!circle assembly start assembly our garden");
  pass(room, 25);
  for (const words of ["longer", "tell Lunch at one"])
    expect(await answer(room, full("ann"), `!circle assembly ${words}`)).toBe("✅");
  const news = room.sent.flatMap(({ key, content }) =>
    key.startsWith("assembly-news:") ? [String(content["body"])] : [],
  );
  expect(news).toEqual([expect.stringMatching(/^Ann /), expect.stringMatching(/^Ann to all groups: Lunch/)]);
});
