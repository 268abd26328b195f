import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

/** A service that nobody has set up for encrypted rooms. */
let mindminder: Mindminder;
let [ann, bob, cleo]: MatrixPerson[] = [];

beforeAll(async () => {
  mindminder = await startMindminder({
    dir: await mkdtemp(join(tmpdir(), "mindminder-closed-")),
    config: { speech: { engine: "off" } },
  });
  [ann, bob, cleo] = await Promise.all(
    ["ann", "bob", "cleo"].map((name) => MatrixPerson.register(mindminder.synapse, name)),
  );
});

afterAll(async () => {
  await Promise.all([ann?.close(), bob?.close(), cleo?.close()]);
  await mindminder?.stop();
});

const ENCRYPTION = { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } };
const at = (room: string, path: string) => `/rooms/${encodeURIComponent(room)}/${path}`;
const says = (event: SeenEvent, what: RegExp) =>
  event.sender === mindminder.botId && event.type === "m.room.message" && what.test(String(event.content["body"]));
const isSign = ({ sender, type }: SeenEvent) => sender === mindminder.botId && type === "m.reaction";

/** The first person presses the sign under what the bot has said. */
const press = (who: MatrixPerson, room: string, notice: SeenEvent) =>
  who.send(room, "m.reaction", {
    "m.relates_to": { rel_type: "m.annotation", event_id: notice.event_id, key: "🔓" },
  });

/** Waits for the word about where to go, and for the bot to leave; gives the room that it leads to. */
async function opened(keeper: MatrixPerson, room: string, pressed: () => Promise<unknown>): Promise<string> {
  const told = keeper.next(room, (event) => says(event, /room without encryption now/), "a word about the new room");
  const left = keeper.next(
    room,
    ({ type, state_key, content }) =>
      type === "m.room.member" && state_key === mindminder.botId && content["membership"] === "leave",
    "the bot leaving",
  );
  await pressed();
  const link = /matrix\.to\/#\/([^?"]+)/.exec(String((await told).content["formatted_body"]))?.[1] ?? "";
  await left;
  return decodeURIComponent(link);
}

test.for(["10", "12"])(
  "a moderator presses the sign in an encrypted room (version %s): an open one has its name, people, power and widget, and the bot leaves",
  async (version) => {
    const power = {
      events: { "m.room.topic": 75 },
      users: { ...(version === "10" && { [ann!.userId]: 100 }), [bob!.userId]: 75 },
    };
    const room = await ann!.createRoom({
      name: "Garden",
      topic: "Beds and bees",
      room_version: version,
      invite: [bob!.userId, cleo!.userId],
      initial_state: [ENCRYPTION],
      power_level_content_override: power,
    });
    await bob!.join(room);
    const said = ann!.next(room, (event) => says(event, /presses 🔓/), "a word about encryption");
    const signed = ann!.next(room, isSign, "the sign to press");
    await ann!.ask("POST", at(room, "invite"), { user_id: mindminder.botId });
    const notice = await said;
    await signed;

    const open = await opened(bob!, room, () => press(bob!, room, notice));
    await ann!.join(open);
    await bob!.join(open);
    await cleo!.join(open);
    expect(await ann!.state(open, "m.room.name")).toMatchObject({ name: "Garden" });
    expect(await ann!.state(open, "m.room.topic")).toMatchObject({ topic: "Beds and bees" });
    expect(await ann!.state(open, "m.room.encryption")).toBeNull();
    expect(await ann!.state(open, "m.room.join_rules")).toMatchObject({ join_rule: "invite" });
    await expect.poll(() => ann!.state(open, "im.vector.modular.widgets", "org.mindminder")).toBeTruthy();
    expect(await ann!.state(open, "m.room.power_levels")).toMatchObject({ ...power, users: { [bob!.userId]: 75 } });
    // Ann has the power that she had: more than Bob.
    await ann!.ask("POST", at(open, "kick"), { user_id: bob!.userId });
    // Their coming reaches the service a moment later.
    const mayKeep = (who: MatrixPerson) =>
      WidgetPerson.open(mindminder.url, open, who).then(
        ({ session }) => session.me.mayKeep,
        () => "is not known to be here yet",
      );
    await expect.poll(() => mayKeep(ann!)).toBe(true);
    await expect.poll(() => mayKeep(cleo!)).toBe(false);
    expect(await ann!.joinCircle(open)).toBe("✅");
    expect(await ann!.command(open, "!circle start")).toBe("✅");
  },
);

test("where encryption is switched on in mid-meeting the sign works as well; whoever is no moderator presses it in vain", async () => {
  const room = await roomWithBot(mindminder, ann!, cleo!);
  await ann!.command(room, "!circle language ru");
  const said = ann!.next(room, (event) => says(event, /🔓/), "a word about encryption");
  await ann!.setState(room, "m.room.encryption", "", ENCRYPTION.content);
  const notice = await said;
  await press(cleo!, room, notice);
  const told = ann!.next(room, (event) => says(event, /Теперь есть комната/), "a word about the new room");
  await press(ann!, room, notice);
  const link = /matrix\.to\/#\/([^?"]+)/.exec(String((await told).content["formatted_body"]))?.[1] ?? "";
  const open = decodeURIComponent(link);
  const greetings = (await (await ann!.join(open), ann!.history(room))).filter((event) => says(event, /Теперь есть/));
  expect(greetings).toHaveLength(1);
  // The room's language came along.
  expect(await ann!.command(open, "!circle status")).toMatch(/[а-я]/);
});

test("asked once more, after it was invited again, the bot names the room that it has made", async () => {
  const room = await ann!.createRoom({ name: "Attic", initial_state: [ENCRYPTION] });
  const invite = async () => {
    const said = ann!.next(room, (event) => says(event, /presses 🔓/), "a word about encryption");
    await ann!.ask("POST", at(room, "invite"), { user_id: mindminder.botId });
    return said;
  };
  const first = await invite();
  const open = await opened(ann!, room, () => press(ann!, room, first));
  const second = await invite();
  expect(await opened(ann!, room, () => press(ann!, room, second))).toBe(open);
});
