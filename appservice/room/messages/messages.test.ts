import { expect, test } from "vitest";
import { council, Play } from "../../../tests/support/circle/play.ts";
import { translateTo } from "../../language/translate.ts";
import type { MinutesEntry, Utterance } from "../../protocol/meeting-record.ts";
import { entryId } from "../../protocol/minutes-key.ts";
import { recordPostsAsStored as recordPosts } from "../../../tests/support/room/record-posts-as-stored.ts";
import { type MinutesState, wordingFor } from "../wording.ts";
import { widgetContent } from "../widget-setup.ts";
import { announcement, editOf, inThread, notice } from "./message.ts";
import { EMPTY_RECORD } from "../../record/state.ts";
import { Recording } from "../../../tests/support/record/recording.ts";
import { eventId, personId } from "../../../tests/support/protocol/ids.ts";
import type { ParticipantId } from "../../protocol/identity.ts";

const NOTHING: MinutesState = { made: [], failed: [], pending: false };

const utterance = (turn: number, text: string, piece = 1): Utterance => ({
  id: `${turn}.${piece}`,
  turn,
  circle: 0,
  speaker: personId("@ann:hs"),
  startedAt: 1_000_000,
  endedAt: 1_003_000,
  language: "en",
  text,
  segments: [{ kind: "speech", text }],
  engine: { id: "sherpa", model: "whisper-base" },
});

const madeBy = { plugin: "p", version: "1", method: "highlights", model: null, prompt: null, at: 1 } as const;

function meetingWith(...said: Utterance[]): { play: Play; record: Recording } {
  const play = new Play()
    .gather("ann", "bob")
    .start("ann", council({ circles: [{ theme: "Tea?", kind: "statement" }] }));
  const record = new Recording();
  for (const each of said) record.add({ type: "utterance-heard", utterance: each });
  return { play, record };
}

const posts = ({ play, record }: ReturnType<typeof meetingWith>, minutes = NOTHING) =>
  recordPosts(play.state, record.now, minutes, wordingFor(play.state, record.now, translateTo("en")));

test("a circle's root while it runs", () => {
  expect(posts(meetingWith())[0]).toMatchInlineSnapshot(`
    {
      "content": {
        "body": "Circle 1 of 1: Tea?
    ann has the word.
    Order: ann → bob
    1:00 each
    ✋ hand · ➡️ pass · ⏭️ speak later · ⏸️ pause (keeper)",
        "format": "org.matrix.custom.html",
        "formatted_body": "<p><strong>Circle 1 of 1: Tea?</strong><br>
    ann has the word.<br>
    Order: ann → bob<br>
    <em>1:00 each</em><br>
    <em>✋ hand · ➡️ pass · ⏭️ speak later · ⏸️ pause (keeper)</em></p>",
        "m.mentions": {},
        "msgtype": "m.text",
        "org.mindminder.circle": {
          "index": 0,
          "kind": "statement",
          "meeting": "mtest00001",
          "ring": [
            "@ann:hs",
            "@bob:hs",
          ],
          "round": 1,
          "status": "running",
          "step": 0,
          "theme": "Tea?",
        },
      },
      "key": "circle:0",
      "room": "!room",
      "scope": "mtest00001",
      "thread": null,
      "type": "m.room.message",
    }
  `);
});

test("what the meeting is about stands on its first circle's message, unless the question says it", () => {
  const bodyOf = (theme: string) => {
    const play = new Play()
      .gather("ann", "bob")
      .start("ann", council({ circles: [{ theme, kind: "statement" }] }), "green tea");
    return posts({ play, record: new Recording() })[0]?.content["body"];
  };
  expect(bodyOf("How do you see it?")).toMatch(/^Circle 1 of 1: How do you see it\?\nTopic: green tea\n/);
  expect(bodyOf("Why green tea?")).not.toContain("Topic");
});

