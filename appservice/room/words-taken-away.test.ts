import { parsePostKey } from "../journal/parse-post-key.ts";
import { ofMeeting } from "../journal/scope.ts";
import { pino } from "pino";
import { afterEach, expect, test } from "vitest";
import { openDatabase } from "../store/database.ts";
import type { Post } from "../journal/post.ts";
import { Outbox } from "../journal/outbox.ts";
import { StorageGuard } from "../store/storage-guard.ts";
import { HomeserverAway } from "./homeserver-answer.ts";
import type { MessagesOfHomeserver } from "./ports.ts";
import { Poster } from "./poster.ts";
import type { EventId } from "../protocol/identity.ts";
import { eventId, meetingId, roomId } from "../../tests/support/protocol/ids.ts";

const [ROOM, MEETING] = [roomId("!room"), meetingId("mtest00001")];

type Event = { readonly id: EventId; readonly content: { readonly [key: string]: unknown }; redacted: boolean };
type Relation = { readonly rel_type?: string; readonly event_id?: string };
const relation = ({ content }: Event) => content["m.relates_to"] as Relation | undefined;
const post = (key: string, body: string, ids: readonly string[], thread: string | null = null): Post => ({
  scope: ofMeeting(MEETING),
  key: parsePostKey(key),
  room: ROOM,
  thread: thread === null ? null : parsePostKey(thread),
  type: "m.room.message",
  content: { msgtype: "m.text", body },
  rests: { meeting: MEETING, ids },
});

/** A made-up homeserver that keeps what it is sent, and a bot that may die at any request. */
function scene() {
  const db = openDatabase(":memory:");
  const log = pino({ level: "silent" });
  const events: Event[] = [];
  const known = new Map<string, Event>();
  let [asked, diesAt, answerLost] = [0, Infinity, false];
  const asks = <T>(does: () => T): T => {
    const dead = ++asked >= diesAt;
    if (dead && !answerLost) throw new HomeserverAway("away");
    const answer = does();
    if (dead) throw new HomeserverAway("away");
    return answer;
  };
  const homeserver: MessagesOfHomeserver = {
    async send(_, __, transaction, given) {
      const content = given as Event["content"];
      return asks(() => {
        const event = known.get(transaction) ?? { id: eventId(`$${events.length}`), content, redacted: false };
        if (!known.has(transaction)) events.push(event);
        known.set(transaction, event);
        return event.id;
      });
    },
    async redact(_, id) {
      asks(() => {
        for (const event of events) if (event.id === id) event.redacted = true;
      });
    },
    ownEditsOf: async (_, id) =>
      events
        .filter(
          (event) => !event.redacted && relation(event)?.rel_type === "m.replace" && relation(event)?.event_id === id,
        )
        .map((event) => event.id),
    failsAtThisAlone: async () => false,
  };
  const service = () => {
    const outbox = new Outbox(db);
    return {
      outbox,
      poster: new Poster({
        outbox,
        homeserver,
        isEncrypted: async () => false,
        log,
        now: () => 1,
        guard: new StorageGuard({ db, log }),
      }),
    };
  };
  let { outbox, poster } = service();
  let gone: string[] = [];
  const idle = () => expect.poll(() => [outbox.waiting(), outbox.standing.roomsWithGoing()]).toEqual([0, []]);
  /** `times`: number of takings back that all of it takes account of, where it is not all. */
  const write = (posts: readonly Post[], times: number | null = null) => {
    outbox.standing.learn(MEETING, gone);
    const heeded = times === null ? undefined : new Map([[MEETING, times]]);
    for (const room of outbox.want(posts, heeded)) poster.wake(room);
    const clean = outbox.review(
      MEETING,
      posts.map(({ key }) => key),
      { isAtHand: () => false, isMadeAnew: false },
    );
    poster.wake(ROOM);
    return clean;
  };
  return {
    events,
    write,
    idle,
    stop: () => poster.stop(),
    takeBack: (id: string) => void (gone = [...gone, id]),
    async stands(...posts: Post[]) {
      write(posts);
      await idle();
    },
    /** The bot dies at its next request but so many, before it or before its answer, and is started again. */
    async diesAfter(requests: number, isAnswerLost: boolean, work: () => void) {
      [diesAt, answerLost] = [asked + requests + 1, isAnswerLost];
      work();
      await expect.poll(() => asked).toBeGreaterThanOrEqual(diesAt);
      await poster.stop();
      diesAt = Infinity;
      ({ outbox, poster } = service());
      poster.start();
    },
    holding: (word: string) =>
      events.filter((event) => !event.redacted && JSON.stringify(event.content).includes(word)),
    standing: () => events.filter((event) => !event.redacted),
  };
}

let table: ReturnType<typeof scene>;
afterEach(() => table.stop());

