import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

let mindminder: Mindminder;
let ann: MatrixPerson;

beforeAll(async () => {
  if (!LONG) return;
  mindminder = await startMindminder({
    dir: await mkdtemp(join(tmpdir(), "mindminder-locked-")),
    config: { speech: { engine: "off" } },
  });
  ann = await MatrixPerson.register(mindminder.synapse, "ann", "Ann");
});
afterAll(async () => {
  await ann?.close();
  await mindminder?.stop();
});

test.runIf(LONG)(
  "another program holds the database: a command is refused in words, nothing is half done, and all goes on by itself",
  async () => {
    const room = await roomWithBot(mindminder, ann);
    expect(await ann.joinCircle(room)).toBe("✅");
    expect(await ann.command(room, "!circle start council tea")).toBe("✅");
    const widget = await WidgetPerson.open(mindminder.url, room, ann);
    const before = (await widget.meeting()).meeting;

    const other = new Database(join(mindminder.dir, "mindminder.db"));
    other.exec("BEGIN IMMEDIATE");
    const refused = await widget.steer("pause");
    expect([refused.status, refused.body.errcode]).toEqual([409, "ORG.MINDMINDER.NOT_KEPT"]);
    expect((await widget.meeting()).meeting).toMatchObject({ paused: false, version: before?.version });
    // Said in the chat while nothing can be written down: the homeserver keeps it until it can.
    const said = await ann.say(room, "!circle status");
    const answered = ann.next(
      room,
      ({ sender, content }) => sender === mindminder.botId && JSON.stringify(content).includes(said),
      "an answer",
    );
    other.exec("ROLLBACK");
    other.close();
    await answered;
    await expect.poll(async () => (await fetch(`${mindminder.url}/ready`)).status).toBe(200);
    expect((await widget.steer("pause")).status).toBe(200);
  },
);
