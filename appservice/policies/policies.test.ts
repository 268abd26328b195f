import { pino } from "pino";
import { expect, test } from "vitest";
import { ParticipantId, RoomId } from "../protocol/identity.ts";
import { callLostPauses } from "./call-lost-pauses.ts";
import { leavingEndsSessionAndCall } from "./leaving-ends-session-and-call.ts";
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
    },
    signIns: { signOut: (who) => void done.push(`sign-ins of ${who}`) },
    calls: { remove: async (room, who) => void done.push(`${who} out of ${room}`) },
    unit: { afterCommit: (work) => work() },
  });
  news.emit("left-room", ROOM, ANN);
  expect(done.splice(0)).toEqual([`session of ${ANN} in ${ROOM}`, `${ANN} out of ${ROOM}`]);
  news.emit("signed-out", ANN);
  expect(done).toEqual([`sign-ins of ${ANN}`, `${ANN} out of ${ROOM}`, `${ANN} out of ${OTHER}`]);
});
