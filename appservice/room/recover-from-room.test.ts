import { pino } from "pino";
import { expect, test } from "vitest";
import { Play } from "../../tests/support/circle/play.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import type { EventId } from "../protocol/identity.ts";
import { eventId, personId } from "../../tests/support/protocol/ids.ts";
import { courseOf } from "../circle/course.ts";
import { turnOf } from "../circle/meeting.ts";
import { slim } from "../circle/slim.ts";
import { snapshotOf } from "../circle/snapshot.ts";
import { Journal } from "../journal/journal.ts";
import { Meetings } from "../journal/meetings.ts";
import { Outbox } from "../journal/outbox.ts";
import type { WaitingPost } from "../journal/post.ts";
import { translateTo } from "../language/translate.ts";
import { COURSE_STATE, MEETING_STATE } from "../protocol/namespace.ts";
import { openDatabase } from "../store/database.ts";
import { recordPosts } from "./record-posts.ts";
import { type RecoveryDeps, recoverFromRoom } from "./recover-from-room.ts";
import { wordingFor } from "./wording.ts";

const [BOT, BOB] = [personId("@bot:hs"), personId("@bob:hs")];

/** A room whose state has a meeting in the turn of Ann, a service without a database, and a homeserver that answers late. */
function lostDatabase() {
  const play = new Play().gather("ann", "bob").start("ann");
  const { state } = play;
  const db = openDatabase(":memory:");
  const now = () => play.at;
  const outbox = new Outbox(db);
  const meetings = new Meetings({
    journal: new Journal(db),
    now,
    languageOf: () => "en",
    onUnreadable: (_, error) => {
      throw error;
    },
  });
  const searches: ((root: EventId | null) => void)[] = [];
  const content = { [MEETING_STATE]: slim(snapshotOf(state, play.at)), [COURSE_STATE]: courseOf(state) };
  const homeserver: RecoveryDeps["homeserver"] = {
    botId: BOT,
    state: async () =>
      Object.entries(content).map(([type, content]) => ({ type, state_key: "", sender: BOT, content })),
    ownMessage: () => {
      const { promise, resolve } = Promise.withResolvers<EventId | null>();
      searches.push(resolve);
      return promise;
    },
  };
  const deps = { homeserver, meetings, outbox, log: pino({ level: "silent" }), now };
  const room = state.roomId;
  const pass = (who: string) => {
    const person = { actor: madeActor(personId(`@${who}:hs`), { door: "widget" }), expectedVersion: null, at: now() };
    meetings.send(room, { type: "pass", ...person });
  };
  return {
    recover: () => recoverFromRoom(room, deps),
    /** Answers the search for the circle's message that began first and waits still. */
    found: () => searches.shift()?.(eventId("$root")),
    searches,
    pass,
    speaker: () => turnOf(meetings.of(room)?.meeting ?? null)?.speaker,
    outbox,
    room,
    /** Messages that should stand in the room by what the service knows. */
    wanted: () => {
      const live = meetings.of(room);
      if (!live) throw new Error("no meeting");
      const { meeting, record } = live;
      const wording = wordingFor(meeting, record, translateTo("en"));
      return recordPosts(meeting, record, { made: [], failed: [], pending: false }, wording);
    },
  };
}

test("a meeting that two looks find lost is recovered once, and what people did since the first is not undone by the second", async () => {
  const lost = lostDatabase();
  const looks = [lost.recover(), lost.recover()];
  await expect.poll(() => lost.searches.length).toBeGreaterThan(0);
  lost.found();
  await expect.poll(lost.speaker).not.toBeUndefined();
  lost.pass("ann");
  expect(lost.speaker()).toBe(BOB);
  lost.found();
  expect(await Promise.all(looks)).toContain(true);
  expect(lost.speaker()).toBe(BOB);
});

test("what stands in the room already is not said again, and the circle's message is edited where it stands", async () => {
  const lost = lostDatabase();
  const look = lost.recover();
  await expect.poll(() => lost.searches.length).toBe(1);
  lost.found();
  await look;
  lost.outbox.want(lost.wanted());
  const posts: WaitingPost[] = [];
  for (let post = lost.outbox.next(lost.room); post; post = lost.outbox.next(lost.room)) {
    posts.push(post);
    lost.outbox.sent(post, post.eventId ?? eventId(`$new${posts.length}`), 0);
  }
  expect(posts.map(({ key, eventId }) => [key.kind, eventId])).toEqual([
    ["circle", "$root"],
    ["taken-up", null],
  ]);
});
