import { parsePostKey } from "../journal/parse-post-key.ts";
import { parseScope } from "../journal/scope.ts";
import { pino } from "pino";
import { afterEach, expect, test } from "vitest";
import { openDatabase } from "../store/database.ts";
import type { Post } from "../journal/post.ts";
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
  const homeserver: MessagesOfHomeserver = {
    send: async (_room, _type, id, content) => {
      sent.push((content as { body: string }).body);
      return eventId(`$${id}`);
    },
    redact: async () => {},
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
  return { room, sent, outbox, poster, post };
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
