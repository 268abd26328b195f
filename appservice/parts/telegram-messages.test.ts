import { expect, test } from "vitest";
import type { Post } from "../journal/post.ts";
import { ofMeeting } from "../journal/scope.ts";
import type { Line } from "../language/line.ts";
import { translateTo } from "../language/translate.ts";
import { RingNumber } from "../protocol/identity.ts";
import { notice } from "../room/messages/message.ts";
import { meetingId, roomId } from "../../tests/support/protocol/ids.ts";
import { type Announced, announcement, keysInChat, telegramMessages } from "./telegram-messages.ts";

const PICTURE = { picture: { mxc: "mxc://hs/map", alt: "Map: 3 people", width: 800, height: 600 } };

const meetingPost = (...lines: Line[]): Post => ({
  scope: ofMeeting(meetingId("m00000001")),
  key: { kind: "meeting" },
  room: roomId("!room:hs"),
  thread: null,
  type: "m.room.message",
  content: notice(lines),
});

test("the picture of the map answers the meeting's message, with its words as caption", () => {
  const [message, picture] = telegramMessages([meetingPost({ heading: "The garden" }, PICTURE)]);
  expect(message).toMatchObject({ parts: ["<b>The garden</b>"] });
  expect(picture).toMatchObject({ answers: message?.key, parts: ["<i>Map: 3 people</i>"], picture: "mxc://hs/map" });
  expect(keysInChat(message?.key ?? "")).toEqual([message?.key, picture?.key]);
});

test("a map that is there no longer takes its picture along", () => {
  const [, picture] = telegramMessages([meetingPost({ heading: "The garden" })]);
  expect(picture).toMatchObject({ parts: [], picture: null });
});

test("an assembly, and a group of it, are announced as what they are, with the button that opens the assembly until it is over", () => {
  const t = translateTo("en");
  const announced = (phase: "gathering" | "running" | "ended", what: Announced) => {
    const { parts, buttons } = announcement({ phase }, what, { room: "Garden", url: "https://t.me/bot/app", t });
    return [parts.join(), ...buttons.map(({ label }) => label)].join(" | ");
  };
  expect(announced("gathering", "assembly")).toMatch(
    /Many circles at once .*Garden.*only listen.* \| Open the assembly$/,
  );
  expect(announced("running", { group: RingNumber.parse(3) })).toBe("<b>Group 3 talks: Garden</b> | Open the assembly");
  expect(announced("ended", "assembly")).toBe("<b>The assembly is over: Garden</b>");
  expect(announced("gathering", "circle")).toBe("<b>A circle gathers: Garden</b> | Open the circle");
});
