import { beforeEach, expect, test } from "vitest";
import { BOT, ROOM, TestRoom } from "../../tests/support/room/room.ts";
import { eventId, personId } from "../../tests/support/protocol/ids.ts";
import { Inbox } from "../journal/inbox.ts";
import { openDatabase } from "../store/database.ts";

const ANN = personId("@ann:hs");
let room: TestRoom;

beforeEach(() => {
  room = new TestRoom();
});

const joins = (before?: object) =>
  room.happens(
    "m.room.member",
    BOT,
    { membership: "join", displayname: "Circle" },
    { state_key: BOT, ...(before && { unsigned: { prev_content: before } }) },
  );

const state = (type: string, content: object, before?: object) =>
  room.happens(type, ANN, content, { state_key: "", ...(before && { unsigned: { prev_content: before } }) });

test("a bot that changes its name in a room it was in already does not greet there, whatever its database knows; once it was out it does", async () => {
  expect(await joins({ membership: "join", displayname: "Mindminder" })).toEqual([]);
  await room.happens("m.room.member", ANN, { membership: "leave" }, { state_key: BOT });
  expect(await joins({ membership: "leave" })).toHaveLength(1);
});

test("a change of name that waited for a restart greets nobody either", async () => {
  const before = { membership: "join", displayname: "Mindminder" };
  const db = openDatabase(":memory:");
  const content = { membership: "join", displayname: "Circle" };
  const event = {
    event_id: eventId("$renamed"),
    room_id: ROOM,
    sender: BOT,
    type: "m.room.member",
    state_key: BOT,
    content,
  };
  new Inbox(db).receive([{ ...event, origin_server_ts: room.at, unsigned: { age: 5, prev_content: before } }], room.at);
  const again = new TestRoom({ db });
  await again.start();
  expect(again.sent).toEqual([]);
});

test("a bot that comes into a room greets, where the homeserver does not say what was before, too, and once", async () => {
  expect(await joins()).toHaveLength(1);
  expect(await joins()).toEqual([]);
});

test("a room's encryption that is only set up anew, and its successor named again, are not told again", async () => {
  const [plain, rotated] = [
    { algorithm: "m.megolm.v1.aes-sha2" },
    { algorithm: "m.megolm.v1.aes-sha2", rotation_period_msgs: 50 },
  ];
  room.state.push({ type: "m.room.encryption", state_key: "", sender: ANN, content: plain });
  // The sentence, and the sign to press under it.
  const said = await state("m.room.encryption", plain);
  expect(said.map(({ type }) => type)).toEqual(["m.room.message", "m.reaction"]);
  expect(await state("m.room.encryption", rotated, plain)).toEqual([]);
  const [next, worded] = [{ replacement_room: "!next:hs" }, { replacement_room: "!next:hs", body: "moved" }];
  expect(await state("m.room.tombstone", next)).toHaveLength(1);
  expect(await state("m.room.tombstone", worded, next)).toEqual([]);
  expect(await state("m.room.tombstone", { replacement_room: "!other:hs" }, worded)).toHaveLength(1);
});
