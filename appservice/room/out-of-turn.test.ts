import { expect, test } from "vitest";
import { Play } from "../circle/play.ts";
import { Record } from "../journal/record.ts";
import { translateTo } from "../language/translate.ts";
import { recordPosts, wordingFor } from "./record-posts.ts";

test("the room hears of a microphone that opens out of turn from the third time on, in one message of the circle's thread", () => {
  const meeting = new Play().gather("ann", "bob").start("ann").state;
  const record = new Record();
  const told = (language: "en" | "ru") => {
    const posts = recordPosts(meeting, record, { made: [], failed: [], pending: true }, wordingFor(meeting, record, translateTo(language)));
    return posts.filter(({ key }) => key.startsWith("out-of-turn")).map(({ key, thread, content }) => ({ key, thread, text: (content as { body: string }).body }));
  };
  const who = meeting.people[1]?.id ?? "";
  const again = () => record.add({ type: "spoke-out-of-turn", at: 1, who, what: "unmuted-out-of-turn", circle: 0 });
  again();
  again();
  expect(told("en")).toEqual([]);
  again();
  expect(told("en")).toEqual([{ key: `out-of-turn:${who}`, thread: "circle:0", text: expect.stringMatching(/opened out of turn 3 times/) }]);
  again();
  again();
  expect(told("en").map(({ text }) => text)).toEqual([expect.stringMatching(/out of turn 5 times/)]);
  expect(told("ru").map(({ text }) => text)).toEqual([expect.stringMatching(/вне очереди 5 раз и каждый раз был закрыт/)]);
});
