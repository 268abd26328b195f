import { pino } from "pino";
import { expect, test } from "vitest";
import { Play } from "../../tests/support/circle/play.ts";
import { personId, roomId } from "../../tests/support/protocol/ids.ts";
import { slim } from "../circle/slim.ts";
import { snapshotOf } from "../circle/snapshot.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";
import { pointerTo } from "../protocol/meeting-pointer.ts";
import { MEETING_STATE } from "../protocol/namespace.ts";
import { type LostAssemblyDeps, tellLostAssemblies } from "./lost-assembly.ts";

const BOT = personId("@bot:hs");
const play = new Play().gather("ann", "bob").start("ann");
const ring = slim(snapshotOf(play.state, play.at));
const ROOM = ring.roomId;

/** A room whose state has two rings, and a service that knows nothing of them, or as `given`. */
async function lookThrough(
  given: { sender?: ParticipantId; content?: object; knows?: boolean; rooms?: RoomId[] } = {},
) {
  const { sender = BOT, content = ring, knows = false, rooms = [ROOM] } = given;
  const told: string[] = [];
  const written: { readonly key: string; readonly content: unknown }[] = [];
  const deps: LostAssemblyDeps = {
    homeserver: {
      botId: BOT,
      joinedRooms: async () => rooms,
      stateContent: async () => content,
      state: async () => ["", "1", "2"].map((key) => ({ type: MEETING_STATE, state_key: key, sender, content })),
      setState: async (_room, _type, key, is) => void written.push({ key, content: is }),
    },
    assemblies: { of: () => null },
    meetings: { readNow: () => (knows ? { meeting: play.state } : null) as never },
    isOurs: (room) => room === ROOM,
    tell: (_room, meeting) => void told.push(meeting),
    log: pino({ level: "silent" }),
    now: () => play.at,
    signal: new AbortController().signal,
  };
  await tellLostAssemblies(deps);
  return { told, written };
}

test("the room of a lost assembly is told once, and each of its rings is over from then on", async () => {
  const { told, written } = await lookThrough();
  expect(told).toEqual([ring.id]);
  expect(written.map(({ key }) => key)).toEqual(["1", "2"]);
  for (const { content } of written) expect(content).toMatchObject({ id: ring.id, phase: "ended", turn: null });
  const over = MeetingSnapshot.parse(written[0]?.content);
  expect(await lookThrough({ content: over })).toEqual({ told: [], written: [] });
});

test("in an encrypted room the pointer to a ring says so", async () => {
  const { written } = await lookThrough({ content: pointerTo(ring) });
  expect(written[0]?.content).toMatchObject({ id: ring.id, phase: "ended", encrypted: true });
});

test("rings that the journal knows, that somebody else wrote, or of a room that is not ours stay as they are", async () => {
  const nothing = { told: [], written: [] };
  expect(await lookThrough({ knows: true })).toEqual(nothing);
  expect(await lookThrough({ sender: personId("@eve:hs") })).toEqual(nothing);
  expect(await lookThrough({ rooms: [roomId("!elsewhere:hs")] })).toEqual(nothing);
});
