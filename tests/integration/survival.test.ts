import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LONGEST_GAP_MS } from "../../appservice/journal/pulse.ts";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

let mindminder: Mindminder;
let ann: MatrixPerson;
let bob: MatrixPerson;

const fromBot = (event: SeenEvent) => event.sender === mindminder.botId;
const keyed = (key: string) => (event: SeenEvent) => fromBot(event) && key in event.content;

beforeAll(async () => {
  mindminder = await startMindminder({
    dir: await mkdtemp(join(tmpdir(), "mindminder-")),
    config: { speech: { engine: "off" } },
  });
  const open = (name: string) => MatrixPerson.register(mindminder.synapse, name);
  [ann, bob] = await Promise.all([open("ann"), open("bob")]);
});

afterAll(async () => {
  await Promise.all([ann?.close(), bob?.close()]);
  await mindminder?.stop();
});

async function runningMeeting(): Promise<string> {
  const id = await roomWithBot(mindminder, ann, bob);
  await ann.joinCircle(id);
  await bob.joinCircle(id);
  await ann.command(id, "!circle start council tea");
  return id;
}

/** Messages that people see, in order; one that stands twice fails the test. */
async function messagesOf(id: string): Promise<string[]> {
  const history = await ann.history(id);
  return history
    .filter((event) => fromBot(event) && event.type === "m.room.message" && !("m.new_content" in event.content))
    .map(({ content }) => String(content["body"]));
}

test("killed in mid-turn, the meeting goes on where it was: same speaker, same time left, same session, nothing said twice", async () => {
  const id = await runningMeeting();
  const widget = await WidgetPerson.open(mindminder.url, id, ann);
  const before = (await widget.meeting()).meeting;
  const from = performance.now();
  await mindminder.killService();
  await mindminder.startService();
  const after = (await widget.meeting()).meeting;
  expect(after).toMatchObject({
    id: before?.id,
    ring: before?.ring,
    turn: { speaker: ann.userId, id: before?.turn?.id },
  });
  // The time since the service last noted that it hears people is given back, and no more than that.
  const givenBackMs = (after?.turn?.endsAt ?? 0) - (before?.turn?.endsAt ?? 0);
  expect(givenBackMs).toBeGreaterThan(0);
  expect(givenBackMs).toBeLessThan(performance.now() - from + LONGEST_GAP_MS);

  expect((await widget.steer("pass")).status).toBe(200);
  const over = ann.next(id, keyed("org.mindminder.meeting_record"), "the meeting's root");
  expect(await ann.command(id, "!circle end")).toBe("✅");
  await over;
  const messages = await messagesOf(id);
  expect(new Set(messages).size).toBe(messages.length);
});

test.runIf(LONG)("killed while it writes, again and again: every message stands once", async () => {
  const id = await runningMeeting();
  for (const by of [ann, bob]) {
    await mindminder.killService();
    const passing = by.say(id, "!circle pass");
    await mindminder.startService();
    await passing;
    const widget = await WidgetPerson.open(mindminder.url, id, by);
    await expect.poll(async () => (await widget.meeting()).meeting?.turn?.speaker).not.toBe(by.userId);
  }
  const over = ann.next(id, keyed("org.mindminder.meeting_record"), "the meeting's root");
  await ann.say(id, "!circle end");
  await mindminder.killService();
  await mindminder.startService();
  await over;
  const messages = await messagesOf(id);
  expect(new Set(messages).size).toBe(messages.length);
});

test("a homeserver that is away does not hold up the circle; afterwards all is in the room, in order", async () => {
  const id = await runningMeeting();
  const widget = await WidgetPerson.open(mindminder.url, id, ann);
  await mindminder.synapse.kill();
  expect((await widget.steer("pass")).status).toBe(200);
  expect((await widget.steer("end")).status).toBe(200);
  expect((await widget.meeting()).meeting?.phase).toBe("ended");
  const over = ann.next(id, keyed("org.mindminder.meeting_record"), "the meeting's root");
  await mindminder.synapse.restart();
  await over;
  const kinds = (await ann.history(id))
    .filter(fromBot)
    .flatMap(({ content }) => Object.keys(content).filter((key) => key.startsWith("org.mindminder.")));
  expect(kinds.indexOf("org.mindminder.circle")).toBeLessThan(kinds.indexOf("org.mindminder.turn"));
  expect(kinds.indexOf("org.mindminder.turn")).toBeLessThan(kinds.indexOf("org.mindminder.meeting_record"));
  // Synapse on SQLite numbers its transactions from 1 again; what is said now must be heard all the same.
  expect(await ann.command(id, "!circle status")).toMatch(/has ended/);
});
