import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureLitestream } from "../../tools/setup/litestream.ts";
import { quiet } from "../../tools/setup/progress.ts";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson } from "../support/stack/matrix-person.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { type Shards, startShards } from "../support/stack/shards.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

// Each take-over waits until the shard has been away for some seconds, and then starts a service.
describe.runIf(LONG)("a standby", () => {
  let dir: string;
  let shards: Shards;
  let ann: MatrixPerson;
  let bob: MatrixPerson;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "mindminder-standby-"));
    const { litestream } = await ensureLitestream(quiet);
    shards = await startShards(dir, ["one", "two", "three"], {
      standbyAfterSeconds: 4,
      replicaOf: (name) => (name === "two" ? undefined : { to: join(dir, "copies", name), program: litestream }),
    });
    [ann, bob] = await Promise.all([
      MatrixPerson.register(shards.synapse, "ann"),
      MatrixPerson.register(shards.synapse, "bob"),
    ]);
  }, 600_000);
  afterAll(async () => {
    await Promise.all([ann?.close(), bob?.close()]);
    await shards?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  /** A room of a shard, with a meeting in which Ann has the word. */
  async function meetingOn(shard: string) {
    let room = await roomWithBot(shards, ann, bob);
    while (shards.shardOf(room) !== shard) room = await roomWithBot(shards, ann, bob);
    await ann.joinCircle(room);
    await bob.joinCircle(room);
    await ann.command(room, "!circle start council tea");
    const widget = await WidgetPerson.open(shards.url, room, ann);
    return { room, widget };
  }
  /** Waits until the shard's meeting can be seen again. */
  const meetingOf = async (widget: WidgetPerson) => {
    await expect
      .poll(() => widget.meeting().catch(() => ({ meeting: null })), { timeout: 60_000 })
      .toMatchObject({
        meeting: { id: expect.any(String) },
      });
    return (await widget.meeting()).meeting;
  };
  const tookOver = (place: string) =>
    expect.poll(() => readFileSync(join(dir, `${place}.log`), "utf8"), { timeout: 60_000 });

  test("takes a shard that died over, with all that was said and the sessions that were open", async () => {
    const { room, widget } = await meetingOn("one");
    await ann.say(room, "Words that stand in the record alone");
    await expect
      .poll(async () => JSON.stringify((await widget.record()).record))
      .toContain("stand in the record alone");
    await shards.standby("one");
    await widget.steer("pass");
    const before = (await widget.meeting()).meeting;
    expect(before?.turn?.speaker).toBe(bob.userId);
    await expect
      .poll(async () => ((await ann.state(room, "org.mindminder.meeting")) as { version: number }).version)
      .toBe(before?.version);
    await shards.named.get("one")?.kill();
    await tookOver("one-standby").toContain("with the newest copy of its database");
    expect(await meetingOf(widget)).toMatchObject({ id: before?.id, turn: { speaker: bob.userId } });
    expect(JSON.stringify((await widget.record()).record)).toContain("stand in the record alone");
    expect(await ann.command(room, "!circle status")).toMatch(/has the word/);
  });

  test("takes over from one that was taken for dead; when that wakes up it ends by itself, and stands by if asked to", async () => {
    const { room, widget } = await meetingOn("three");
    await shards.standby("three");
    const sleeper = shards.named.get("three") ?? expect.fail("there is no such shard");
    process.kill(sleeper.pid(), "SIGSTOP");
    await tookOver("three-standby").toContain("with the newest copy of its database");
    await meetingOf(widget);
    process.kill(sleeper.pid(), "SIGCONT");
    await sleeper.ended();
    expect(readFileSync(sleeper.log, "utf8")).toContain("heldBy");
    await shards.standby("three", "three");
    expect(await ann.command(room, "!circle status")).toMatch(/has the word/);
  });

  test("without a copy goes on with what the rooms know", async () => {
    const { room, widget } = await meetingOn("two");
    const before = (await widget.meeting()).meeting;
    await expect
      .poll(async () => ((await ann.state(room, "org.mindminder.meeting")) as { version: number }).version)
      .toBe(before?.version);
    await shards.standby("two");
    const told = ann.next(room, ({ content }) => /notes of this meeting were lost/.test(String(content["body"])), "");
    await shards.named.get("two")?.kill();
    await tookOver("two-standby").toContain("as the rooms have it");
    await told;
    const again = await WidgetPerson.open(shards.url, room, bob);
    expect((await again.meeting()).meeting).toMatchObject({ id: before?.id, turn: { speaker: ann.userId } });
  });
});
