import { pino } from "pino";
import { expect, test } from "vitest";
import { council, Play } from "../../tests/support/circle/play.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import type { EventId } from "../protocol/identity.ts";
import { eventId, meetingId, personId } from "../../tests/support/protocol/ids.ts";
import { courseOf, type MeetingCourse } from "../circle/course.ts";
import { turnOf } from "../circle/meeting.ts";
import { slim } from "../circle/slim.ts";
import { snapshotOf } from "../circle/snapshot.ts";
import { Journal } from "../journal/journal.ts";
import { Meetings } from "../journal/meetings.ts";
import { Outbox } from "../journal/outbox.ts";
import type { Post, WaitingPost } from "../journal/post.ts";
import { translateTo } from "../language/translate.ts";
import { pointerTo } from "../protocol/meeting-pointer.ts";
import type { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";
import { COURSE_STATE, MEETING_STATE } from "../protocol/namespace.ts";
import { openDatabase } from "../store/database.ts";
import { EMPTY_RECORD } from "../record/state.ts";
import { recordPosts } from "./record-posts.ts";
import { type RecoveryDeps, recoverFromRoom } from "./recover-from-room.ts";
import type { SealedMeeting } from "./sealed-meetings.ts";
import { wordingFor } from "./wording.ts";

const [BOT, BOB] = [personId("@bot:hs"), personId("@bob:hs")];

/**
 * A room whose state has a pointer alone. `works`: the key file is the one of before; `sealed`: a copy that it opens.
 */
type Encrypted = {
  readonly works: boolean;
  readonly sealed?: (snapshot: MeetingSnapshot, course: MeetingCourse | null) => SealedMeeting;
};

/**
 * A room whose state has a meeting, in the turn of Ann where none is given, a service without a database, and a
 * homeserver that answers late; or at once, by these messages, the newest first.
 */
function lostDatabase(
  play = new Play().gather("ann", "bob").start("ann"),
  messages?: readonly { readonly id: EventId; readonly content: Post["content"] }[],
  encrypted: Encrypted | null = null,
) {
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
  const snapshot = slim(snapshotOf(state, play.at));
  const content = encrypted
    ? { [MEETING_STATE]: pointerTo(snapshot) }
    : { [MEETING_STATE]: snapshot, [COURSE_STATE]: courseOf(state) };
  const lost: string[] = [];
  const homeserver: RecoveryDeps["homeserver"] = {
    botId: BOT,
    state: async () =>
      Object.entries(content).map(([type, content]) => ({ type, state_key: "", sender: BOT, content })),
    ownMessage: (_, isIt) => {
      if (messages) return Promise.resolve(messages.find(({ content }) => isIt(content))?.id ?? null);
      const { promise, resolve } = Promise.withResolvers<EventId | null>();
      searches.push(resolve);
      return promise;
    },
  };
  const deps: RecoveryDeps = {
    homeserver,
    meetings,
    outbox,
    sealed: { read: async () => encrypted?.sealed?.(snapshot, courseOf(state)) ?? null },
    works: () => encrypted?.works ?? false,
    onLost: async ({ id }) => void lost.push(id),
    log: pino({ level: "silent" }),
    now,
  };
  const room = state.roomId;
  const pass = (who: string) => {
    const person = { actor: madeActor(personId(`@${who}:hs`), { door: "widget" }), expectedVersion: null, at: now() };
    meetings.send(room, { type: "pass", ...person });
  };
  return {
    lost,
    recover: () => recoverFromRoom(room, deps),
    /** Answers the search for the circle's message that began first and waits still. */
    found: () => searches.shift()?.(eventId("$root")),
    searches,
    pass,
    rename: (who: string, name: string) =>
      meetings.send(room, { type: "renamed", who: personId(`@${who}:hs`), name, at: now() }),
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

const posted = (lost: ReturnType<typeof lostDatabase>) => {
  lost.outbox.want(lost.wanted());
  const posts: WaitingPost[] = [];
  for (let post = lost.outbox.next(lost.room); post; post = lost.outbox.next(lost.room)) {
    posts.push(post);
    lost.outbox.sent(post, post.eventId ?? eventId(`$new${posts.length}`), 0);
  }
  return posts;
};

/** A council whose texts, written in silence, are shown. */
const written = () =>
  new Play()
    .gather("ann", "bob")
    .start("ann", council({ circles: [{ theme: "ideas", kind: "silent-writing" }] }))
    .write("ann", "tea")
    .write("bob", "cake");

test("texts written in silence that stand in the room are edited where they stand when a writer has another name", async () => {
  const play = written();
  const wording = wordingFor(play.state, EMPTY_RECORD, translateTo("en"));
  const stood = recordPosts(play.state, EMPTY_RECORD, { made: [], failed: [], pending: false }, wording);
  const contentOf = (kind: string) => stood.find(({ key }) => key.kind === kind)?.content ?? {};
  const [root, texts] = [contentOf("circle"), contentOf("texts")];
  // The texts of a meeting before this one stand further back.
  const messages = [
    { id: eventId("$texts"), content: texts },
    { id: eventId("$root"), content: root },
    { id: eventId("$older"), content: texts },
  ];
  const lost = lostDatabase(play, messages);
  await lost.recover();
  posted(lost);
  lost.rename("bob", "Robert");
  const changed = posted(lost).filter(({ key }) => key.kind === "texts");
  expect(changed.map(({ eventId, content }) => [eventId, String(content["body"]).includes("Robert")])).toEqual([
    ["$texts", true],
  ]);

  const without = lostDatabase(written(), messages.slice(1));
  await without.recover();
  without.rename("bob", "Robert");
  expect(posted(without).filter(({ key, eventId }) => key.kind === "texts" && eventId !== null)).toEqual([]);
});

test("in an encrypted room a meeting is taken up from its sealed copy, and its circle's message is edited where it stands", async () => {
  const root = eventId("$sealed-root");
  const sealed = (snapshot: MeetingSnapshot, course: MeetingCourse | null) => ({ snapshot, course, root });
  const room = lostDatabase(undefined, undefined, { works: true, sealed });
  expect(await room.recover()).toBe(true);
  expect(room.speaker()).not.toBeUndefined();
  expect(posted(room).map(({ key, eventId }) => [key.kind, eventId])).toEqual([
    ["circle", root],
    ["taken-up", null],
  ]);
  // The bot cannot read its own messages of before: it does not search for any.
  expect([room.searches, room.lost]).toEqual([[], []]);
});

test.for([
  { copy: "there is none", sealed: undefined },
  {
    copy: "it is another meeting's",
    sealed: (snapshot: MeetingSnapshot, course: MeetingCourse | null) => ({
      snapshot: { ...snapshot, id: meetingId("manother0001") },
      course,
      root: null,
    }),
  },
])("a meeting of an encrypted room is told to be lost where its copy is of no use: $copy", async ({ sealed }) => {
  const room = lostDatabase(undefined, undefined, { works: true, ...(sealed && { sealed }) });
  expect(await room.recover()).toBe(false);
  expect(room.lost).toHaveLength(1);
});

test("as long as the key file is not the right one, no meeting is told to be lost: an admin may put that back", async () => {
  const room = lostDatabase(undefined, undefined, { works: false });
  expect(await room.recover()).toBe(false);
  expect(room.lost).toEqual([]);
});
