import { MatrixError } from "matrix-bot-sdk";
import { pino } from "pino";
import { expect, test } from "vitest";
import { council, id, Play } from "./support/circle/play.ts";
import { eventId, roomId } from "./support/protocol/ids.ts";
import { courseOf } from "../appservice/circle/course.ts";
import { evolve } from "../appservice/circle/evolve.ts";
import type { Meeting } from "../appservice/circle/meeting.ts";
import { snapshotOf } from "../appservice/circle/snapshot.ts";
import { AtRest, KeysUnreadable } from "../appservice/encryption/at-rest.ts";
import type { RoomId } from "../appservice/protocol/identity.ts";
import { SealedMeetings } from "../appservice/room/sealed-meetings.ts";

const [ROOM, OTHER] = [roomId("!sealed:hs"), roomId("!other:hs")];

function kept(secret: string, notes = new Map<RoomId, unknown>()) {
  const atRest = new AtRest(secret);
  const written: unknown[] = [];
  let refuses = false;
  const sealed = new SealedMeetings({
    homeserver: {
      roomNote: async (room) => notes.get(room) ?? null,
      setRoomNote: async (room, _, note) => {
        written.push(note);
        if (refuses) throw new MatrixError({ errcode: "M_FORBIDDEN", error: "no", retry_after_ms: 0 }, 403);
        notes.set(room, note);
      },
    },
    encryption: {
      works: () => true,
      sealText: (text, place) => Buffer.from(atRest.seal(text, place)).toString("base64"),
      openText: (text, place) => {
        try {
          return atRest.open(Buffer.from(text, "base64"), place);
        } catch (error) {
          if (error instanceof KeysUnreadable) return null;
          throw error;
        }
      },
    },
    log: pino({ level: "silent" }),
  });
  return { sealed, notes, written, refuse: () => (refuses = true) };
}

function running(root: string | null = "$root") {
  const play = new Play().gather("ann", "bob").start("ann");
  return {
    snapshot: snapshotOf(play.state, play.at),
    course: courseOf(play.state),
    root: root === null ? null : eventId(root),
  };
}

test("a meeting is read as it was kept, is written once as long as nothing changes, and is gone when it is over", async () => {
  const { sealed, notes, written } = kept("secret");
  await sealed.keep(ROOM, running(null));
  await sealed.keep(ROOM, running());
  await sealed.keep(ROOM, running());
  expect(written).toHaveLength(2);
  const { sealed: bytes } = notes.get(ROOM) as { sealed: string };
  expect(Buffer.from(bytes, "base64").includes("@ann:hs")).toBe(false);
  expect(JSON.stringify(running())).toContain("@ann:hs");
  expect(await kept("secret", notes).sealed.read(ROOM)).toEqual(running());
  await sealed.drop(ROOM);
  await sealed.drop(ROOM);
  expect([written.length, notes.get(ROOM)]).toEqual([3, {}]);
  expect(await sealed.read(ROOM)).toBeNull();
});

test("nothing of somebody whose words were erased is left in what lies at the homeserver", async () => {
  const { sealed, notes } = kept("secret");
  const { state, at } = new Play().gather("ann", "bob").start("ann", council(), "annzqtopic");
  const keep = (meeting: Meeting) =>
    sealed.keep(ROOM, { snapshot: snapshotOf(meeting, at), course: courseOf(meeting), root: null });
  await keep(state);
  expect(JSON.stringify(await sealed.read(ROOM))).toContain("annzqtopic");
  await keep(evolve(state, { type: "words-erased", at, who: id("ann") }));
  expect(notes.size, "it lies where the one before lay").toBe(1);
  expect(JSON.stringify(await sealed.read(ROOM))).not.toContain("annzqtopic");
});

test("what the homeserver changes, or takes from another room, is not opened, nor by another key file", async () => {
  const { sealed, notes } = kept("secret");
  await sealed.keep(ROOM, running());
  const { sealed: text } = notes.get(ROOM) as { sealed: string };
  expect(await kept("another", notes).sealed.read(ROOM)).toBeNull();
  notes.set(OTHER, { sealed: text });
  expect(await sealed.read(OTHER)).toBeNull();
  const changed = Buffer.from(text, "base64");
  changed[20] = (changed[20] ?? 0) ^ 1;
  for (const note of [{ sealed: changed.toString("base64") }, { sealed: "" }, { sealed: 7 }, "odd", null]) {
    notes.set(ROOM, note);
    expect(await sealed.read(ROOM)).toBeNull();
  }
});

test("a homeserver that keeps no such data does not hold the meeting up, and is not asked again for the same", async () => {
  const { sealed, written, refuse } = kept("secret");
  refuse();
  await sealed.keep(ROOM, running());
  await sealed.keep(ROOM, running());
  expect(written).toHaveLength(1);
});
