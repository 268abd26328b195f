import { expect, test } from "vitest";
import type { Post } from "../journal/post.ts";
import { ofMeeting } from "../journal/scope.ts";
import type { Line } from "../language/line.ts";
import { notice } from "../room/messages/message.ts";
import { meetingId, roomId } from "../../tests/support/protocol/ids.ts";
import { keysInChat, telegramMessages } from "./telegram-messages.ts";

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