test("what was said to the facilitator is no part of the text; a task or a decision is read below it", () => {
  const said = utterance(1, "Reports are too long.");
  const task = {
    kind: "command",
    text: "Task: shorten them.",
    command: { type: "task", text: "shorten them", owner: null },
  } as const;
  const pass = { kind: "command", text: "That's all.", command: { type: "pass" } } as const;
  const meeting = meetingWith(
    { ...said, segments: [...said.segments, task] },
    { ...utterance(1, "", 2), segments: [pass] },
  );
  meeting.play.wait(12).by("ann", "pass");
  meeting.record.add({ type: "turn-heard", turn: 1, complete: true });
  expect(posts(meeting).find(({ key }) => key === "turn:1")?.content["body"]).toBe(
    "ann · 0:12\nReports are too long.\n• Task: shorten them.",
  );
});

test("a turn's transcript in the thread, once all of it was heard", () => {
  const meeting = meetingWith(utterance(1, "I like tea."), utterance(1, "Green <b>tea</b>.", 2));
  meeting.play.wait(12).by("ann", "pass");
  expect(posts(meeting).map(({ key }) => key)).not.toContain("turn:1");
  meeting.record.add({ type: "turn-heard", turn: 1, complete: true });
  expect(posts(meeting).find(({ key }) => key === "turn:1")).toMatchInlineSnapshot(`
    {
      "content": {
        "body": "ann · 0:12
    I like tea. Green <b>tea</b>.",
        "format": "org.matrix.custom.html",
        "formatted_body": "<p><strong>ann · 0:12</strong><br>
    I like tea. Green &lt;b&gt;tea&lt;/b&gt;.</p>",
        "m.mentions": {},
        "msgtype": "m.notice",
        "org.mindminder.turn": {
          "circle": 0,
          "endedAt": 1012000,
          "hand": null,
          "id": 1,
          "reason": "passed",
          "speaker": "@ann:hs",
          "spentMs": 12000,
          "startedAt": 1000000,
        },
        "org.mindminder.utterances": [
          {
            "circle": 0,
            "endedAt": 1003000,
            "engine": {
              "id": "sherpa",
              "model": "whisper-base",
            },
            "id": "1.1",
            "language": "en",
            "segments": [
              {
                "kind": "speech",
                "text": "I like tea.",
              },
            ],
            "speaker": "@ann:hs",
            "startedAt": 1000000,
            "turn": 1,
          },
          {
            "circle": 0,
            "endedAt": 1003000,
            "engine": {
              "id": "sherpa",
              "model": "whisper-base",
            },
            "id": "1.2",
            "language": "en",
            "segments": [
              {
                "kind": "speech",
                "text": "Green <b>tea</b>.",
              },
            ],
            "speaker": "@ann:hs",
            "startedAt": 1000000,
            "turn": 1,
          },
        ],
      },
      "key": "turn:1",
      "rests": {
        "ids": [
          "1.1",
          "1.2",
        ],
        "meeting": "mtest00001",
      },
      "room": "!room",
      "scope": "mtest00001",
      "thread": "circle:0",
      "type": "m.room.message",
    }
  `);
});

test("a circle that is over is one line: who spoke for how long; excerpts of it stand in the thread already", () => {
  const meeting = meetingWith(utterance(1, "I like tea."));
  meeting.play.wait(12).by("ann", "pass").by("bob", "pass");
  const summary: MinutesEntry = {
    about: { kind: "circle", circle: 0 },
    result: { form: "summary", sentences: [{ text: "I like tea.", from: ["1.1"] }] },
    madeBy,
  };
  const over = posts(meeting, { ...NOTHING, made: [summary] });
  expect(over[0]?.content["body"]).toBe("Circle 1 · Tea? · 1 person, 0:12");
  expect(over[0]?.content["org.mindminder.summary"]).toEqual(summary);
  expect(over.map(({ key }) => key)).not.toContain("circle-summary:0");
});

