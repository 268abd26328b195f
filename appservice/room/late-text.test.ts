import { expect, test } from "vitest";
import { Play } from "../circle/play.ts";
import { Record } from "../journal/record.ts";
import { translateTo } from "../language/translate.ts";
import { recordPosts, wordingFor } from "./record-posts.ts";

test("the room is told once that text comes later, and the same message says that it has come", () => {
  const meeting = new Play().gather("ann", "bob").start("ann").by("ann", "pass").state;
  const record = new Record();
  const late = (language: "en" | "ru") => {
    const posts = recordPosts(meeting, record, { made: [], failed: [], pending: true }, wordingFor(meeting, record, translateTo(language)));
    return posts.filter(({ key }) => key === "late").map(({ content, thread }) => [(content as { body: string }).body, thread]);
  };
  expect(late("en")).toEqual([]);
  record.add({ type: "turn-waits", turn: 1 });
  expect(late("en")).toEqual([[expect.stringMatching(/is not responding.*will appear here/), null]]);
  record.add({ type: "turn-heard", turn: 1, complete: true });
  expect(late("en")).toEqual([[expect.stringMatching(/now written down/), null]]);
  expect(late("ru")).toEqual([[expect.stringMatching(/Всё сказанное записано/), null]]);
});
