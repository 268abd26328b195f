import { expect, test } from "vitest";
import { council } from "../../tests/support/circle/play.ts";
import { madeActor } from "../../tests/support/protocol/made-actor.ts";
import { openDatabase } from "../store/database.ts";
import { Journal } from "./journal.ts";
import { Meetings } from "./meetings.ts";
import { personId, roomId } from "../../tests/support/protocol/ids.ts";

const ROOM = roomId("!room");
const [ANN, BOB] = [personId("@ann:hs"), personId("@bob:hs")];

/** A meeting that Ann keeps and in which Bob has the word. */
function table() {
  const db = openDatabase(":memory:");
  let now = 1_000;
  const meetings = new Meetings({
    journal: new Journal(db),
    now: () => now,
    languageOf: () => "en",
    onUnreadable: (_, error) => {
      throw error;
    },
  });
  const at = () => ({ at: (now += 5_000), expectedVersion: null });
  for (const id of [BOB, ANN]) meetings.send(ROOM, { type: "join", name: id, actor: madeActor(id), ...at() });
  const plan = council({ circles: [{ theme: "Tea?", accept: "auto" }] });
  meetings.send(ROOM, { type: "start", plan, topic: "", seed: 1, actor: madeActor(BOB), ...at() });
  meetings.send(ROOM, { type: "hand-over", to: ANN, actor: madeActor(BOB), ...at() });
  const rows = () =>
    db.prepare("SELECT json_extract(body, '$.type') AS type, actor FROM events ORDER BY seq").all() as {
      type: string;
      actor: string | null;
    }[];
  return { meetings, at, actorOf: (type: string) => rows().findLast((row) => row.type === type)?.actor ?? null };
}

test("the journal has who passed the word on for somebody, by which door and by whose word", () => {
  const { meetings, at, actorOf } = table();
  const ann = { ...madeActor(ANN, { name: "Ann", door: "chat" as const }), issuer: "link" };
  expect(meetings.send(ROOM, { type: "extend", byMs: 30_000, actor: ann, ...at() }).accepted).toBe(true);
  expect(meetings.send(ROOM, { type: "pass", actor: ann, ...at() }).accepted).toBe(true);
  expect(JSON.parse(actorOf("turn-ended") ?? "null")).toEqual({ id: ANN, issuer: "link", door: "chat" });
  expect(meetings.of(ROOM)?.meeting.ended).toMatchObject([
    { speaker: BOB, reason: "forced", passedBy: ANN, moreTimeBy: [ANN] },
  ]);
  meetings.stop();
});

test("what time brings about is nobody's, and whoever passes their own word on did it for nobody", () => {
  const { meetings, at, actorOf } = table();
  meetings.send(ROOM, { type: "pass", actor: madeActor(BOB, { door: "speech" }), ...at() });
  expect(meetings.of(ROOM)?.meeting.ended).toEqual([expect.not.objectContaining({ passedBy: BOB })]);
  expect(meetings.of(ROOM)?.meeting.ended).toMatchObject([{ reason: "passed", spoken: true }]);
  meetings.send(ROOM, { type: "clock", at: at().at + 3600_000 });
  expect(meetings.of(ROOM)?.meeting.ended).toHaveLength(2);
  expect(actorOf("turn-ended")).toBe(null);
  meetings.stop();
});
