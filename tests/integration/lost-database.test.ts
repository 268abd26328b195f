import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

let mindminder: Mindminder;
let ann: MatrixPerson;
let bob: MatrixPerson;

const fromBot = (event: SeenEvent) => event.sender === mindminder.botId;
const isNew = ({ type, content }: SeenEvent) => type === "m.room.message" && !("m.new_content" in content);
const circleOf = ({ content }: SeenEvent) => content["org.mindminder.circle"] as { index: number } | undefined;

beforeAll(async () => {
  mindminder = await startMindminder({
    dir: await mkdtemp(join(tmpdir(), "mindminder-lost-")),
    config: { speech: { engine: "off" } },
  });
  const open = (name: string) => MatrixPerson.register(mindminder.synapse, name);
  [ann, bob] = await Promise.all([open("ann"), open("bob")]);
});

afterAll(async () => {
  await Promise.all([ann?.close(), bob?.close()]);
  await mindminder?.stop();
});

const room = () => roomWithBot(mindminder, ann, bob);

async function loseTheDatabase(): Promise<void> {
  await mindminder.killService();
  const files = (await readdir(mindminder.dir)).filter((name) => name.startsWith("mindminder.db"));
  expect(files.length).toBeGreaterThan(0);
  await Promise.all(files.map((name) => rm(join(mindminder.dir, name))));
  await mindminder.startService();
}

/** Gives the bot another name, as an admin may: in each of its rooms it joins anew. */
async function renameBot(name: string): Promise<void> {
  const registration = parse(await readFile(join(mindminder.dir, "registration.yaml"), "utf8")) as { as_token: string };
  const profile = `/_matrix/client/v3/profile/${encodeURIComponent(mindminder.botId)}/displayname`;
  const answer = await fetch(`${mindminder.synapse.url}${profile}?user_id=${encodeURIComponent(mindminder.botId)}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${registration.as_token}` },
    body: JSON.stringify({ displayname: name }),
  });
  expect(answer.status).toBe(200);
}

test("the database is lost in mid-turn of the second circle: the meeting goes on from the room's state, nothing stands twice, and people are told", async () => {
  const id = await room();
  await ann.joinCircle(id);
  await bob.joinCircle(id);
  await ann.command(id, "!circle start council чай");
  const first = await WidgetPerson.open(mindminder.url, id, ann);
  const second = ann.next(id, (event) => fromBot(event) && circleOf(event)?.index === 1, "the second circle");
  await first.steer("pass");
  await (await WidgetPerson.open(mindminder.url, id, bob)).steer("pass");
  await first.steer("next-circle");
  await second;
  await first.steer("pass");
  const before = (await first.meeting()).meeting;
  expect(before).toMatchObject({ circle: 1, turn: { speaker: bob.userId } });
  await expect
    .poll(async () => ((await ann.state(id, "org.mindminder.meeting", "")) as { version: number }).version)
    .toBe(before?.version);

  const told = ann.next(
    id,
    (event) => /My notes of this meeting were lost/.test(String(event.content["body"])),
    "the loss being told",
  );
  const from = performance.now();
  await loseTheDatabase();
  await told;
  const renamed = ann.next(
    id,
    ({ type, content }) => type === "m.room.member" && content["displayname"] === "Circle keeper",
    "the bot's new name",
  );
  await renameBot("Circle keeper");
  await renamed;
  const again = await WidgetPerson.open(mindminder.url, id, bob);
  const after = (await again.meeting()).meeting;
  expect(after).toMatchObject({
    id: before?.id,
    keeper: ann.userId,
    ring: before?.ring,
    done: before?.done,
    circle: 1,
    turn: { speaker: bob.userId, id: before?.turn?.id },
  });
  // The time in which nobody was heard is given back, as far as the room's state tells of it, and no more than that.
  const givenBackMs = (after?.turn?.endsAt ?? 0) - (before?.turn?.endsAt ?? 0);
  expect(givenBackMs).toBeGreaterThanOrEqual(0);
  expect(givenBackMs).toBeLessThan(performance.now() - from + 30_000);
  expect(after?.people.map(({ spokenMs }) => spokenMs)).toEqual(before?.people.map(({ spokenMs }) => spokenMs));

  const over = ann.next(
    id,
    (event) => fromBot(event) && "org.mindminder.meeting_record" in event.content,
    "the meeting's root",
  );
  expect((await again.steer("pass")).status).toBe(200);
  await over;
  const statusOfSecond = async () =>
    (await ann.history(id))
      .filter(fromBot)
      .flatMap(
        ({ content }) =>
          (content["m.new_content"] as { "org.mindminder.circle"?: { index: number; status: string } } | undefined)?.[
            "org.mindminder.circle"
          ] ?? [],
      )
      .findLast(({ index }) => index === 1)?.status;
  await expect.poll(statusOfSecond).toBe("done");
  const history = (await ann.history(id)).filter(fromBot);
  expect(history.filter(isNew).flatMap((event) => circleOf(event)?.index ?? [])).toEqual([0, 1]);
  // Two turns of one person may read alike.
  const turnOf = ({ content }: SeenEvent) => (content["org.mindminder.turn"] as { id: number } | undefined)?.id;
  const said = history.filter(isNew).map((event) => turnOf(event) ?? String(event.content["body"]));
  expect(said.filter((one, at) => said.indexOf(one) !== at)).toEqual([]);
  // Reactions taken back again are empty.
  const presses = history
    .filter(({ type, content }) => type === "m.reaction" && "m.relates_to" in content)
    .map(({ content }) => JSON.stringify(content));
  expect(new Set(presses).size).toBe(presses.length);
});

test("what somebody else wrote into the room's state in the bot's place begins no meeting", async () => {
  const id = await room();
  await ann.joinCircle(id);
  await expect.poll(async () => ann.state(id, "org.mindminder.meeting", "")).toMatchObject({ phase: "gathering" });
  const made = (await ann.state(id, "org.mindminder.meeting", "")) as { readonly id: string };
  await ann.ask("PUT", `/rooms/${encodeURIComponent(id)}/state/org.mindminder.meeting/`, {
    ...made,
    id: "mforged0001",
    keeper: ann.userId,
  });
  const other = await room();
  await ann.joinCircle(other);
  await loseTheDatabase();
  // The rooms are looked through in one go: the one that is taken up shows that it was done.
  const seated = await WidgetPerson.open(mindminder.url, other, ann);
  await expect.poll(async () => (await seated.meeting()).meeting?.phase).toBe("gathering");
  const { meeting } = await (await WidgetPerson.open(mindminder.url, id, ann)).meeting();
  // Where the bot had more to write in that moment, its own state stands there again, and its own meeting goes on.
  expect([null, made.id]).toContain(meeting?.id ?? null);
  expect(meeting?.keeper ?? null).toBeNull();
});
