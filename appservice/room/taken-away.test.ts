import { turnOf } from "../circle/meeting.ts";
import { describe, expect, test } from "vitest";
import { BOT, ROOM, TestRoom } from "../../tests/support/room/room.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

const ANN = personId("@ann:hs");

describe("the circle's message, taken away by a moderator in mid-circle,", () => {
  async function begun(): Promise<TestRoom> {
    const room = await TestRoom.running();
    room.circleStands("$circle");
    return room;
  }
  const passes = async (room: TestRoom) => {
    await room.happens("m.reaction", ANN, {
      "m.relates_to": { rel_type: "m.annotation", event_id: "$circle", key: "➡️" },
    });
    return turnOf(room.meetings.of(ROOM)?.meeting)?.speaker !== ANN;
  };

  test("is not the circle's any more", async () => {
    const room = await begun();
    await room.happens("m.room.redaction", ANN, { redacts: "$circle" });
    expect(await passes(room)).toBe(false);
  });

  test("still is where the bot itself, or nobody, took it away", async () => {
    const room = await begun();
    await room.happens("m.room.redaction", BOT, { redacts: "$circle" });
    await room.happens("m.room.redaction", ANN, { redacts: "$else" });
    expect(await passes(room)).toBe(true);
  });
});

describe("an invitation", () => {
  const invited = (room: TestRoom) => room.happens("m.room.member", ANN, { membership: "invite" }, { state_key: BOT });

  test("into a space is declined in words, to whoever gave it alone", async () => {
    const room = new TestRoom();
    room.state[0] = { ...room.state[0]!, content: { room_version: "12", type: "m.space" } };
    room.state.push({ type: "m.room.name", state_key: "", sender: ANN, content: { name: "Garden" } });
    await invited(room);
    expect(room.direct).toMatchObject([
      [
        "!direct",
        "m.room.message",
        expect.stringContaining("space"),
        { body: "“Garden” is a space. I work in rooms: please invite me to the room in which you meet." },
      ],
    ]);
    await room.happens("m.room.member", BOT, { membership: "join" }, { state_key: BOT });
    expect([room.left, room.sent]).toEqual([[ROOM], []]);
  });

  test("into a room is followed", async () => {
    const room = new TestRoom();
    await invited(room);
    expect([room.left, room.direct]).toEqual([[], []]);
  });
});
