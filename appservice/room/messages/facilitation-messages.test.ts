import { expect, test } from "vitest";
import { council, Play } from "../../../tests/support/circle/play.ts";
import { slim } from "../../circle/slim.ts";
import { snapshotOf } from "../../circle/snapshot.ts";
import { translateTo } from "../../language/translate.ts";
import { recordPostsAsStored as recordPosts } from "../../../tests/support/room/record-posts-as-stored.ts";
import { wordingFor } from "../wording.ts";
import { EMPTY_RECORD } from "../../record/state.ts";

const posts = (play: Play, record = EMPTY_RECORD) =>
  recordPosts(
    play.state,
    record,
    { made: [], failed: [], pending: false },
    wordingFor(play.state, record, translateTo("en")),
  );
const content = (play: Play, key: string, record = EMPTY_RECORD) =>
  posts(play, record).find((post) => post.key === key)?.content;

const deciding = () =>
  new Play().gather("ann", "bob", "eve").start(
    "ann",
    council({
      betweenSeconds: 0,
      circles: [
        { id: "talk", theme: "A new kettle?" },
        { kind: "consent", theme: "Is it good enough?", repeat: { until: "nobody-objects", from: "talk", atMost: 1 } },
      ],
    }),
  );
const passRound = (play: Play) => {
  for (const name of ["ann", "bob", "eve"]) play.wait(name === "ann" ? 20 : 10).by(name, "pass");
  return play;
};

test("a circle of consent while it runs: who stands where, as text and as data", () => {
  const play = passRound(deciding()).position("ann", "consent").position("bob", "object", "it is too <dear>");
  expect(content(play, "circle:1")).toMatchInlineSnapshot(`
    {
      "body": "Circle 2 of 2: Is it good enough?
    ann has the word.
    Consent: ann
    • bob objects: it is too <dear>
    No answer yet: eve
    Order: ann → bob → eve
    Where do you stand? Write “!circle consent”, or “!circle object” and your reason.
    1:00 each
    ✋ hand · ➡️ pass · ⏭️ speak later · ⏸️ pause (keeper)",
      "format": "org.matrix.custom.html",
      "formatted_body": "<p><strong>Circle 2 of 2: Is it good enough?</strong><br>
    ann has the word.<br>
    Consent: ann</p>
    <ul>
    <li>bob objects: it is too &lt;dear&gt;</li>
    </ul>
    <p><em>No answer yet: eve</em><br>
    Order: ann → bob → eve<br>
    Where do you stand? Write “!circle consent”, or “!circle object” and your reason.<br>
    <em>1:00 each</em><br>
    <em>✋ hand · ➡️ pass · ⏭️ speak later · ⏸️ pause (keeper)</em></p>",
      "m.mentions": {},
      "msgtype": "m.notice",
      "org.mindminder.circle": {
        "index": 1,
        "kind": "consent",
        "meeting": "mtest00001",
        "ring": [
          "@ann:hs",
          "@bob:hs",
          "@eve:hs",
        ],
        "round": 1,
        "stances": [
          {
            "position": "consent",
            "reason": "",
            "who": "@ann:hs",
          },
          {
            "position": "object",
            "reason": "it is too <dear>",
            "who": "@bob:hs",
          },
        ],
        "status": "running",
        "step": 1,
        "theme": "Is it good enough?",
        "verdict": null,
      },
    }
  `);
});

