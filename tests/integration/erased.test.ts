import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { filesWith } from "../support/erasure/service-files.ts";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

/**
 * Of whoever has their words erased no byte is left: in no file of the service, and in nothing that the bot ever said.
 */
const PROGRAM = resolve(import.meta.dirname, "../../appservice/cli/mindminder.ts");
/** No promise of how soon, but how long the test waits on a busy machine. */
const PATIENCE = { timeout: 180_000, interval: 3_000 };
// Of four all tasks are carried into the next meeting; of seven more than anybody is shown.
const ALL = ["ann", "bob", "cid", "dan", ...(LONG ? ["eve", "fay", "gus"] : [])];
const SCENARIO =
  "!circle scenario import\n```yaml\nid: words\ntitle: Words\nbetweenSeconds: 0\ncircles:\n  - { kind: silent-writing, theme: 'Write of {topic}', circleSeconds: 600 }\n  - { kind: consent, theme: 'Good enough?', turnSeconds: 60 }\n```";

let mindminder: Mindminder;
let people: MatrixPerson[];
let ann: MatrixPerson;
let bob: MatrixPerson;
let room: string;
const folder = mkdtempSync(join(tmpdir(), "mindminder-erased-"));
const everSent = new Set<string>();

const fromBot = (event: SeenEvent) => event.sender === mindminder.botId;
const run = (...args: string[]) =>
  spawnSync(process.execPath, [PROGRAM, ...args, "--config", join(mindminder.dir, "config.yaml")], {
    encoding: "utf8",
  });

