import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

/**
 * Words that people take back after their meeting are in none of the bot's messages, in any version, for anybody in the
 * room.
 */
const PROGRAM = resolve(import.meta.dirname, "../../appservice/cli/mindminder.ts");
const THREE_DAYS_MS = 3 * 24 * 3600_000;
/** No promise of how soon, but how long the test waits on a busy machine; each look costs the homeserver. */
const PATIENCE = { timeout: 120_000, interval: 500 };

let mindminder: Mindminder;
let ann: MatrixPerson;
let bob: MatrixPerson;
let room: string;
/** Every event of the bot's that was ever in the room, also such as are gone from its history. */
const everSent = new Set<string>();

const fromBot = (event: SeenEvent) => event.sender === mindminder.botId;
const relationOf = ({ content }: SeenEvent) =>
  content["m.relates_to"] as { rel_type?: string; event_id?: string } | undefined;
const at = (rest: string) => `/rooms/${encodeURIComponent(room)}/${rest}`;

beforeAll(async () => {
  mindminder = await startMindminder({
    dir: mkdtempSync(join(tmpdir(), "mindminder-taken-")),
    config: { speech: { engine: "off" } },
  });
  [ann, bob] = await Promise.all(
    ["ann", "bob"].map((name) => MatrixPerson.register(mindminder.synapse, name)) as [
      Promise<MatrixPerson>,
      Promise<MatrixPerson>,
    ],
  );
  room = await roomWithBot(mindminder, ann, bob);
  ann.listen((event) => {
    if (event.room_id === room && fromBot(event)) everSent.add(event.event_id);
  });
});
afterAll(async () => {
  await Promise.all([ann?.close(), bob?.close()]);
  await mindminder?.stop();
});

/**
 * The bot's events in which Ann, a member like any other, finds a word: in the room's history, by their names, and as
 * edits of one another.
 */
async function botSays(word: string): Promise<string[]> {
  const found = (await ann.history(room)).filter(fromBot);
  const inHistory = withWord(found, word);
  // The history is one request, all else one for each event: what stands there still is not looked for elsewhere.
  if (inHistory.length > 0) return inHistory;
  const names = new Set([...everSent, ...found.map(({ event_id: each }) => each)]);
  const named = await Promise.all(
    [...names].map((id) => ann.ask<SeenEvent>("GET", at(`event/${encodeURIComponent(id)}`)).catch(() => null)),
  );
  const edits = await Promise.all(found.map(({ event_id: id }) => relationsTo(id)));
  // People's own messages stand as they left them, and are not searched.
  return withWord([...named, ...edits.flat()].filter((event) => event !== null).filter(fromBot), word);
}

async function relationsTo(id: string): Promise<SeenEvent[]> {
  const path = `${mindminder.synapse.url}/_matrix/client/v1/rooms/${encodeURIComponent(room)}/relations/${encodeURIComponent(id)}?limit=100`;
  const answer = await fetch(path, { headers: { Authorization: `Bearer ${ann.accessToken}` } });
  const { chunk = [] } = (await answer.json()) as { chunk?: SeenEvent[] };
  return chunk;
}

function withWord(events: readonly SeenEvent[], word: string): string[] {
  return events
    .map((event) => JSON.stringify(event))
    .flatMap((text) => (text.toLowerCase().includes(word) ? [around(text, word)] : []));
}

/**
 * Messages of these that the bot has not redacted yet. Read from the room's history: Synapse may show a state from its
 * cache for a while.
 */
async function standingOf(ids: readonly string[]): Promise<string[]> {
  const gone = (await ann.history(room))
    .filter((event) => event.type === "m.room.redaction" && fromBot(event))
    .map((event) => event.content["redacts"] ?? (event as { redacts?: string }).redacts);
  return ids.filter((id) => !gone.includes(id));
}
const around = (text: string, word: string) =>
  text.slice(Math.max(0, text.toLowerCase().indexOf(word) - 150)).slice(0, 200);
const redact = (by: MatrixPerson, id: string) =>
  by.ask("PUT", at(`redact/${encodeURIComponent(id)}/${Math.random()}`), {});
const edit = (by: MatrixPerson, id: string, body: string) =>
  by.say(room, `* ${body}`, {
    "m.new_content": { msgtype: "m.text", body },
    "m.relates_to": { rel_type: "m.replace", event_id: id },
  });