test("what a language model, or a person, wrote of a circle stands in its thread", () => {
  const meeting = meetingWith(utterance(1, "I like tea."));
  meeting.play.wait(12).by("ann", "pass").by("bob", "pass");
  const about = { kind: "circle", circle: 0 } as const;
  const written: MinutesEntry = {
    about,
    result: { form: "summary", sentences: [{ text: "Tea it is.", from: ["1.1"] }] },
    madeBy: { ...madeBy, method: "llm", model: "tiny" },
  };
  const summaryOf = (made: MinutesEntry[]) =>
    posts(meeting, { ...NOTHING, made }).find(({ key }) => key === "circle-summary:0");
  expect(summaryOf([written])).toMatchObject({
    thread: "circle:0",
    content: { msgtype: "m.notice", body: "This circle in short\n• Tea it is." },
  });
  const chosen: MinutesEntry = { ...written, madeBy };
  meeting.record.add({ type: "minutes-made", entry: chosen });
  meeting.record.add({
    type: "corrected",
    at: 5,
    by: personId("@bob:hs"),
    name: "bob",
    door: "widget",
    change: { of: "summary", id: entryId(chosen), sentences: ["Tea."] },
  });
  expect(summaryOf([...meeting.record.now.minutes])?.content["body"]).toBe(
    "This circle in short\n• ann: Tea.\ncorrected by bob",
  );
});

test("the meeting's root waits for its minutes, and its tasks stand in its thread", () => {
  const meeting = meetingWith(utterance(1, "I will bring the tea by Friday."));
  meeting.play.wait(12).by("ann", "pass").by("bob", "pass");
  expect(posts(meeting, { ...NOTHING, pending: true }).map(({ key }) => key)).not.toContain("meeting");
  const tasks: MinutesEntry = {
    about: { kind: "meeting" },
    madeBy: { ...madeBy, method: "rules" },
    result: {
      form: "tasks",
      tasks: [
        {
          id: "t1",
          title: "Bring the tea",
          owner: personId("@ann:hs"),
          due: "2026-03-06",
          from: ["1.1"],
          status: "suggested",
        },
      ],
    },
  };
  const made = posts(meeting, { ...NOTHING, made: [tasks] });
  expect(made.find(({ key }) => key === "meeting")?.content["body"]).toMatchInlineSnapshot(`
    "Council · 1 Jan, 00:16 UTC · ann, bob
    ✓ Decided: nothing
    ☐ To do (1, please confirm in the thread)
    • ann: Bring the tea (Fri 6 Mar 2026)
    ? Open: no questions
    ✅ confirm · ✅ again or ☑️ done · ❌ dismiss · Found automatically (no AI) · balance 0 % · transcript in the circles’ threads"
  `);
  expect(made.find(({ key }) => key === "task:t1")).toMatchInlineSnapshot(`
    {
      "content": {
        "body": "☐ Bring the tea · ann · Fri 6 Mar 2026 · suggested",
        "format": "org.matrix.custom.html",
        "formatted_body": "<p><strong>☐ Bring the tea</strong> · ann · Fri 6 Mar 2026 · <em>suggested</em></p>",
        "m.mentions": {},
        "msgtype": "m.notice",
        "org.mindminder.task": {
          "due": "2026-03-06",
          "from": [
            "1.1",
          ],
          "id": "t1",
          "madeBy": {
            "at": 1,
            "method": "rules",
            "model": null,
            "plugin": "p",
            "prompt": null,
            "version": "1",
          },
          "owner": "@ann:hs",
          "status": "suggested",
          "title": "Bring the tea",
        },
      },
      "key": "task:t1",
      "rests": {
        "ids": [
          "1.1",
        ],
        "meeting": "mtest00001",
      },
      "room": "!room",
      "scope": "mtest00001",
      "thread": "meeting",
      "type": "m.room.message",
    }
  `);
});

test("a long turn is told in parts, none near the size an event may have", () => {
  const words = "слово ".repeat(400);
  const meeting = meetingWith(...Array.from({ length: 12 }, (_, i) => utterance(1, words, i + 1)));
  meeting.play.wait(40).by("ann", "pass");
  meeting.record.add({ type: "turn-heard", turn: 1, complete: true });
  const parts = posts(meeting).filter(({ key }) => key.startsWith("turn:1"));
  expect(parts.length).toBeGreaterThan(2);
  for (const { content } of parts) expect(Buffer.byteLength(JSON.stringify(content))).toBeLessThan(50_000);
  expect(
    parts
      .map(({ content }) => String(content["body"]).split("\n")[1])
      .join(" ")
      .match(/слово/gi),
  ).toHaveLength(12 * 400);
});

