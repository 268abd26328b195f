// @vitest-environment jsdom
import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { TimelineEvent } from "./homeserver.ts";
import { SafeHtml } from "./safe-html.tsx";
import { timelineOf } from "./timeline.ts";

afterEach(cleanup);

const message = (id: string, body: string, more: Record<string, unknown> = {}, sender = "@bot:x"): TimelineEvent => ({
  event_id: id,
  type: "m.room.message",
  sender,
  origin_server_ts: Number(id.slice(1)),
  content: { msgtype: "m.notice", body, ...more },
});
const edit = (id: string, of: string, body: string, sender?: string) =>
  message(
    id,
    `* ${body}`,
    { "m.relates_to": { rel_type: "m.replace", event_id: of }, "m.new_content": { body } },
    sender,
  );
const reply = (id: string, root: string, body: string) =>
  message(id, body, { "m.relates_to": { rel_type: "m.thread", event_id: root } });

test("a root shows its latest edit, and its thread under it", () => {
  const timeline = timelineOf([
    message("$1", "Circle 1"),
    reply("$2", "$1", "Ann: hello"),
    edit("$3", "$1", "Circle 1, done"),
    edit("$4", "$2", "Ann: hello!"),
    message("$5", "Circle 2"),
  ]);
  expect(timeline).toMatchObject([
    { body: "Circle 1, done", edited: true, thread: [{ body: "Ann: hello!" }] },
    { body: "Circle 2", thread: [] },
  ]);
});

test("nobody edits what somebody else has said", () => {
  expect(timelineOf([message("$1", "true"), edit("$2", "$1", "false", "@eve:x")])).toMatchObject([
    { body: "true", edited: false },
  ]);
});

test("what was taken back is gone", () => {
  const redaction: TimelineEvent = {
    event_id: "$2",
    type: "m.room.redaction",
    sender: "@bot:x",
    origin_server_ts: 2,
    content: { redacts: "$1" },
  };
  expect(timelineOf([message("$1", "oops"), redaction])).toEqual([]);
});

test("of other people's HTML only text and simple shape is left", () => {
  const { container } = render(
    <SafeHtml
      html={
        '<p onclick="x()">Hi <b style="color:red">all</b><script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:x">link</a></p>'
      }
    />,
  );
  expect(container.innerHTML).toBe("<p>Hi <b>all</b>link</p>");
});
