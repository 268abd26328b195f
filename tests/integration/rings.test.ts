import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";

let mindminder: Mindminder;
let ann: MatrixPerson;
let bob: MatrixPerson;
let eve: MatrixPerson;

beforeAll(async () => {
  mindminder = await startMindminder({
    dir: await mkdtemp(join(tmpdir(), "mindminder-")),
    config: { speech: { engine: "off" } },
  });
  const person = (name: string, displayName: string) => MatrixPerson.register(mindminder.synapse, name, displayName);
  [ann, bob, eve] = await Promise.all([person("ann", "Ann"), person("bob", "Bob"), person("eve", "Eve")]);
});

afterAll(async () => {
  await Promise.all([ann, bob, eve].map((person) => person?.close()));
  await mindminder?.stop();
});

type Action = string | { readonly set_tweak?: string; readonly value?: unknown };
type Notified = { notifications: { actions: Action[]; event: SeenEvent; room_id: string }[] };

/**
 * The bot's messages that rang for somebody by their homeserver's default rules, oldest first; an exclamation mark
 * where they were meant.
 */
async function rang(who: MatrixPerson, room: string): Promise<string[]> {
  const { notifications } = await who.ask<Notified>("GET", "/notifications?limit=200");
  return notifications
    .filter(
      ({ event, room_id }) => event.sender === mindminder.botId && room_id === room && event.type === "m.room.message",
    )
    .map(
      ({ event, actions }) =>
        `${String(event.content["body"]).split(/\n| · /)[0]}${actions.some(isHighlight) ? "!" : ""}`,
    )
    .reverse();
}

function isHighlight(action: Action): boolean {
  return typeof action === "object" && action.set_tweak === "highlight" && action.value !== false;
}

test("a meeting rings twice: when it begins and when its minutes are there; the word and a task ring for those alone whom they are for", async () => {
  const room = await roomWithBot(mindminder, ann, bob, eve);
  for (const each of [ann, bob, eve]) expect(await each.joinCircle(room)).toBe("✅");
  const began = eve.next(room, (event) => "org.mindminder.circle" in event.content, "the circle");
  expect(await ann.command(room, "!circle start council tea")).toBe("✅");
  const beginning = String((await began).content["body"]).split("\n")[0];
  await expect.poll(() => rang(eve, room)).toEqual([beginning]);

  const called = eve.next(
    room,
    ({ sender, content }) =>
      sender === mindminder.botId && JSON.stringify(content["m.mentions"] ?? {}).includes(bob.userId),
    "the call to Bob",
  );
  expect(await ann.command(room, "!circle pass")).toBe("✅");
  await called;
  await expect.poll(async () => (await rang(bob, room)).at(-1)).toBe(`* ${beginning}!`);
  expect(await rang(eve, room)).toEqual([beginning]);

  await bob.say(room, "task: water the roofs");
  const posted = eve.next(room, (event) => "org.mindminder.task" in event.content, "the task");
  const drawn = eve.next(
    room,
    (event) =>
      String(
        ((event.content["m.new_content"] as { formatted_body?: string } | undefined) ?? event.content)[
          "formatted_body"
        ],
      ).includes("<img "),
    "the picture",
  );
  expect(await ann.command(room, "!circle end")).toBe("✅");
  const [task] = await Promise.all([posted, drawn]);
  await expect.poll(() => rang(eve, room)).toEqual([beginning, "Council: tea"]);

  const changed = eve.next(
    room,
    ({ sender, content }) =>
      sender === mindminder.botId && JSON.stringify(content["m.mentions"] ?? {}).includes(eve.userId),
    "the meeting's message with whose task it is",
  );
  await ann.say(room, "Eve by Friday", {
    "m.relates_to": { "m.in_reply_to": { event_id: task.event_id } },
    "m.mentions": { user_ids: [eve.userId] },
  });
  await changed;
  await expect.poll(() => rang(eve, room)).toEqual([beginning, "Council: tea", "* Council: tea!"]);
  await expect
    .poll(async () => (await rang(bob, room)).filter((each) => each.includes("Council: tea")))
    .toEqual(["Council: tea"]);
});