test("nobody's name or words become markup", () => {
  const said = notice([{ heading: `<img src=x onerror="alert(1)">` }, { item: "<script>", lead: "&" }]);
  expect(said["formatted_body"]).toBe(
    "<p><strong>&lt;img src=x onerror=&quot;alert(1)&quot;&gt;</strong></p>\n<ul>\n<li><strong>&amp;</strong>: &lt;script&gt;</li>\n</ul>",
  );
  expect(notice([[{ person: "@ann:hs", name: "Ann$&" }, ", <go>"]])["formatted_body"]).toBe(
    '<p><a href="https://matrix.to/#/%40ann%3Ahs">Ann$&amp;</a>, &lt;go&gt;</p>',
  );
  expect(
    notice([{ picture: { mxc: 'mxc://hs/a"b', alt: 'Map of "X"', width: 1600, height: 800 } }])["formatted_body"],
  ).toBe(
    '<img src="mxc://hs/a&quot;b" alt="Map of &quot;X&quot;" title="Map of &quot;X&quot;" width="800" height="400">',
  );
});

test("edits and threads as the specification has them", () => {
  expect(
    editOf(eventId("$1"), inThread(notice(["hello"]), eventId("$root"), eventId("$latest")), []),
  ).toMatchInlineSnapshot(`
    {
      "body": "* hello",
      "format": "org.matrix.custom.html",
      "formatted_body": "* <p>hello</p>",
      "m.mentions": {},
      "m.new_content": {
        "body": "hello",
        "format": "org.matrix.custom.html",
        "formatted_body": "<p>hello</p>",
        "m.mentions": {},
        "msgtype": "m.notice",
      },
      "m.relates_to": {
        "event_id": "$1",
        "rel_type": "m.replace",
      },
      "msgtype": "m.notice",
    }
  `);
  expect(inThread(notice(["hello"]), "$root", "$latest")["m.relates_to"]).toMatchInlineSnapshot(`
    {
      "event_id": "$root",
      "is_falling_back": true,
      "m.in_reply_to": {
        "event_id": "$latest",
      },
      "rel_type": "m.thread",
    }
  `);
});

test("an edit rings for nobody but those whom it mentions for the first time", () => {
  const told = announcement(["hello"], {}, ["@bob:hs", "@ann:hs"]);
  expect(editOf(eventId("$1"), told, ["@ann:hs"])).toMatchObject({
    msgtype: "m.text",
    "m.mentions": { user_ids: ["@bob:hs"] },
    "m.new_content": { msgtype: "m.text", "m.mentions": { user_ids: ["@ann:hs", "@bob:hs"] } },
  });
  for (const before of [["@ann:hs", "@bob:hs"], null])
    expect(editOf(eventId("$1"), told, before)).toMatchObject({
      msgtype: "m.notice",
      "m.mentions": {},
      "m.new_content": { msgtype: "m.text" },
    });
});

test("lines are kept apart in previews that leave the tags out", () => {
  const html = String(
    notice([{ heading: "Bob" }, "We never", { item: "one" }, { item: "two" }, "end"])["formatted_body"],
  );
  expect(
    html
      .replace(/<[^>]*>/g, "")
      .split("\n")
      .filter(Boolean),
  ).toEqual(["Bob", "We never", "one", "two", "end"]);
});

test("the widget's event", () => {
  expect(widgetContent("https://mm.example.org", personId("@bot:example.org"))).toMatchInlineSnapshot(`
    {
      "creatorUserId": "@bot:example.org",
      "data": {
        "title": "Mindminder",
      },
      "id": "org.mindminder",
      "name": "Mindminder",
      "type": "m.custom",
      "url": "https://mm.example.org/widget/#/?widgetId=$matrix_widget_id&userId=$matrix_user_id&roomId=$matrix_room_id&theme=$org.matrix.msc2873.client_theme&lang=$org.matrix.msc2873.client_language",
      "waitForIframeLoad": false,
    }
  `);
});