const record = async () =>
  JSON.stringify(
    await (await WidgetPerson.open(mindminder.url, room, ann)).ask("pastMeeting", { meeting }),
  ).toLowerCase();
let meeting = "";

/** A meeting of both, in which Bob types these; what came of it stands in the room. */
async function meetingWith(...typed: string[]): Promise<string[]> {
  for (const person of [ann, bob]) await person.joinCircle(room);
  await ann.command(room, "!circle start council the garden");
  const ids = [];
  for (const text of typed) ids.push(await bob.say(room, text));
  const drawn = ann.next(
    room,
    (event) => fromBot(event) && JSON.stringify(event.content).includes("org.mindminder.graph"),
    "the map",
  );
  await ann.command(room, "!circle end");
  await drawn;
  const { meeting: snapshot } = await (await WidgetPerson.open(mindminder.url, room, ann)).meeting();
  meeting = snapshot?.id ?? "";
  return ids;
}

/** Makes three days go by, in which another meeting was. */
async function threeDaysLater(meanwhile: () => Promise<unknown> = async () => {}): Promise<void> {
  await mindminder.stopService();
  const db = new Database(join(mindminder.dir, "mindminder.db"));
  db.prepare("UPDATE meetings SET started = started - ?").run(THREE_DAYS_MS);
  db.close();
  await meanwhile();
  await mindminder.startService();
}

test("a comment that is redacted, an edited one, and one that a moderator redacts: their words are in none of the bot's messages, and all else stands", async () => {
  const [walrus = "", ocelot = "", heron = ""] = await meetingWith(
    "task: feed the walrus",
    "decision: the ocelot stays",
    "question: where does the heron sleep?",
    "task: water the roses",
  );
  for (const word of ["walrus", "ocelot", "heron", "roses"])
    await expect.poll(() => botSays(word), PATIENCE).not.toEqual([]);
  await redact(bob, walrus);
  await expect.poll(() => botSays("walrus"), PATIENCE).toEqual([]);
  const lynx = edit(bob, ocelot, "decision: the lynx stays");
  await expect.poll(() => botSays("ocelot"), PATIENCE).toEqual([]);
  await expect.poll(async () => (await botSays("lynx")).length, PATIENCE).toBeGreaterThan(0);
  await redact(bob, await lynx);
  await expect.poll(() => botSays("lynx"), PATIENCE).toEqual([]);
  await redact(ann, heron);
  await expect.poll(() => botSays("heron"), PATIENCE).toEqual([]);
  expect(await record()).not.toMatch(/walrus|lynx|heron/);

  // A message written anew stands where it belongs, and rings for nobody.
  await expect
    .poll(
      async () =>
        (await ann.history(room)).filter((event) => fromBot(event) && "org.mindminder.meeting_record" in event.content)
          .length,
      PATIENCE,
    )
    .toBe(1);
  let root: SeenEvent | undefined;
  let task: SeenEvent | undefined;
  // The task's message goes into the new root's thread a moment later.
  await expect
    .poll(async () => {
      const ours = (await ann.history(room)).filter(fromBot);
      root = ours.find(({ content }) => "org.mindminder.meeting_record" in content);
      task = ours.find(({ content }) => /roses/.test(String(content["body"])) && "org.mindminder.task" in content);
      return root !== undefined && task !== undefined && relationOf(task)?.event_id === root.event_id;
    }, PATIENCE)
    .toBe(true);
  expect(root?.content).toMatchObject({ msgtype: "m.notice", "m.mentions": {} });
  expect(task && relationOf(task)).toMatchObject({ rel_type: "m.thread", event_id: root?.event_id });
});

