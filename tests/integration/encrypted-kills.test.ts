import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { inviteBot } from "../support/stack/room-with-bot.ts";

const KILLS = 20;
/** A person's commands of a minute are 60 at most, those that waited while the bot was away with them. */
const PAUSE_MS = 2_500;
/** Commands that are older than two minutes are not meant any more: after so many kills the bot is let come up. */
const LET_UP_EVERY = 4;

let mindminder: Mindminder;
let people: MatrixPerson[];

beforeAll(async () => {
  mindminder = await startMindminder({
    dir: await mkdtemp(join(tmpdir(), "mindminder-encrypted-kills-")),
    encrypted: true,
    config: { speech: { engine: "off" } },
  });
  people = await Promise.all(["ann", "bob"].map((name) => MatrixPerson.registerWithKeys(mindminder.synapse, name)));
});

afterAll(async () => {
  await Promise.all((people ?? []).map((person) => person.close()));
  await mindminder?.stop();
});

const answeredBy = ({ content }: SeenEvent) =>
  (content["m.relates_to"] as { "m.in_reply_to"?: { event_id: string } } | undefined)?.["m.in_reply_to"]?.event_id;

const isAnswer = (event: SeenEvent) => event.sender === mindminder.botId && answeredBy(event) !== undefined;

test.runIf(LONG)(
  `killed ${KILLS} times, also while it starts, with two people writing: each message is read and answered once`,
  {
    timeout: 120_000 + KILLS * 30_000,
  },
  async () => {
    const [ann, bob] = people as [MatrixPerson, MatrixPerson];
    const room = await ann.createRoom({
      invite: [bob.userId],
      initial_state: [{ type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } }],
    });
    await bob.join(room);
    await inviteBot(mindminder, ann, room);
    const written: string[] = [];
    let over = false;
    const writing = people.map(async (person) => {
      person.keys.rotateAfter = 2;
      while (!over) {
        written.push(await person.say(room, "!circle status"));
        // People write at their own pace, whatever happens to the bot.
        await wait(PAUSE_MS);
      }
    });
    for (let kill = 1; kill <= KILLS; kill++) {
      // At any moment, and down for as long as it happens to be.
      await wait(Math.random() * 2_000);
      await mindminder.killService();
      // People write meanwhile.
      await wait(Math.random() * 1_500);
      if (kill % 4 === 3) {
        const starting = mindminder.startService().catch(() => {});
        // At any moment of the start.
        await wait(300 + Math.random() * 1_500);
        await mindminder.killService();
        await starting;
      }
      const answered = kill % LET_UP_EVERY === 0 ? ann.next(room, isAnswer, "an answer") : null;
      await mindminder.startService();
      await answered;
    }
    over = true;
    await Promise.all(writing);
    const answers = async (reader: MatrixPerson) =>
      (await reader.history(room))
        .filter(({ sender, type }) => sender === mindminder.botId && type === "m.room.message")
        .flatMap((event) => answeredBy(event) ?? [])
        .sort();
    await expect.poll(() => answers(ann), { timeout: 60_000, interval: 500 }).toEqual([...written].sort());
    expect(await answers(bob)).toEqual([...written].sort());
  },
);