test("a transcript that somebody corrected says who, and stands whole in the same message", () => {
  const meeting = meetingWith(utterance(1, "I like the."), utterance(1, "Green tea.", 2));
  meeting.play.wait(12).by("ann", "pass");
  meeting.record.add({ type: "turn-heard", turn: 1, complete: true });
  meeting.record.add({
    type: "corrected",
    at: 5,
    by: personId("@ann:hs"),
    name: "ann",
    door: "chat",
    change: { of: "utterance", id: "1.1", text: "I like <tea>." },
  });
  const content = posts(meeting).find(({ key }) => key === "turn:1")?.content ?? {};
  expect(content["body"]).toBe("ann · 0:12\nI like <tea>. Green tea.\ncorrected by ann");
  expect(content["formatted_body"]).toBe(
    "<p><strong>ann · 0:12</strong><br>\nI like &lt;tea&gt;. Green tea.<br>\n<em>corrected by ann</em></p>",
  );
  expect(content["org.mindminder.corrections"]).toEqual([{ of: "utterance", id: "1.1", by: "@ann:hs", at: 5 }]);
  expect((content["org.mindminder.utterances"] as { segments: object }[])[0]?.segments).toEqual([
    { kind: "speech", text: "I like <tea>." },
  ]);
});

test("each decision and each question is a line in the meeting's thread that says how it stands, and what waits can be settled by a tap", () => {
  const meeting = meetingWith(utterance(1, "We meet on Wednesdays."), {
    ...utterance(2, "I bring it."),
    speaker: personId("@bob:hs"),
  });
  meeting.play.wait(12).by("ann", "pass").by("bob", "pass");
  const about = { kind: "meeting" } as const;
  const made: MinutesEntry[] = [
    {
      about: { kind: "person", participant: personId("@ann:hs") },
      madeBy,
      result: { form: "summary", sentences: [{ text: "We meet on Wednesdays.", from: ["1.1"] }] },
    },
    {
      about,
      madeBy: { ...madeBy, method: "rules" },
      result: {
        form: "decisions",
        decisions: [
          {
            id: "d1",
            text: "We meet on Wednesdays",
            from: ["1.1"],
            confirmedBy: personId("@ann:hs"),
            status: "confirmed",
          },
          { id: "d2", text: "Tea <b>at</b> four", from: ["1.1"], confirmedBy: null, status: "suggested" },
        ],
      },
    },
    {
      about,
      madeBy: { ...madeBy, method: "rules" },
      result: {
        form: "questions",
        questions: [
          {
            id: "q1",
            text: "Who brings cake?",
            from: ["1.1"],
            confirmedBy: null,
            status: "answered",
            answeredIn: ["2.1"],
          },
          { id: "q2", text: "Who pays?", from: ["1.1"], confirmedBy: null, status: "dropped", answeredIn: [] },
        ],
      },
    },
  ];
  const all = posts(meeting, { made, failed: [], pending: false });
  const body = (key: string) => all.find((post) => post.key === key)?.content["body"];
  expect(body("decision:d1")).toBe("◆ We meet on Wednesdays · ann · decision");
  expect(body("decision:d2")).toBe("◇ Tea <b>at</b> four · ann · suggested");
  expect(all.find(({ key }) => key === "decision:d2")).toMatchObject({
    thread: "meeting",
    content: {
      formatted_body: expect.stringContaining("Tea &lt;b&gt;at"),
      "org.mindminder.decision": { id: "d2", status: "suggested", from: ["1.1"] },
    },
  });
  expect(body("question:q1")).toBe("☑ Who brings cake? · ann · answered by bob");
  expect(body("question:q2")).toContain("☒ Who pays?");
  expect(
    all
      .filter(({ type, thread }) => type === "m.reaction" && !thread?.startsWith("circle"))
      .map(({ thread, content }) => [thread, content["key"]]),
  ).toEqual([
    ["decision:d2", "✅"],
    ["decision:d2", "❌"],
  ]);
  expect(body("meeting")).toContain(
    "✓ Decided:\n• We meet on Wednesdays · ann\n• Tea <b>at</b> four · ann · suggested\n",
  );
  expect(body("meeting")).toContain("? Open: no questions");
  expect(all.map(({ key }) => key)).not.toContain("summary:person:@ann:hs:p");
});

