import { describe, expect, test } from "vitest";
import { eventId, meetingId, roomId } from "../../tests/support/protocol/ids.ts";
import { openDatabase } from "../store/database.ts";
import { Outbox } from "./outbox.ts";
import type { Post } from "./post.ts";
import { circleKey } from "./post-key.ts";
import { ofMeeting } from "./scope.ts";

const [ROOM, MEETING, KEY] = [roomId("!room:hs"), meetingId("mfirst00001"), circleKey(0)];
const [ROOT, EDIT] = [eventId("$root"), eventId("$edit")];

function house() {
  const outbox = new Outbox(openDatabase(":memory:"));
  const want = (body: string, ids: readonly string[] = [], type: Post["type"] = "m.room.message") =>
    outbox.want([
      {
        scope: ofMeeting(MEETING),
        key: KEY,
        room: ROOM,
        thread: null,
        type,
        content: { body },
        rests: { meeting: MEETING, ids },
      },
    ]);
  const goes = () => {
    const next = outbox.standing.nextToGo(ROOM);
    if (next) outbox.standing.went(next.eventId);
    return next?.eventId ?? null;
  };
  return { outbox, want, goes, next: () => outbox.next(ROOM)! };
}

describe("a message that is under way", () => {
  test("while its words are taken back goes once it stands, and what is wanted instead stands anew", () => {
    const { outbox, want, goes, next } = house();
    want("a walrus", ["1.1"]);
    const flying = next();
    outbox.standing.learn(MEETING, ["1.1"]);
    want("—");
    expect(goes()).toBeNull();
    outbox.sent(flying, ROOT, 1);
    expect(goes()).toBe(ROOT);
    expect(next()).toMatchObject({ eventId: null, again: true, content: { body: "—" } });
  });

  test("and holds no such words stays, and is edited to what is wanted instead", () => {
    const { outbox, want, goes, next } = house();
    want("a walrus", ["1.2"]);
    const flying = next();
    outbox.standing.learn(MEETING, ["1.1"]);
    want("a heron", ["1.2"]);
    outbox.sent(flying, ROOT, 1);
    expect(goes()).toBeNull();
    expect(next()).toMatchObject({ eventId: ROOT, content: { body: "a heron" } });
  });
});

describe("an edit that is under way", () => {
  /** A message stands, and an edit of it is being sent. */
  function editing(type: Post["type"] = "m.room.message") {
    const all = house();
    all.want("a walrus", [], type);
    all.outbox.sent(all.next(), ROOT, 1);
    all.want("two walruses", [], type);
    return { ...all, flying: all.next() };
  }

  test("while its message is taken away from the room goes as well: it would show what was taken away", () => {
    const { outbox, goes, flying } = editing();
    expect(flying.eventId).toBe(ROOT);
    outbox.lost(ROOT);
    outbox.sent(flying, EDIT, 2);
    expect(goes()).toBe(EDIT);
    expect(goes()).toBeNull();
  });

  test("stays where its message does", () => {
    const { outbox, goes, flying } = editing();
    outbox.sent(flying, EDIT, 2);
    expect(goes()).toBeNull();
    expect(outbox.eventOf(ofMeeting(MEETING), KEY)).toBe(ROOT);
    expect(outbox.waiting()).toBe(0);
  });
});