test.runIf(LONG)(
  "three days and a meeting later, by whomever, also while the service is down, and once more after a restore from before",
  async () => {
    const [badger = "", otter = ""] = await meetingWith("task: feed the badger", "decision: the otter stays");
    const first = meeting;
    await meetingWith("task: buy tea");
    const backup = join(mindminder.dir, "backup");
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [PROGRAM, ...args, "--config", join(mindminder.dir, "config.yaml")], {
        encoding: "utf8",
      });
    await threeDaysLater();
    expect(run("backup", backup).status).toBe(0);

    await redact(bob, badger);
    await expect.poll(() => botSays("badger"), PATIENCE).toEqual([]);
    await threeDaysLater(() => redact(ann, otter));
    await expect.poll(() => botSays("otter"), PATIENCE).toEqual([]);
    meeting = first;
    expect(await record()).not.toMatch(/badger|otter/);

    await mindminder.stopService();
    for (const name of readdirSync(mindminder.dir))
      if (name.startsWith("mindminder.db")) rmSync(join(mindminder.dir, name));
    expect(run("restore", backup).status).toBe(0);
    await mindminder.startService();
    await expect.poll(record, PATIENCE).not.toMatch(/badger|otter/);
    await expect.poll(async () => [...(await botSays("badger")), ...(await botSays("otter"))], PATIENCE).toEqual([]);
  },
);

test("the words of a command that is redacted are in none of the bot's messages nor in the room's state, whatever it was; what it did stays", async () => {
  for (const person of [ann, bob]) await person.joinCircle(room);
  const typed = async (who: MatrixPerson, body: string) => {
    const answered = ann.next(
      room,
      (event) => fromBot(event) && event.type === "m.reaction" && relationOf(event)?.event_id !== undefined,
      body,
    );
    const id = await who.say(room, body);
    await answered;
    return id;
  };
  await ann.command(
    room,
    "!circle scenario import\n```yaml\nid: vote\ntitle: Vote\ncircles: [{ kind: consent, theme: 'Good enough: {topic}?' }]\n```",
  );
  const start = await typed(ann, "!circle start vote the mongoose house");
  const theme = await typed(ann, "!circle theme is the gecko enough?");
  const objection = await typed(bob, "!circle object it frightens the tapir");
  const ended = ann.next(
    room,
    (event) => fromBot(event) && "org.mindminder.meeting_record" in event.content,
    "the minutes",
  );
  await ann.command(room, "!circle end");
  await ended;
  for (const [id, word] of [
    [objection, "tapir"],
    [theme, "gecko"],
    [start, "mongoose"],
  ] as const) {
    let holding: SeenEvent[] = [];
    // Facts redacted together with the word are written anew a moment later.
    await expect
      .poll(async () => {
        holding = (await ann.history(room)).filter(
          (event) => fromBot(event) && JSON.stringify(event.content).includes(word),
        );
        return new Set(holding.map(({ type }) => type));
      }, PATIENCE)
      .toEqual(
        new Set(["m.room.message", "org.mindminder.meeting", ...(word === "tapir" ? [] : ["org.mindminder.course"])]),
      );
    await redact(ann, id);
    await expect.poll(() => standingOf(holding.map((event) => event.event_id)), PATIENCE).toEqual([]);
  }
  await expect
    .poll(async () => JSON.stringify(await ann.state(room, "org.mindminder.meeting")), PATIENCE)
    .toMatch(/"phase":"ended"/);
  expect(JSON.stringify(await ann.state(room, "org.mindminder.meeting"))).not.toMatch(/tapir|gecko|mongoose/);
  const { meeting: after } = await (await WidgetPerson.open(mindminder.url, room, ann)).meeting();
  expect(JSON.stringify(after)).not.toMatch(/tapir|gecko|mongoose/);
  expect(after?.circles.flatMap(({ stances }) => stances)).toMatchObject([
    { who: bob.userId, position: "object", reason: "—" },
  ]);
});

test("a room that says how long it wants things kept is obeyed at once, and what begins afterwards is there", async () => {
  const widget = await WidgetPerson.open(mindminder.url, room, ann);
  const titles = async () => (await widget.ask("pastMeetings")).body.meetings.map(({ title }) => title);
  expect((await titles()).length).toBeGreaterThan(0);
  await ann.setState(room, "m.room.retention", "", { max_lifetime: 1 });
  await expect.poll(titles, PATIENCE).toEqual([]);
  expect((await widget.ask("pastMeeting", { meeting })).status).toBe(404);
  await expect.poll(() => ann.state(room, "org.mindminder.meeting"), PATIENCE).toEqual({});
  await ann.setState(room, "m.room.retention", "", {});
  await meetingWith("task: plant a tree");
  expect(await titles()).toHaveLength(1);
});