test("and what it came to, also for the meeting; the second time round is counted as such", () => {
  const play = passRound(deciding()).position("bob", "object", "too dear");
  passRound(passRound(play));
  for (const name of ["ann", "bob", "eve"]) play.position(name, "consent");
  passRound(play);
  expect(play.state.phase).toBe("ended");
  expect(
    posts(play)
      .filter(({ thread }) => thread === null)
      .map((post) => post.content["body"]),
  ).toMatchInlineSnapshot(`
    [
      "Circle 1 · A new kettle? · 3 people, 0:40",
      "Circle 2 · Is it good enough? · 3 people, 0:40
    Not decided: 1 objection.
    • bob objects: too dear",
      "Circle 1, round 2 · A new kettle? · 3 people, 0:40",
      "Circle 2, round 2 · Is it good enough? · 3 people, 0:40
    Decided by consent: no objections.
    Consent: ann, bob, eve",
      "Council · 1 Jan, 00:16–00:19 UTC · ann, bob, eve
    ✓ Decided:
    • Is it good enough? · Decided by consent: no objections. · Consent: ann, bob, eve
    ☐ To do (no tasks)
    ? Open: no questions
    balance 75 % · transcript in the circles’ threads",
    ]
  `);
  expect(content(play, "circle:1")?.["org.mindminder.circle"]).toMatchInlineSnapshot(`
    {
      "index": 1,
      "kind": "consent",
      "meeting": "mtest00001",
      "ring": [
        "@ann:hs",
        "@bob:hs",
        "@eve:hs",
      ],
      "round": 1,
      "stances": [
        {
          "position": "object",
          "reason": "too dear",
          "who": "@bob:hs",
        },
      ],
      "status": "done",
      "step": 1,
      "talkTime": {
        "@ann:hs": 20000,
        "@bob:hs": 10000,
        "@eve:hs": 10000,
      },
      "theme": "Is it good enough?",
      "unevenness": 17,
      "verdict": "objected",
    }
  `);
  expect(content(play, "meeting")?.["org.mindminder.meeting_record"]).toMatchInlineSnapshot(`
    {
      "decisions": [
        {
          "circle": 3,
          "consents": [
            "@ann:hs",
            "@bob:hs",
            "@eve:hs",
          ],
          "objections": [],
          "round": 2,
          "step": 1,
          "verdict": "consented",
        },
      ],
      "endedAt": 1160000,
      "id": "mtest00001",
      "people": [
        {
          "id": "@ann:hs",
          "name": "ann",
          "presence": "call",
          "spokenMs": 80000,
        },
        {
          "id": "@bob:hs",
          "name": "bob",
          "presence": "call",
          "spokenMs": 40000,
        },
        {
          "id": "@eve:hs",
          "name": "eve",
          "presence": "call",
          "spokenMs": 40000,
        },
      ],
      "scenario": "council",
      "startedAt": 1000000,
      "topic": "",
      "unevenness": 17,
    }
  `);
});

test("the longest objections of fifty people still fit into an event", () => {
  const names = Array.from({ length: 50 }, (_, i) => `p${i}`);
  const play = new Play()
    .gather(...names)
    .start("p0", council({ circles: [{ kind: "consent", theme: "Good enough?" }] }));
  for (const name of names) play.position(name, "object", "ж".repeat(500));
  expect(play.stances).toHaveLength(50);
  for (const key of ["circle:0", "meeting"]) {
    if (key === "meeting") play.by("p0", "end");
    expect(Buffer.byteLength(JSON.stringify(content(play, key)))).toBeLessThan(50_000);
  }
});

test("what was written in silence stands in the thread once it is shown", () => {
  const play = new Play()
    .gather("ann", "bob")
    .start("ann", council({ circles: [{ kind: "silent-writing", theme: "Ideas?" }] }))
    .write("ann", "tea\nand cake");
  expect(content(play, "circle:0")?.["body"]).toMatchInlineSnapshot(`
    "Circle 1 of 1: Ideas?
    Everyone writes in silence for 1:00. In the widget, only you see your text until all texts appear; in chat (“!circle write …”) everyone can see it.
    Order: ann → bob
    1:00 each
    ✋ hand · ➡️ pass · ⏭️ speak later · ⏸️ pause (keeper)"
  `);
  expect(content(play, "texts:0")).toBeUndefined();
  play.write("bob", "nothing yet", false).wait(60);
  expect(content(play, "texts:0")).toMatchInlineSnapshot(`
    {
      "body": "What was written
    • ann: tea
    and cake
    • bob (not finished): nothing yet",
      "format": "org.matrix.custom.html",
      "formatted_body": "<p><strong>What was written</strong></p>
    <ul>
    <li><strong>ann</strong>: tea<br>and cake</li>
    <li><strong>bob (not finished)</strong>: nothing yet</li>
    </ul>",
      "m.mentions": {},
      "msgtype": "m.notice",
      "org.mindminder.texts": {
        "circle": 0,
        "texts": [
          {
            "finished": true,
            "text": "tea
    and cake",
            "who": "@ann:hs",
          },
          {
            "finished": false,
            "text": "nothing yet",
            "who": "@bob:hs",
          },
        ],
      },
    }
  `);
});

test("the bot puts the controls on each circle's message, once", () => {
  const controls = posts(passRound(deciding())).filter(({ type }) => type === "m.reaction");
  expect(controls.map(({ thread, content: { key } }) => [thread, key])).toEqual(
    [0, 1].flatMap((circle) => ["✋", "➡️", "⏭️", "⏸️"].map((key) => [`circle:${circle}`, key])),
  );
});

test("nothing that goes into a room holds a fraction: a homeserver would refuse it", () => {
  const play = passRound(deciding()).position("ann", "consent");
  play.wait(7);
  const fractions: number[] = [];
  JSON.stringify(
    [...posts(play).map((post) => post.content), slim(snapshotOf(play.state, play.at))],
    (_, value: unknown) => {
      if (typeof value === "number" && !Number.isInteger(value)) fractions.push(value);
      return value;
    },
  );
  expect(fractions).toEqual([]);
});