beforeAll(async () => {
  mindminder = await startMindminder({ dir: join(folder, "service"), config: { speech: { engine: "off" } } });
  people = await Promise.all(ALL.map((name) => MatrixPerson.register(mindminder.synapse, name)));
  [ann, bob] = people as [MatrixPerson, MatrixPerson];
  room = await roomWithBot(mindminder, ann, ...people.slice(1));
  ann.listen((event) => {
    if (event.room_id === room && fromBot(event)) everSent.add(event.event_id);
  });
  await ann.command(room, SCENARIO);
});
afterAll(async () => {
  await Promise.all((people ?? []).map((person) => person.close()));
  await mindminder?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A word of one person's, in one meeting, given in one way. */
const wordOf = (n: number, way: string, meeting: number) => `${ALL[n] ?? ""}zq${way}${meeting}`;

/** A meeting in which each writes in silence, comments and objects; who begins it names its topic, and sets a theme. */
async function meetingOf(keeper: MatrixPerson, number: number): Promise<void> {
  const [of, widget] = [people.indexOf(keeper), await WidgetPerson.open(mindminder.url, room, keeper)];
  for (const person of people) await person.joinCircle(room);
  await keeper.command(room, `!circle start words ${wordOf(of, "topic", number)}`);
  for (const [n, person] of people.entries()) {
    await person.say(room, `task: ${ALL[(n + 1) % ALL.length] ?? ""} carries ${wordOf(n, "typed", number)}`);
    if (n % 2 === 0) await person.command(room, `!circle write ${wordOf(n, "text", number)}`);
    else await write(person, wordOf(n, "text", number));
  }
  await keeper.command(room, `!circle theme ${wordOf(of, "theme", number)}`);
  await keeper.command(room, "!circle close");
  await expect.poll(async () => (await widget.meeting()).meeting?.circle, PATIENCE).toBe(1);
  for (const [n, person] of people.entries())
    await person.command(room, `!circle object ${wordOf(n, "reason", number)}`);
  const told = ann.next(
    room,
    (event) => fromBot(event) && JSON.stringify(event.content).includes("org.mindminder.graph"),
    "the map",
  );
  await keeper.command(room, "!circle end");
  await told;
}

/** The same in the widget, where there is no message that could be redacted. */
async function write(person: MatrixPerson, text: string): Promise<void> {
  const widget = await WidgetPerson.open(mindminder.url, room, person);
  const { meeting } = await widget.meeting();
  const { status } = await widget.command({
    type: "write",
    text,
    finished: true,
    expectedVersion: meeting?.version ?? null,
  } as Parameters<WidgetPerson["command"]>[0]);
  expect(status).toBe(200);
}

/** The bot's events in which Ann finds a word: in the room's history, and by their names. */
async function botSays(word: string): Promise<string[]> {
  const found = (await ann.history(room)).filter(fromBot);
  const inHistory = holding(found, word);
  if (inHistory.length > 0) return inHistory;
  const names = new Set([...everSent, ...found.map(({ event_id: each }) => each)]);
  const at = `/rooms/${encodeURIComponent(room)}/event/`;
  const named = await Promise.all(
    [...names].map((id) => ann.ask<SeenEvent>("GET", `${at}${encodeURIComponent(id)}`).catch(() => null)),
  );
  return holding(
    named.filter((event) => event !== null),
    word,
  );
}

/** The same, but for what the bot has redacted: Synapse shows a state from its cache for a while. */
async function botHolds(word: string): Promise<string[]> {
  const history = await ann.history(room);
  const redacted = history
    .filter((event) => event.type === "m.room.redaction" && fromBot(event))
    .map((event) => event.content["redacts"] ?? (event as { redacts?: string }).redacts);
  const left = history.filter((event) => fromBot(event) && !redacted.includes(event.event_id));
  return left.map(({ content }) => JSON.stringify(content)).filter((text) => text.includes(word));
}

function holding(events: readonly SeenEvent[], word: string): string[] {
  return events.flatMap((event) => {
    const text = JSON.stringify(event);
    return text.includes(word) ? [text.slice(Math.max(0, text.indexOf(word) - 200)).slice(0, 300)] : [];
  });
}

const inFiles = (word: string, places: readonly string[] = [mindminder.dir]) => filesWith(word, places);

test("one of several is forgotten after their meetings, and no byte of theirs is found anywhere; the others' words stand; by chat, in the widget and by the admin", async () => {
  await meetingOf(ann, 1);
  await meetingOf(bob, 2);
  await meetingOf(ann, 3);
  for (const way of ["typed", "text", "reason"]) {
    expect(inFiles(`bobzq${way}1`), way).not.toEqual([]);
    expect(await botHolds(`bobzq${way}1`), way).not.toEqual([]);
  }
  expect(await botHolds("bobzqtopic2")).not.toEqual([]);
  expect(await botHolds("bobzqtheme2")).not.toEqual([]);

  expect(await ann.command(room, `!circle forget ${bob.userId} yes`)).toMatch(/nobody those of others/);
  expect(await bob.command(room, "!circle forget me")).toMatch(/forget me yes/);
  expect(await botHolds("bobzqtyped1"), "it is asked first").not.toEqual([]);
  await bob.command(room, "!circle forget me yes");
  await expect.poll(() => botHolds("bobzq"), PATIENCE).toEqual([]);
  await expect.poll(() => inFiles("bobzq"), PATIENCE).toEqual([]);
  // A message that goes because of another's words stands anew a moment later.
  for (const meeting of [1, 2, 3])
    for (const way of ["typed", "text", "reason"])
      await expect.poll(() => botHolds(`annzq${way}${meeting}`), { ...PATIENCE, message: way }).not.toEqual([]);

  const widget = await WidgetPerson.open(mindminder.url, room, ann);
  const { meetings } = (await widget.ask("pastMeetings")).body;
  expect(meetings).toHaveLength(3);
  const read = async () =>
    Promise.all(
      meetings.map(async ({ id }) => {
        const { meeting, record } = (await widget.ask("pastMeeting", { meeting: id })).body;
        // A snapshot is of the moment in which it is asked for.
        return JSON.stringify({ meeting: { ...meeting, at: 0 }, record });
      }),
    );
  // Reads until nothing changes any more: minutes that were made of their words are made anew.
  let records: string[] = [];
  await expect
    .poll(async () => {
      const before = records;
      records = await read();
      return before.join() === records.join();
    }, PATIENCE)
    .toBe(true);
  for (const record of records) {
    expect(record).not.toContain("bobzq");
    expect(record).toMatch(/cidzqtyped\d/);
  }
  const [backup, exported] = [join(folder, "backup"), join(folder, "exported")];
  expect(run("backup", backup).status).toBe(0);
  for (const { id } of meetings) expect(run("export", id, "--out", `${exported}-${id}`).status).toBe(0);
  expect(inFiles("bobzq", [folder])).toEqual([]);

  await mindminder.synapse.restart();
  await expect.poll(() => botSays("bobzq"), PATIENCE).toEqual([]);

  await mindminder.killService();
  await mindminder.startService();
  expect(await read(), "each meeting is read again as it was").toEqual(records);

  const cid = await WidgetPerson.open(mindminder.url, room, people[2] ?? ann);
  const said = (await cid.ask("eraseMyWords", { sure: false })).body;
  expect(said).toMatchObject({ begun: false, text: expect.stringContaining("erased for good") });
  expect(inFiles("cidzq")).not.toEqual([]);
  expect((await cid.ask("eraseMyWords", { sure: true })).body).toMatchObject({ begun: true });
  const dan = people[3]?.userId ?? "";
  expect(run("erase", "--person", dan).stdout).toContain(`${dan}: erased in 1 rooms.`);
  await expect.poll(() => [...inFiles("cidzq"), ...inFiles("danzq")], PATIENCE).toEqual([]);
  await expect.poll(async () => [...(await botHolds("cidzq")), ...(await botHolds("danzq"))], PATIENCE).toEqual([]);
}, 900_000);

test.runIf(LONG)(
  "a room is erased whole by the admin: nobody's words are left in a file, and no meeting",
  async () => {
    expect(inFiles("evezq")).not.toEqual([]);
    expect(run("erase", "--room", room).stdout).toContain("its record is erased");
    const widget = await WidgetPerson.open(mindminder.url, room, ann);
    expect((await widget.ask("pastMeetings")).body.meetings).toEqual([]);
    await expect.poll(() => ALL.flatMap((name) => inFiles(`${name}zq`)), PATIENCE).toEqual([]);
    for (const name of ALL) await expect.poll(() => botHolds(`${name}zq`), PATIENCE).toEqual([]);
  },
  500_000,
);