test("a message whose words were taken back goes with all its edits and stands once more without them, wherever the bot dies meanwhile", async () => {
  for (const [requests, answerLost] of [0, 1, 2].flatMap(
    (each) =>
      [
        [each, false],
        [each, true],
      ] as const,
  )) {
    table = scene();
    await table.stands(post("turn:1", "a walrus", ["1.1"]));
    await table.stands(post("turn:1", "a walrus and more", ["1.1"]));
    table.takeBack("1.1");
    await table.diesAfter(requests, answerLost, () => table.write([post("turn:1", "nothing", [])]));
    table.write([post("turn:1", "nothing", [])]);
    await table.idle();
    expect(table.holding("walrus")).toEqual([]);
    expect(table.standing().map(({ content }) => content["body"])).toEqual(["nothing"]);
    await table.stop();
  }
});

test("of a message that held them in an edit alone, the edit goes and the message stays", async () => {
  table = scene();
  await table.stands(post("circle:0", "begun", []));
  await table.stands(post("circle:0", "summed up: a walrus", ["1.1"]));
  table.takeBack("1.1");
  await table.stands(post("circle:0", "summed up", []));
  expect(table.holding("walrus")).toEqual([]);
  expect(table.standing().map((event) => [event.content["body"], relation(event)?.event_id])).toEqual([
    ["begun", undefined],
    ["* summed up", "$0"],
  ]);
});

test("words that an earlier version alone held go too, though the message has others by now", async () => {
  table = scene();
  await table.stands(post("summary", "a walrus", ["1.1"]));
  await table.stands(post("summary", "a heron", ["1.2"]));
  table.takeBack("1.1");
  await table.stands(post("summary", "a heron", ["1.2"]));
  expect(table.holding("walrus")).toEqual([]);
  expect(table.standing().map(({ content }) => content["body"])).toEqual(["a heron"]);
});

test("what is made of changed words stands until it is made anew, and then nothing of it does", async () => {
  table = scene();
  await table.stands(post("task:1", "buy an ocelot", ["$bob"]));
  table.takeBack("$bob");
  expect(table.write([post("task:1", "buy an ocelot", ["$bob"])])).toBe(false);
  expect(table.standing()).toHaveLength(1);
  await table.stands(post("task:1", "buy a lynx", ["$bob"]));
  expect(table.holding("ocelot")).toEqual([]);
  await table.stands(post("task:1", "buy a lynx, done", ["$bob"]));
  expect(table.standing().map(({ content }) => content["body"])).toEqual(["buy a lynx", "* buy a lynx, done"]);
});

test("a version written while what is made of changed words was being made anew goes, too", async () => {
  table = scene();
  await table.stands(post("meeting", "decided: the ocelot stays", ["$bob"]));
  table.takeBack("$bob");
  table.write([post("meeting", "decided: the ocelot stays. Open: where?", ["$bob"])], 0);
  await table.idle();
  expect(table.holding("ocelot")).not.toEqual([]);
  await table.stands(post("meeting", "decided: the lynx stays. Open: where?", ["$bob"]));
  expect(table.holding("ocelot")).toEqual([]);
});

test("what is not to be said any more goes, and nothing comes in its place", async () => {
  table = scene();
  await table.stands(post("circle:0", "begun", []), post("note", "of a walrus", ["*"], "circle:0"));
  table.takeBack("1.1");
  await table.stands(post("circle:0", "begun", []));
  expect(table.standing().map(({ content }) => content["body"])).toEqual(["begun"]);
});

test("with the message that began a thread goes what stands in it, and stands behind it anew; nobody is rung for", async () => {
  table = scene();
  const root = (body: string, ids: readonly string[]): Post => ({
    ...post("meeting", body, ids),
    content: { msgtype: "m.text", body, "m.mentions": { user_ids: ["@bob:hs"] } },
  });
  const mark: Post = { ...post("mark:task:1", "", [], "task:1"), type: "m.reaction", content: { key: "✅" } };
  await table.stands(root("a walrus, and tea", ["1.1"]), post("task:1", "buy tea", ["1.2"], "meeting"), mark);
  table.takeBack("1.1");
  await table.stands(root("tea", []), post("task:1", "buy tea", ["1.2"], "meeting"), mark);
  const [fresh, task, sign] = table
    .standing()
    .filter(
      ({ content }) =>
        relation({ content } as Event)?.rel_type !== "m.annotation" ||
        relation({ content } as Event)?.event_id !== "$1",
    );
  expect(fresh?.content).toMatchObject({ body: "tea", msgtype: "m.notice", "m.mentions": {} });
  expect(task?.content).toMatchObject({
    body: "buy tea",
    "m.relates_to": { rel_type: "m.thread", event_id: fresh?.id },
  });
  expect(sign?.content).toMatchObject({ "m.relates_to": { rel_type: "m.annotation", event_id: task?.id } });
});
