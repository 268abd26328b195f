import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { MatrixPerson } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

const Line = z.looseObject({
  level: z.number(),
  msg: z.string(),
  room: z.string().optional(),
  meeting: z.string().optional(),
});

let mindminder: Mindminder;
let ann: MatrixPerson;
const refusing = createServer((_, response) => void response.writeHead(401).end());

beforeAll(async () => {
  refusing.listen(0, "127.0.0.1");
  await once(refusing, "listening");
  const dir = mkdtempSync(join(tmpdir(), "mindminder-log-"));
  writeFileSync(join(dir, "token"), "roof-garden-7781");
  const apiUrl = `http://127.0.0.1:${(refusing.address() as AddressInfo).port}`;
  mindminder = await startMindminder({
    dir,
    config: {
      speech: { engine: "off" },
      export: { targets: { code: { type: "github", repository: "example/garden", tokenFile: "token", apiUrl } } },
    },
  });
  ann = await MatrixPerson.register(mindminder.synapse, "ann");
});
afterAll(async () => {
  await ann?.close();
  await mindminder?.stop();
  refusing.closeAllConnections();
  refusing.close();
});

/** Warnings and errors in the log about one meeting. */
function troubles(meeting: string): readonly z.infer<typeof Line>[] {
  const lines = readFileSync(mindminder.log, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => Line.parse(JSON.parse(line)));
  return lines.filter((line) => line.meeting === meeting && line.level >= 40);
}

const found = (meeting: string, what: RegExp) =>
  expect
    .poll(() =>
      troubles(meeting)
        .map(({ msg }) => msg)
        .join("\n"),
    )
    .toMatch(what);

async function runningMeeting(): Promise<{ room: string; widget: WidgetPerson; meeting: string }> {
  const room = await roomWithBot(mindminder, ann);
  await ann.command(room, "!circle export use code");
  await ann.joinCircle(room);
  await ann.command(room, "!circle start council tea");
  const widget = await WidgetPerson.open(mindminder.url, room, ann);
  return { room, widget, meeting: (await widget.meeting()).meeting!.id };
}

test("whatever goes wrong in a meeting is found in the log by the meeting's id, with its room, and not by another's", async () => {
  const { room, widget, meeting } = await runningMeeting();
  const other = await runningMeeting();

  // Typed messages are dealt with in their order.
  await ann.say(room, "task: water the roofs");
  await ann.command(room, "!circle extend");

  await mindminder.synapse.kill();
  expect((await widget.steer("pass")).status).toBe(200);
  await found(meeting, /the homeserver did not take a message/);

  await mindminder.livekit.kill();
  for (const each of [meeting, other.meeting])
    await found(each, /the call's watcher is out|the call stands still until LiveKit answers/);

  expect((await widget.steer("end")).status).toBe(200);
  await found(meeting, /a task could not be sent to a task manager/);
  expect(troubles(other.meeting).filter(({ msg }) => msg.includes("task"))).toEqual([]);

  for (const line of troubles(meeting)) expect(line.room).toBe(room);
  for (const line of troubles(other.meeting)) expect(line.room).toBe(other.room);
});
