import { turnOf } from "../circle/meeting.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { ROOM, TestRoom } from "../../tests/support/room/room.ts";

const [ANN, BOB] = ["@ann:hs", "@bob:hs"];
let room: TestRoom;

beforeEach(async () => {
  room = await TestRoom.running();
});

const comments = () =>
  room.meetings
    .of(ROOM)
    ?.record.comments.filter(({ removed }) => !removed)
    .map(({ text }) => text);

async function typed(who: string, body: string): Promise<string> {
  await room.say(who, body);
  return room.last;
}

async function edited(who: string, id: string, body: string, sentAt = room.at): Promise<string> {
  const content = {
    msgtype: "m.text",
    body: `* ${body}`,
    "m.new_content": { msgtype: "m.text", body },
    "m.relates_to": { rel_type: "m.replace", event_id: id },
  };
  await room.happens("m.room.message", who, content, { origin_server_ts: sentAt });
  return room.last;
}

const takenBack = (who: string, id: string) => room.happens("m.room.redaction", who, { redacts: id });

describe("an edit that is taken back", () => {
  test("leaves the words that stood before it", async () => {
    const id = await typed(BOB, "The key is under the pot");
    const first = await edited(BOB, id, "The code is 1234");
    const second = await edited(BOB, id, "The code is 5678");
    await takenBack(BOB, second);
    expect(comments()).toEqual(["The code is 1234"]);
    await takenBack(BOB, first);
    expect(comments()).toEqual(["The key is under the pot"]);
  });

  test("changes nothing where another stands above it", async () => {
    const id = await typed(BOB, "one");
    const secret = await edited(BOB, id, "secret");
    await edited(BOB, id, "three");
    await takenBack(ANN, secret);
    expect(comments()).toEqual(["three"]);
  });

  test("is no way back to a message that is gone", async () => {
    const id = await typed(BOB, "one");
    const edit = await edited(BOB, id, "two");
    await takenBack(BOB, id);
    await takenBack(BOB, edit);
    await edited(BOB, id, "three");
    expect(comments()).toEqual([]);
  });

  test("brings back what it had emptied", async () => {
    const id = await typed(BOB, "one");
    const edit = await edited(BOB, id, " ");
    expect(comments()).toEqual([]);
    await takenBack(BOB, edit);
    expect(comments()).toEqual(["one"]);
  });
});

test("of several edits the one that was made last counts, whichever came first", async () => {
  const id = await typed(BOB, "one");
  await edited(BOB, id, "three", room.at + 2_000);
  await edited(BOB, id, "two", room.at + 1_000);
  expect(comments()).toEqual(["three"]);
});

describe("an edit that makes a command of a message", () => {
  const speaker = () => turnOf(room.meetings.of(ROOM)?.meeting)?.speaker;

  test("is carried out, answered where the message stands, and leaves no comment", async () => {
    const id = await typed(ANN, "!circel pass");
    expect(comments()).toEqual(["!circel pass"]);
    await edited(ANN, id, "!circle pass");
    expect(speaker()).toBe(BOB);
    expect(comments()).toEqual([]);
    expect(room.sent.at(-1)?.content).toMatchObject({ "m.relates_to": { event_id: id, key: "✅" } });
  });

  test("is carried out where the command had not been understood, and once only", async () => {
    expect(await room.say(ANN, "!circle pas")).toMatch(/pas/);
    const id = room.last;
    await edited(ANN, id, "!circle pass");
    expect(speaker()).toBe(BOB);
    await edited(ANN, id, "!circle next");
    expect(speaker()).toBe(BOB);
  });

  test("is nothing new where the command was carried out", async () => {
    const id = await typed(ANN, "!circle pass");
    await edited(ANN, id, "!circle next");
    expect(speaker()).toBe(BOB);
    expect(comments()).toEqual([]);
  });

  test("is none after ten minutes, nor by somebody else", async () => {
    const id = await typed(ANN, "!circel pass");
    room.at += 11 * 60_000;
    await edited(ANN, id, "!circle pass");
    expect(speaker()).toBe(ANN);
    const late = await typed(ANN, "!circel pass");
    await edited(BOB, late, "!circle next");
    expect(speaker()).toBe(ANN);
  });

  test("is carried out before the meeting, too, and keeps what the message answered", async () => {
    await room.say(ANN, "!circle end");
    room.events.set("$earlier", {
      sender: ANN,
      origin_server_ts: room.at - 5_000,
      content: {
        msgtype: "m.text",
        body: "!circel status",
        "m.relates_to": { rel_type: "m.thread", event_id: "$root" },
      },
    });
    await edited(ANN, "$earlier", "!circle status");
    expect(room.sent.at(-1)?.content).toMatchObject({
      "m.relates_to": { event_id: "$root", "m.in_reply_to": { event_id: "$earlier" } },
    });
  });
});

test("an edit that makes a remark of a command makes it a comment, until it is taken back", async () => {
  const id = await typed(BOB, "!circle lovely weather");
  const edit = await edited(BOB, id, "Lovely weather");
  expect(comments()).toEqual(["Lovely weather"]);
  await takenBack(BOB, edit);
  expect(comments()).toEqual([]);
});

test("an edit that names no new words, or no message, is heard as a message", async () => {
  await room.say(BOB, "* from the bridge", {
    "m.relates_to": { rel_type: "m.replace", event_id: "$gone" },
    "m.new_content": null,
  });
  await room.say(BOB, "and another", { "m.relates_to": { rel_type: "m.replace", event_id: 5 } });
  expect(comments()).toEqual(["from the bridge", "and another"]);
});
