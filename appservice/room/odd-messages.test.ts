import { turnOf } from "../circle/meeting.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { ROOM, TestRoom } from "../../tests/support/room/room.ts";
import { stopwatch } from "../../tests/support/stopwatch.ts";

const [ANN, BOB] = ["@ann:hs", "@bob:hs"];
let room: TestRoom;

beforeEach(async () => {
  room = await TestRoom.running();
});

async function kept(content: object): Promise<string[] | undefined> {
  await room.happens("m.room.message", BOB, content);
  return room.meetings.of(ROOM)?.record.comments.map(({ text }) => text);
}

const ODD: readonly unknown[] = [
  null,
  "",
  "m.thread",
  [],
  [null],
  0,
  5,
  true,
  {},
  { event_id: null },
  { rel_type: null },
  { rel_type: 5, event_id: "$x" },
  { rel_type: ["m.replace"], event_id: "$x" },
  { "m.in_reply_to": null },
  { "m.in_reply_to": {} },
  { "m.in_reply_to": { event_id: 7 } },
  { "m.in_reply_to": [] },
  { rel_type: "m.thread", event_id: {}, is_falling_back: "yes", key: 3 },
];

describe("a message of a bridge or an old client is read as far as it can be", () => {
  test.each(ODD.map((value) => [JSON.stringify(value), value]))("whatever its relation is: %s", async (_, relation) => {
    expect(await kept({ msgtype: "m.text", body: "hello", "m.relates_to": relation })).toEqual(["hello"]);
    expect(await room.say(BOB, "!circle status", { "m.relates_to": relation })).toMatch(/Circle/);
  });

  test.each(
    ["m.new_content", "m.mentions", "formatted_body", "format", "filename", "info"].flatMap((key) =>
      ODD.map((value) => [key, JSON.stringify(value), value] as const),
    ),
  )("whatever stands as %s: %s", async (key, _, value) =>
    expect(await kept({ msgtype: "m.text", body: "hello", [key]: value })).toEqual(["hello"]),
  );

  test("mentions that are people's are heard beside others", async () => {
    await room.say(ANN, "!circle word Bob", { "m.mentions": { user_ids: [null, "nobody", BOB], room: "no" } });
    expect(turnOf(room.meetings.of(ROOM)?.meeting)?.speaker).toBe(BOB);
  });

  test.each([
    ["no kind", { body: "hello" }],
    ["a kind that is none", { msgtype: 5, body: "hello" }],
    ["a kind that nobody knows", { msgtype: "nic.custom.confetti", body: "hello" }],
    [
      "words as HTML alone",
      {
        msgtype: "m.text",
        format: "org.matrix.custom.html",
        formatted_body: "<mx-reply>> before</mx-reply><p>hel<b>lo</b></p>",
      },
    ],
    ["no text as its text", { msgtype: "m.text", body: { a: 1 }, formatted_body: "hel&#108;o" }],
  ])("%s", async (_, content) => expect(await kept(content)).toEqual(["hello"]));

  test.each([
    [{}],
    [{ msgtype: "m.text" }],
    [{ msgtype: "m.text", body: [], formatted_body: null }],
    [{ msgtype: "m.text", body: null, formatted_body: 5 }],
  ])("nothing is nothing: %j", async (content) => {
    expect(await kept(content)).toEqual([]);
    expect(await kept({ msgtype: "m.text", body: 2027 })).toEqual(["2027"]);
  });

  test("signs that would turn the text around it stand in no comment, theme or answer", async () => {
    expect(await kept({ msgtype: "m.text", body: "\u202egnitirw \u2067x\u2069" })).toEqual(["gnitirw x"]);
    await room.say(ANN, "!circle end");
    await room.say(ANN, "!circle start council \u202eTopic");
    expect(JSON.stringify([room.meetings.of(ROOM)?.meeting, room.sent])).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });

  test("what a program wrote in it are nobody's words", async () => {
    for (const msgtype of ["m.notice", "m.server_notice", "m.location", "m.key.verification.request"])
      expect(await kept({ msgtype, body: "hello" })).toEqual([]);
  });

  test("tags without end are read in no time", async () => {
    const took = stopwatch();
    await kept({ msgtype: "m.text", formatted_body: "<a".repeat(32_000) });
    await kept({ msgtype: "m.text", formatted_body: "&#1".repeat(21_000) });
    expect(took()).toBeLessThan(1_000);
  });
});

describe("captions", () => {
  const of = (msgtype: string, more: object) => kept({ msgtype, url: "mxc://hs/a", ...more });

  test.each(["m.image", "m.file", "m.video", "m.audio"])("of %s are comments", async (msgtype) => {
    expect(await of(msgtype, { body: "This corner floods", filename: "IMG_1.jpg" })).toEqual(["This corner floods"]);
  });

  test.each([
    { body: "IMG_1.jpg" },
    { body: "IMG_1.jpg", filename: "IMG_1.jpg" },
    { body: " IMG_1.jpg ", filename: "IMG_1.jpg" },
    { body: "Voice message", filename: "Voice message.ogg" },
    { body: "й.png", filename: "й.png".normalize("NFD") },
    { body: "x", filename: "" },
    { body: "x", filename: null },
    { body: "", filename: "a.png" },
  ])("a file's name is none: %j", async (more) => expect(await of("m.image", more)).toEqual([]));

  test("of pictures are edited and taken back as others are", async () => {
    await of("m.image", { body: "This corner floods", filename: "IMG_1.jpg" });
    const id = room.last;
    const image = { msgtype: "m.image", filename: "IMG_1.jpg", url: "mxc://hs/a" };
    expect(
      await kept({
        ...image,
        body: "* The other corner",
        "m.new_content": { ...image, body: "The other corner" },
        "m.relates_to": { rel_type: "m.replace", event_id: id },
      }),
    ).toEqual(["The other corner"]);
    expect(
      await kept({
        ...image,
        body: "* IMG_1.jpg",
        "m.new_content": { ...image, body: "IMG_1.jpg" },
        "m.relates_to": { rel_type: "m.replace", event_id: id },
      }),
    ).toEqual([""]);
  });
});

describe("events that say something odd", () => {
  test("do not keep a banned person in", async () => {
    await room.happens("m.room.member", ANN, { membership: "ban", displayname: 5, avatar_url: {} }, { state_key: BOB });
    expect(room.gone).toContain(BOB);
  });

  test("take back what the newer of two places names", async () => {
    await room.say(BOB, "hello");
    await room.happens("m.room.redaction", BOB, { redacts: room.last }, { redacts: null });
    expect(room.meetings.of(ROOM)?.record.comments.filter(({ removed }) => !removed)).toEqual([]);
  });
});
