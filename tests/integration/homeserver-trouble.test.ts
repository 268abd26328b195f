import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { LONG } from "../support/stack/long.ts";
import { MatrixPerson, type SeenEvent } from "../support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../support/stack/mindminder.ts";
import { startTroubledProxy, type Trouble, type TroubledProxy } from "../support/stack/troubled-proxy.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";

/** Milliseconds for which the homeserver's proxy answers that it cannot. */
const AWAY_MS = LONG ? 45_000 : 3_000;
const RETRY_AFTER_MS = 1_200;

let mindminder: Mindminder;
let proxy: TroubledProxy;
let [ann, bob]: MatrixPerson[] = [];
let room: string;

const BAD_GATEWAY: Trouble = () => ({ status: 502, type: "text/html", body: "<html><h1>502 Bad Gateway</h1></html>" });
const fromBot = (event: SeenEvent) => event.sender === mindminder.botId;
const isSend = (path: string) => /\/send\/|\/state\//.test(path);

beforeAll(async () => {
  mindminder = await startMindminder({
    dir: await mkdtemp(join(tmpdir(), "mindminder-trouble-")),
    config: { speech: { engine: "off" } },
    homeserverBehind: async (url) => (proxy = await startTroubledProxy(url)).url,
  });
  const open = (name: string) => MatrixPerson.register(mindminder.synapse, name);
  [ann, bob] = await Promise.all([open("ann"), open("bob")]);
});

afterAll(async () => {
  await Promise.all([ann?.close(), bob?.close()]);
  await mindminder?.stop();
  await proxy?.stop();
});

beforeEach(async () => {
  proxy.kept.length = 0;
  room = await roomWithBot(mindminder, ann!, bob!);
  await ann!.joinCircle(room);
  await bob!.joinCircle(room);
});

/** Ann and Bob speak once each, and the meeting is over; all of it stands in the room, once, in order. */
async function meetingEndsAndStands(widget: WidgetPerson, over: Promise<SeenEvent>): Promise<void> {
  expect((await widget.steer("end")).status).toBe(200);
  await over;
  const history = (await ann!.history(room)).filter(fromBot);
  const said = history
    .filter(({ type, content }) => type === "m.room.message" && !("m.new_content" in content))
    .map(({ content }) => String(content["body"]));
  expect(new Set(said).size).toBe(said.length);
  const roots = history.flatMap(({ content }) =>
    Object.keys(content).filter((key) => ["org.mindminder.circle", "org.mindminder.meeting_record"].includes(key)),
  );
  expect(roots).toEqual(["org.mindminder.circle", "org.mindminder.meeting_record"]);
  await expect
    .poll(async () => ((await ann!.state(room, "org.mindminder.meeting", "")) as { phase: string }).phase)
    .toBe("ended");
}

const theEnd = () =>
  ann!.next(
    room,
    (event) => fromBot(event) && "org.mindminder.meeting_record" in event.content,
    "the meeting's root",
    AWAY_MS + 60_000,
  );

test("a homeserver that says 429 is waited for as long as it asks, by each of our requests", async () => {
  let left = 4;
  proxy.trouble = (method, path) =>
    method !== "PUT" || !isSend(path) || left-- <= 0
      ? null
      : {
          status: 429,
          type: "application/json",
          body: JSON.stringify({
            errcode: "M_LIMIT_EXCEEDED",
            error: "Too Many Requests",
            retry_after_ms: RETRY_AFTER_MS,
          }),
        };
  expect(await ann!.command(room, "!circle start council tea")).toEqual(expect.any(String));
  const widget = await WidgetPerson.open(mindminder.url, room, ann!);
  await meetingEndsAndStands(widget, theEnd());
  const again = Object.values(Object.groupBy(proxy.kept, ({ path }) => path)).flatMap((tries = []) =>
    tries.slice(1).map(({ at }, i) => at - (tries[i]?.at ?? 0)),
  );
  expect(again.length).toBeGreaterThan(0);
  expect(Math.min(...again)).toBeGreaterThanOrEqual(RETRY_AFTER_MS - 50);
});

test.runIf(LONG)(
  "one message that the homeserver fails at again and again holds up the others for half a minute, and is given up alone",
  async () => {
    let bad: string | null = null;
    proxy.trouble = (method, path) => {
      if (method !== "PUT" || !/\/send\//.test(path) || (bad !== null && path !== bad)) return null;
      bad = path;
      return {
        status: 500,
        type: "application/json",
        body: JSON.stringify({ errcode: "M_UNKNOWN", error: "Internal server error" }),
      };
    };
    await ann!.say(room, "!circle fly");
    const answered = ann!.next(
      room,
      (event) => fromBot(event) && /No meeting|Gathering|joined/i.test(String(event.content["body"])),
      "the next answer",
      120_000,
    );
    await ann!.say(room, "!circle status");
    await answered;
    expect(new Set(proxy.kept.map(({ path }) => path)).size).toBe(1);
    const log = await readFile(mindminder.log, "utf8");
    expect(log).toContain("it alone was given up");
    proxy.trouble = () => null;
  },
);

test.runIf(LONG)(
  "a homeserver that fails at everything for longer than that loses nothing",
  { timeout: 240_000 },
  async () => {
    const failing = Date.now() + 90_000;
    proxy.trouble = (method) =>
      method === "PUT" && Date.now() < failing
        ? {
            status: 500,
            type: "application/json",
            body: JSON.stringify({ errcode: "M_UNKNOWN", error: "Internal server error" }),
          }
        : null;
    const answered = ann!.next(
      room,
      (event) => fromBot(event) && /“fly”/.test(String(event.content["body"])),
      "the answer",
      200_000,
    );
    await ann!.say(room, "!circle fly");
    await answered;
    proxy.trouble = () => null;
  },
);

test("a proxy that answers 502 for a while costs nothing: what was said in the chat meanwhile is done, the meeting went on, all stands in order", {
  timeout: AWAY_MS + 120_000,
}, async () => {
  expect(await ann!.command(room, "!circle start council tea")).toEqual(expect.any(String));
  const widget = await WidgetPerson.open(mindminder.url, room, ann!);
  const over = theEnd();
  proxy.trouble = BAD_GATEWAY;
  expect((await widget.steer("pass")).status).toBe(200);
  const said = await bob!.say(room, "!circle hand");
  const away = Date.now() + AWAY_MS;
  await expect.poll(() => proxy.kept.filter(({ path }) => isSend(path)).length).toBeGreaterThan(1);
  while (Date.now() < away) {
    expect((await widget.meeting()).meeting?.turn?.speaker).toBe(bob!.userId);
    // Looks again and again.
    await wait(250);
  }
  const answered = bob!.next(
    room,
    (event) => fromBot(event) && JSON.stringify(event.content).includes(said),
    "an answer to what was said meanwhile",
  );
  proxy.trouble = () => null;
  await answered;
  await meetingEndsAndStands(widget, over);
});
