import { parsePostKey } from "../journal/parse-post-key.ts";
import { parseScope } from "../journal/scope.ts";
import { MatrixError } from "matrix-bot-sdk";
import { pino } from "pino";
import { afterEach, expect, test } from "vitest";
import { openDatabase } from "../store/database.ts";
import { type Post, TAKEN_AWAY } from "../journal/post.ts";
import { Outbox } from "../journal/outbox.ts";
import { StorageGuard } from "../store/storage-guard.ts";
import type { MessagesOfHomeserver } from "./ports.ts";
import { Poster } from "./poster.ts";
import { eventId, roomId } from "../../tests/support/protocol/ids.ts";

const ROOM = roomId("!room");
const of = (scope: string, key: string): Post => ({
  scope: parseScope(scope),
  key: parsePostKey(key),
  room: ROOM,
  thread: null,
  type: "m.room.message",
  content: { body: key },
});

function scene() {
  const db = openDatabase(":memory:");
  const log = pino({ level: "silent" });
  const room = { encrypted: false };
  const sent: string[] = [];
  const refused = new Set<string>();
  const refuse = (what: string) => {
    if (refused.has(what)) throw new MatrixError({ errcode: "M_FORBIDDEN", error: "no power" }, 403);
  };
  const homeserver: MessagesOfHomeserver = {
    send: async (_room, type, id, content) => {
      refuse(type);
      sent.push(type === "m.reaction" ? "✅" : (content as { body: string }).body);
      return eventId(`$${id}`);
    },
    redact: async (_room, id) => {
      refuse("m.room.redaction");
      sent.push(`without ${id}`);
    },
    ownEditsOf: async () => [],
    failsAtThisAlone: async () => false,
  };
  const outbox = new Outbox(db);
  const poster = new Poster({
    outbox,
    homeserver,
    isEncrypted: async () => room.encrypted,
    log,
    now: () => 1,
    guard: new StorageGuard({ db, log }),
  });
  const post = (...posts: Post[]) => {
    for (const each of outbox.want(posts)) poster.wake(each);
  };
  return { room, sent, refused, outbox, poster, post };
}

let poster: Poster | undefined;
afterEach(() => poster?.stop());

test("once a room is encrypted nothing of a meeting is written into it in plain text, and what the bot has to say to the room is", async () => {
  const s = scene();
  poster = s.poster;
  s.post(of("mtest00001", "circle:0"));
  await expect.poll(() => s.sent).toEqual(["circle:0"]);
  s.room.encrypted = true;
  s.post(of("mtest00001", "turn:1"), of(ROOM, "why"), of("mtest00001", "turn:2"));
  await expect.poll(() => s.sent).toEqual(["circle:0", "why"]);
  s.poster.opened(ROOM);
  s.post(of(ROOM, "more"));
  await expect.poll(() => s.sent).toEqual(["circle:0", "why", "more"]);
  expect(s.outbox.waiting()).toBe(0);
});

const sign = (): Post => ({
  ...of("mtest00001", "control:0:✅"),
  thread: parsePostKey("circle:0"),
  type: "m.reaction",
  content: { key: "✅" },
});

test("a reaction for which the bot has no power holds back nothing else, and comes once it has the power", async () => {
  const s = scene();
  poster = s.poster;
  s.refused.add("m.reaction");
  s.post(of("mtest00001", "circle:0"), sign(), of("mtest00001", "turn:1"));
  await expect.poll(() => s.sent).toEqual(["circle:0", "turn:1"]);
  s.post(of("mtest00001", "turn:2"));
  await expect.poll(() => s.sent).toEqual(["circle:0", "turn:1", "turn:2"]);
  s.refused.clear();
  s.poster.opened(ROOM);
  await expect.poll(() => s.sent.at(-1)).toBe("✅");
});

test("a message that may not be taken away holds back nothing else", async () => {
  const s = scene();
  poster = s.poster;
  const circle = of("mtest00001", "circle:0");
  s.post(circle, of("mtest00001", "turn:1"));
  await expect.poll(() => s.sent).toEqual(["circle:0", "turn:1"]);
  s.refused.add("m.room.redaction");
  const [first, second] = ["circle:0", "turn:1"].map((key) => s.outbox.eventOf(circle.scope, parsePostKey(key)));
  if (!first || !second) throw new Error("nothing stands");
  s.outbox.standing.goes({ eventId: second, room: ROOM, scope: circle.scope, key: parsePostKey("turn:1") });
  s.post({ ...circle, content: { body: "", [TAKEN_AWAY]: true } }, of("mtest00001", "turn:2"));
  await expect.poll(() => s.sent).toEqual(["circle:0", "turn:1", "turn:2"]);
  s.refused.clear();
  s.poster.opened(ROOM);
  await expect.poll(() => s.sent.slice(3).sort()).toEqual([`without ${first}`, `without ${second}`].sort());
});

test("a room that takes no message at all keeps all of them back, in their order", async () => {
  const s = scene();
  poster = s.poster;
  s.post(of("mtest00001", "circle:0"));
  await expect.poll(() => s.sent).toEqual(["circle:0"]);
  for (const type of ["m.reaction", "m.room.message"]) s.refused.add(type);
  s.post(sign(), of("mtest00001", "turn:1"), of("mtest00001", "turn:2"));
  await expect.poll(() => s.outbox.waiting()).toBe(0);
  s.refused.clear();
  s.poster.opened(ROOM);
  await expect.poll(() => s.sent).toEqual(["circle:0", "✅", "turn:1", "turn:2"]);
});
