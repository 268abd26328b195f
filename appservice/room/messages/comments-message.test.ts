import { expect, test } from "vitest";
import { council, Play } from "../../../tests/support/circle/play.ts";
import { translateTo } from "../../language/translate.ts";
import { recordPostsAsStored as recordPosts } from "../../../tests/support/room/record-posts-as-stored.ts";
import { wordingFor } from "../wording.ts";
import { Recording } from "../../../tests/support/record/recording.ts";
import { personId } from "../../../tests/support/protocol/ids.ts";

const posts = (play: Play, record: Recording) =>
  recordPosts(
    play.state,
    record.now,
    { made: [], failed: [], pending: false },
    wordingFor(play.state, record.now, translateTo("en")),
  );
const content = (play: Play, key: string, record: Recording) =>
  posts(play, record).find((post) => post.key === key)?.content;

const talking = () => new Play().gather("ann", "bob").start("ann", council());
const passRound = (play: Play) => play.wait(10).by("ann", "pass").wait(10).by("bob", "pass");

test("comments are one message in the thread, and what was taken back is in it no more", () => {
  const play = talking();
  const record = new Recording();
  const comment = (id: string, text: string) => ({
    id,
    circle: 0,
    turn: 1,
    who: personId("@bob:hs"),
    name: "Bob",
    at: 1_000_500,
    text,
  });
  record.add({ type: "comment-made", comment: comment("$1", "with a whistle") });
  record.add({ type: "comment-made", comment: comment("$2", "x".repeat(2_000)) });
  expect(content(play, "comments:0", record)).toBeUndefined();
  passRound(play);
  expect(content(play, "comments:0", record)?.["body"]).toBe(
    `Comments\n• Bob: with a whistle\n• Bob: ${"x".repeat(2_000)}`,
  );
  record.add({ type: "comment-removed", id: "$2" });
  expect(content(play, "comments:0", record)).toMatchInlineSnapshot(`
    {
      "body": "Comments
    • Bob: with a whistle",
      "format": "org.matrix.custom.html",
      "formatted_body": "<p><strong>Comments</strong></p>
    <ul>
    <li><strong>Bob</strong>: with a whistle</li>
    </ul>",
      "m.mentions": {},
      "msgtype": "m.notice",
      "org.mindminder.comments": {
        "circle": 0,
        "comments": [
          {
            "at": 1000500,
            "circle": 0,
            "id": "$1",
            "name": "Bob",
            "text": "with a whistle",
            "turn": 1,
            "who": "@bob:hs",
          },
        ],
      },
    }
  `);
  record.add({ type: "comment-removed", id: "$1" });
  expect(content(play, "comments:0", record)?.["body"]).toBe("Comments\nThe messages here were deleted.");
});

test("parts never become fewer, so that none is left standing with what was taken back", () => {
  const play = passRound(talking());
  const record = new Recording();
  for (let i = 0; i < 8; i++) {
    record.add({
      type: "comment-made",
      comment: {
        id: `$${i}`,
        circle: 0,
        turn: 1,
        who: personId("@bob:hs"),
        name: "Bob",
        at: 1_000_500,
        text: `${i}`.repeat(2_000),
      },
    });
  }
  const parts = () => posts(play, record).filter(({ key }) => key.startsWith("comments:0"));
  const before = parts().length;
  expect(before).toBe(4);
  for (let i = 0; i < 8; i++) record.add({ type: "comment-removed", id: `$${i}` });
  expect(parts()).toHaveLength(before);
  expect(JSON.stringify(parts())).not.toMatch(/(\d)\1{20}/);
});
