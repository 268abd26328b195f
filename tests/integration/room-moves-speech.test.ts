import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { setUp } from "../../tools/setup/setup.ts";
import { untilHeard } from "../support/call/call-stage.ts";
import { Caller } from "../support/call/caller.ts";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson } from "../support/stack/matrix-person.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { type Shards, startShards } from "../support/stack/shards.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";
import { voicePcm } from "../voices/voices.ts";

const TEXT_WITHIN = { timeout: 60_000 };

let dir: string;
let shards: Shards;
let people: MatrixPerson[] = [];
let callers: Caller[] = [];
beforeAll(async () => {
  if (!LONG) return;
  dir = mkdtempSync(join(tmpdir(), "mindminder-moves-speech-"));
  const { speech } = await setUp({ synapse: true, livekit: true, speech: true });
  shards = await startShards(dir, ["one", "two"], {
    movable: true,
    speech: { sherpa: { modelFolder: speech.whisper }, voiceActivityModel: speech.vad },
  });
  people = await Promise.all(["ann", "bob"].map((name) => MatrixPerson.register(shards.synapse, name)));
});
afterAll(async () => {
  await Promise.all(callers.map((caller) => caller.leave()));
  await Promise.all(people.map((person) => person.close()));
  await shards?.stop();
  if (dir) rmSync(dir, { recursive: true, force: true });
});

test.runIf(LONG)(
  "somebody speaks while their room moves: they are heard on, and what they say before and after is written down",
  async () => {
    const [ann, bob] = people;
    if (!ann || !bob) throw new Error("two people meet");
    const room = await roomWithBot(shards, ann, bob);
    for (const person of people) await person.joinCircle(room);
    const pages = await Promise.all(people.map((person) => WidgetPerson.open(shards.url, room, person)));
    const [page, bobs] = pages;
    if (!page || !bobs) throw new Error("both have the page open");
    callers = await Promise.all(pages.map(async (each) => Caller.join({ ...(await each.call()), tone: 0 })));
    const [anns, listening] = callers;
    if (!anns || !listening) throw new Error("both are in the call");
    await Promise.all(callers.map((caller) => caller.publish({ muted: true })));
    await ann.command(room, "!circle start council tea");
    await expect.poll(async () => (await page.meeting()).meeting?.turn?.status).toBe("speaking");

    const words = async () => JSON.stringify((await bobs.record()).record);
    await anns.say(await voicePcm("tom-1.opus"));
    const to = shards.shardOf(room) === "one" ? "two" : "one";
    const moving = shards.move(room, to);
    await anns.say(await voicePcm("kim-1.opus"));
    expect(await moving).toMatch(new RegExp(`moved from .* to ${to}`));
    const said = anns.say(await voicePcm("sue-1.opus"));
    await untilHeard(listening, anns.identity);
    await said;

    expect((await page.meeting()).meeting?.turn).toMatchObject({ speaker: ann.userId, status: "speaking" });
    await expect.poll(words, TEXT_WITHIN).toMatch(/status reports/i);
    await expect.poll(words, TEXT_WITHIN).toMatch(/agenda/i);
    await ann.command(room, "!circle pass");
    await expect.poll(async () => (await page.meeting()).meeting?.turn?.speaker).toBe(bob.userId);
  },
  240_000,
);
