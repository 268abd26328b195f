import { expect, test } from "vitest";
import { SEVEN, wordyMeeting } from "../../tests/support/erasure/wordy-meetings.ts";
import { id } from "../../tests/support/circle/play.ts";
import { openedAssemblies } from "../../tests/support/journal/opened-assemblies.ts";
import { meetingId, roomId } from "../../tests/support/protocol/ids.ts";
import { AssemblyJournal } from "../journal/assembly-journal.ts";
import { Journal } from "../journal/journal.ts";
import type { RoomId } from "../protocol/identity.ts";
import { openDatabase } from "../store/database.ts";
import { Erasures } from "../store/erasures.ts";
import { RoomErasures } from "./room-erasures.ts";

const [ROOM, OTHER] = [roomId("!garden:hs"), roomId("!pond:hs")];
const MEETING = meetingId("mwordy00001");

/** A room with a meeting of seven, and another room. */
function service() {
  const db = openDatabase(":memory:");
  const [journal, erasures] = [new Journal(db), new Erasures(db)];
  wordyMeeting(journal, MEETING, ROOM);
  wordyMeeting(journal, meetingId("mwordy00009"), OTHER);
  const forgotten: RoomId[] = [];
  const rooms = new RoomErasures({
    withdrawals: { all: () => [{ what: "room", room: ROOM, at: 10 }] },
    journal,
    meetings: { lastEnd: async () => 9 },
    assemblies: openedAssemblies({ journal, assemblyJournal: new AssemblyJournal(db) }, () => 0).erasing,
    erasures,
    forget: async (room, { begun }) => {
      for (const meeting of journal.recordBefore(room, begun)) journal.forget(meeting, 11);
      forgotten.push(room);
    },
  });
  return { journal, erasures, rooms, forgotten };
}

test("a room is erased by the words of everybody first, and its meetings go when nothing of them stands in it", async () => {
  const { journal, erasures, rooms, forgotten } = service();
  await rooms.look();
  expect(new Set(erasures.pending().map(({ who }) => who))).toEqual(new Set(SEVEN.map((name) => id(name))));
  expect(forgotten).toEqual([]);
  const [last, ...others] = erasures.pending();
  for (const each of others) erasures.done(each, 11);
  await rooms.look();
  expect(forgotten, "one is not done yet").toEqual([]);
  if (last) erasures.done(last, 11);
  journal.append(
    MEETING,
    ROOM,
    journal.lengthOf(MEETING),
    [{ kind: "record", event: { type: "words-erased", at: 11, who: id("bob") } }],
    11,
  );
  await rooms.look();
  expect(forgotten, "its words stand in the room still").toEqual([]);
  journal.written(MEETING);
  await rooms.look();
  await rooms.look();
  expect(forgotten).toEqual([ROOM]);
  expect(journal.begunBefore(OTHER, 10)).toHaveLength(1);
  expect(erasures.pending()).toEqual([]);
});

test("what an older database brings back is erased anew", async () => {
  const { erasures, rooms } = service();
  await rooms.look();
  const first = erasures.pending();
  await rooms.look();
  expect(erasures.pending()).toEqual(first);
  expect(first.map(({ room }) => room)).toEqual(SEVEN.map(() => ROOM));
});