test("while a circle runs its root says who has the word, and what a model has noted so far; not once it is over", () => {
  const meeting = meetingWith(utterance(1, "I like tea."));
  const body = (method: "llm" | "highlights") =>
    posts(meeting, {
      made: [],
      failed: [],
      growing: [
        {
          plugin: "p",
          about: { kind: "circle", circle: 0 },
          method,
          sentences: [{ text: "Ann likes tea.", from: ["1.1"] }],
        },
      ],
      pending: true,
    })[0]?.content["body"];
  meeting.play.wait(12).by("ann", "pass");
  expect(body("llm")).toMatch(/^Circle 1 of 1: Tea\?\nbob has the word\.\n[\s\S]*\nSo far:\n• Ann likes tea\.$/);
  expect(body("highlights")).not.toContain("So far");
  meeting.play.by("bob", "pass");
  expect(body("llm")).toBe("Circle 1 · Tea? · 1 person, 0:12");
});

test("whoever takes part by chat is mentioned on the circle's message when the word comes; the first circle's message rings for all, the others for nobody else", () => {
  const play = new Play()
    .gather("ann", "bob")
    .start("ann", council({ betweenSeconds: 0, circles: [{ theme: "One?" }, { theme: "Two?" }] }));
  const root = (circle: number) =>
    recordPosts(play.state, EMPTY_RECORD, NOTHING, wordingFor(play.state, EMPTY_RECORD, translateTo("en"))).find(
      ({ key }) => key === `circle:${circle}`,
    )?.content;
  expect(root(0)).toMatchObject({ msgtype: "m.text", "m.mentions": {} });
  play.drop("bob").by("ann", "pass");
  expect(root(0)).toMatchObject({
    "m.mentions": { user_ids: ["@bob:hs"] },
    formatted_body: expect.stringContaining(
      '<a href="https://matrix.to/#/%40bob%3Ahs">bob</a>, you have the word. “!circle pass” passes it on.',
    ),
  });
  play.connect("bob").wait(2).by("bob", "pass").wait(2);
  expect(root(0)).toMatchObject({ msgtype: "m.notice", "m.mentions": {} });
  expect(root(1)).toMatchObject({ msgtype: "m.notice", "m.mentions": {} });
});

test("somebody is summed up beside their turn only where that spares reading", () => {
  const long = Array.from({ length: 60 }, (_, i) => `word${i}`).join(" ");
  const meeting = meetingWith(utterance(1, long), { ...utterance(2, "I bring it."), speaker: personId("@bob:hs") });
  meeting.play.wait(12).by("ann", "pass").wait(12).by("bob", "pass");
  const of = (participant: ParticipantId, text: string): MinutesEntry => ({
    about: { kind: "participant", circle: 0, participant },
    madeBy,
    result: { form: "summary", sentences: [{ text, from: ["1.1"] }] },
  });
  const summaries = (...made: MinutesEntry[]) =>
    posts(meeting, { ...NOTHING, made }).flatMap(({ key }) => (key.startsWith("summary:") ? [key] : []));
  expect(summaries(of(personId("@ann:hs"), "word1 word2"), of(personId("@bob:hs"), "I bring it."))).toEqual([
    "summary:0:@ann:hs:p",
  ]);
  expect(summaries(of(personId("@ann:hs"), long.slice(0, 330)))).toEqual([]);
  const over = (participant: ParticipantId): MinutesEntry => ({
    ...of(participant, "word1"),
    about: { kind: "person", participant },
  });
  expect(summaries(over(personId("@ann:hs")))).toEqual([]);
});

test("a summary whose sentences stand below headings has each heading once", () => {
  const meeting = meetingWith(utterance(1, "I like tea."));
  meeting.play.wait(12).by("ann", "pass").by("bob", "pass");
  const sentences = [["One.", "Said"], ["Two.", "Said"], ["Three.", "Open"], ["Four."]].map(([text = "", section]) => ({
    text,
    from: ["1.1"],
    ...(section ? { section } : {}),
  }));
  const made: MinutesEntry[] = [
    {
      about: { kind: "circle", circle: 0 },
      madeBy: { ...madeBy, method: "llm" },
      result: { form: "summary", sentences },
    },
  ];
  expect(
    posts(meeting, { made, failed: [], pending: true }).find(({ key }) => key === "circle-summary:0")?.content["body"],
  ).toContain("Said\n• One.\n• Two.\nOpen\n• Three.\n• Four.");
});
