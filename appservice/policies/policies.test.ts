import { pino } from "pino";
import { expect, test } from "vitest";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { ROOM as TEST_ROOM, TestRoom } from "../../tests/support/room/room.ts";
import { Play } from "../../tests/support/circle/play.ts";
import { Recording } from "../../tests/support/record/recording.ts";
import type { Listener } from "../journal/live-meeting.ts";
import { NO_DRAFTS } from "../record/drafts.ts";
import { ParticipantId, RoomId } from "../protocol/identity.ts";
import { callLostPauses } from "./call-lost-pauses.ts";
import { gatheringIsTold } from "./gathering-is-told.ts";
import { leavingEndsSessionAndCall } from "./leaving-ends-session-and-call.ts";
import { encryptionMovesTheCall } from "./encryption-moves-the-call.ts";
import { leavingRenewsTheMediaKey } from "./leaving-renews-the-media-key.ts";
import { News } from "./news.ts";

const ROOM = RoomId.parse("!room:hs");
const OTHER = RoomId.parse("!other:hs");
const ANN = ParticipantId.parse("@ann:hs");

test("a call that is away pauses its meeting, and one that is back lets it go on; a call that ends does neither", async () => {
  const news = new News();
  const sent: unknown[] = [];
  callLostPauses({ news, now: () => 7, meetings: { send: (room, command) => sent.push([room, command]) as never } });
  for (const state of ["connecting", "away", "guarded", "off"] as const) news.emit("call-state", ROOM, state);
  await Promise.resolve();
  expect(sent).toEqual([
    [ROOM, { type: "call-lost", at: 7 }],
    [ROOM, { type: "call-back", at: 7 }],
  ]);
});

test("who leaves a room is out of its call and keeps the sessions elsewhere; who signs out has none left anywhere", () => {
  const news = new News();
  const done: string[] = [];
  leavingEndsSessionAndCall({
    news,
    now: () => 7,
    log: pino({ level: "silent" }),
    sessions: {
      close: (who, room) => void done.push(`session of ${who} in ${room}`),
      closeAll: () => [ROOM, OTHER],
      closeBy: () => [OTHER],
    },
    signIns: { signOut: (who) => void done.push(`sign-ins of ${who}`) },
    links: { closeAll: (who) => void done.push(`links of ${who}`) },
    calls: { remove: async (room, who) => void done.push(`${who} out of ${room}`) },
    unit: { afterCommit: (work) => work() },
  });
  news.emit("left-room", ROOM, ANN);
  expect(done.splice(0)).toEqual([`session of ${ANN} in ${ROOM}`, `${ANN} out of ${ROOM}`]);
  news.emit("signed-out", ANN);
  expect(done).toEqual([`sign-ins of ${ANN}`, `links of ${ANN}`, `${ANN} out of ${ROOM}`, `${ANN} out of ${OTHER}`]);
  done.length = 0;
  news.emit("telegram-parted", ANN);
  expect(done).toEqual([`${ANN} out of ${OTHER}`]);
});

test("an encrypted call gets a new key when somebody leaves it or its room, or the scribe is sent away; all in it are told", () => {
  const news = new News();
  const done: string[] = [];
  let happens: Listener = () => {};
  leavingRenewsTheMediaKey({
    news,
    mediaKeys: {
      renew: (room) => void done.push(`now ${room}`),
      renewSoon: (room) => void done.push(`soon ${room}`),
    },
    meetings: { listen: (listener) => void (happens = listener) },
    calls: { tellAnew: (room) => void done.push(`call ${room}`) },
    listening: { rekeyed: (room) => void done.push(`scribe ${room}`) },
  });
  news.emit("presence", ROOM, ANN, true);
  expect(done).toEqual([]);
  news.emit("presence", ROOM, ANN, false);
  news.emit("left-room", ROOM, ANN);
  const play = new Play().gather("ann").ask("ann", { type: "send-scribe-away" });
  const live = { meeting: play.state, record: new Recording().now, drafts: NO_DRAFTS };
  happens(live, [{ kind: "circle", event: { type: "scribe-sent-away", by: ANN, at: 1 } }]);
  happens(live, [{ kind: "circle", event: { type: "scribe-asked-back", by: ANN, at: 2 } }]);
  expect(done.splice(0)).toEqual([`soon ${ROOM}`, `now ${ROOM}`, `now ${play.state.roomId}`]);
  news.emit("media-key", ROOM);
  expect(done).toEqual([`call ${ROOM}`, `scribe ${ROOM}`]);
});

test("a call whose room is encrypted meanwhile goes on as another", async () => {
  const news = new News();
  const moved: string[] = [];
  encryptionMovesTheCall({
    news,
    calls: { encrypted: async (room) => void moved.push(room) },
    log: pino({ level: "silent" }),
  });
  news.emit("encrypted", ROOM);
  expect(moved).toEqual([ROOM]);
});

test("whoever is in the call hears when an assembly gathers and when it does no more, and of nothing else in it", () => {
  const room = new TestRoom();
  const told: string[] = [];
  gatheringIsTold({ assemblies: room.assemblies, calls: { tellAnew: (at) => void told.push(at) } });
  room.assemblies.open(TEST_ROOM, "en");
  expect(told).toEqual([TEST_ROOM]);
  const actor = madeActor(ANN, { moderates: true });
  room.assemblies.send(TEST_ROOM, { type: "join", actor, name: "Ann", language: null, at: room.at });
  expect(told).toHaveLength(1);
  room.assemblies.send(TEST_ROOM, { type: "end", actor, at: room.at });
  expect(told).toHaveLength(2);
});
