import { z } from "zod";
import { council, Play } from "../tests/support/circle/play.ts";
import { planOf, Scenario } from "../appservice/circle/scenario.ts";
import { snapshotOf } from "../appservice/circle/snapshot.ts";
import { translateTo } from "../appservice/language/translate.ts";
import type { MinutesEntry } from "../appservice/protocol/meeting-record.ts";
import { MeetingSnapshot } from "../appservice/protocol/meeting-snapshot.ts";
import {
  CONTENT_KEY,
  COURSE_STATE,
  LEDGER_STATE,
  MEETING_STATE,
  SCENARIO_STATE,
  SEALED_MEETING,
  WIDGET_ID,
  WIDGET_LAYOUT_STATE,
  WIDGET_STATE,
} from "../appservice/protocol/namespace.ts";
import { formatPostKey } from "../appservice/journal/post-key.ts";
import { OFFERED_MARKS } from "../appservice/room/marks.ts";
import { inThread } from "../appservice/room/messages/message.ts";
import { participantSummaryMessage } from "../appservice/room/messages/summary-message.ts";
import { recordPosts } from "../appservice/room/record-posts.ts";
import { wordingFor } from "../appservice/room/wording.ts";
import { widgetContent, widgetLayout } from "../appservice/room/widget-setup.ts";
import { EMPTY_RECORD } from "../appservice/record/state.ts";
import { Recording } from "../tests/support/record/recording.ts";
import { personId } from "../tests/support/protocol/ids.ts";

/** `docs/data-model.md`: every event of ours as it stands in a room, with examples made by the code that sends them. */
export function dataModel(): string {
  const { running, posts, summary } = example();
  const { consent, written, scenario } = kinds();
  const content = (key: string) => posts.find((post) => formatPostKey(post.key) === key)?.content ?? {};
  const thread = (key: string) => inThread(content(key), "$ROOT", "$LATEST");
  return `# What Mindminder writes into a room

Made from the code (\`npm run generate\`). Everything is sent by the bot. People read ordinary messages; the same message
carries the machine's object under a key of ours. A message that changes is edited (\`m.replace\`). One that somebody took
away while its meeting runs is not: what is to be said there next is a new message. The main timeline reads as
the minutes: one message for each circle, and one for the meeting with what was decided, what is to be done, what is open and
what was said; the threads hold the detail, each thing once. Messages that an earlier version wrote and this one would not are left.

What holds words that were taken back is not left: the versions that do are redacted, with them the message if it held them from the first, and what
remains is a new message in its thread, sent as \`m.notice\` without mentions ([adr/0017](adr/0017-words-that-were-taken-back-leave-the-room.md)).
Of a meeting that is older than the room's \`m.room.retention\` allows, snapshot and course are emptied (\`{}\`); messages are the homeserver's to delete.

| what | where | key or type | carries |
|---|---|---|---|
| the meeting as it is now | room state, \`state_key\` "" | \`${MEETING_STATE}\` | the whole snapshot with its version; in an encrypted room only \`format\`, \`id\`, \`roomId\`, \`version\`, \`phase\` and \`encrypted\` |
| plan and course of that meeting | room state, \`state_key\` "" | \`${COURSE_STATE}\` | what the snapshot leaves out: plan, rings and turns up to the present circle. From the two the meeting goes on when the service has lost its database |
| the same of a meeting that runs in an encrypted room | the bot's account data of that room | \`${SEALED_MEETING}\` | \`{"sealed"}\`: snapshot, course and the running circle's message, sealed by the key file (AES-256-GCM); \`{}\` when it is over ([adr/0034](adr/0034-no-key-backup-and-a-sealed-copy-of-what-runs.md)) |
| what the room's ledger of contributions was | room state, \`state_key\` ""; once a week, in encrypted rooms as well: it holds no name and no word | \`${LEDGER_STATE}\` | \`checkpoint\`: a signed C2SP checkpoint; \`key\`: by which it is verified (see [ledger.md](ledger.md)) |
| a scenario of the room's own | room state, \`state_key\` its id | \`${SCENARIO_STATE}\` | the scenario as an object; \`{}\` when it was removed |
| root of a circle | main timeline; says who has the word while the circle runs, and is one line once it has ended | \`${CONTENT_KEY.circle}\`, then also \`${CONTENT_KEY.summary}\` | theme, kind, ring; in a circle of consent who stands where, then the verdict |
| what may be pressed on it | reactions to the root | \`m.reaction\` | ✋ hand, ➡️ pass, ⏭️ skip me, ⏸️ pause |
| what was written in silence | the circle's thread, once it is shown | \`${CONTENT_KEY.texts}\` | who wrote what, and whether it was finished |
| comments typed meanwhile | the circle's thread, once it has ended; edited as their messages are | \`${CONTENT_KEY.comments}\` | the messages' ids, writers and texts |
| a turn's transcript | the circle's thread | \`${CONTENT_KEY.turn}\`, \`${CONTENT_KEY.utterances}\` | times, utterances with their segments, engine |
| a circle's summary | the circle's thread, where a language model or a person wrote it | none; the root carries it | the same sentences |
| a participant's summary | the circle's thread; of the whole meeting: the meeting's. Only where it spares reading: they said more than 50 words in the circle (150 in the meeting), and it holds less than 70 % of them | \`${CONTENT_KEY.summary}\` | sentences with the utterances they rest on, what made them |
| root of the meeting | main timeline, at the end; edited when the picture is there, and when the record changes | \`${CONTENT_KEY.meeting}\`, \`${CONTENT_KEY.summary}\`, \`${CONTENT_KEY.graph}\` | people, times, how unevenly they were shared, decisions, the summary of all circles; of the graph how much of what is in it, what is most connected, where its picture lies, what made it (see [graph.md](graph.md)) |
| a task | the meeting's thread | \`${CONTENT_KEY.task}\` | title, owner, date, source, status (\`suggested\`, \`open\`, \`done\`, \`dropped\`); \`outside\`: the task manager in which it stands as well |
| an open task of an earlier meeting | the thread of the first circle | \`${CONTENT_KEY.task}\` | the same, and \`meeting\`: the one it belongs to |
| what may be pressed on a task, decision or question that waits | reactions to it | \`m.reaction\` | ${OFFERED_MARKS.join(" ")}; what they do stands once, in the meeting's message |
| a decision | the meeting's thread | \`${CONTENT_KEY.decision}\` | words, source, who called it one or confirmed it, status (\`suggested\`, \`confirmed\`, \`dropped\`) |
| a question | the meeting's thread | \`${CONTENT_KEY.question}\` | the same; status (\`suggested\`, \`open\`, \`answered\`, \`dropped\`), and where it was answered |
| that people corrected it | on any of these messages that somebody corrected | \`${CONTENT_KEY.corrections}\` | what (\`of\`, \`id\`), who, when; see [corrections.md](corrections.md) |
| what a further plugin says | the circle's or the meeting's thread | \`${CONTENT_KEY.note}\` | the plugin's result |
| the widget | room state, \`state_key\` "${WIDGET_ID}" | \`${WIDGET_STATE}\` | its address |
| for which encrypted room an open one was made | the creation of the open room, which is the bot's | \`org.mindminder.opened_for\` | the id of the encrypted room |
| that a browser is somebody's | the timeline, shown by no client; sent by the person's own client for the widget | \`org.mindminder.sign_in\` | \`code\`, which counts once ([adr/0019](adr/0019-of-a-new-browser-its-person-is-told.md)) |
| the widget's place | room state, \`state_key\` "" | \`${WIDGET_LAYOUT_STATE}\` | top of the room; only where nobody has arranged widgets |

An utterance's id is \`TURN.PIECE\`. Times are milliseconds since the epoch, durations milliseconds, dates \`YYYY-MM-DD\`.
Unknown keys are to be ignored; \`format\` of the snapshot grows when old readers could no longer draw a meeting from it.

## What rings

By the default push rules of Matrix (v1.7, 13.13.1.7) a message rings for everybody in the room, \`m.notice\` for nobody, not even
for whom it mentions, and an edit for those alone whom it mentions. So this is decided for each kind of message:

| message | form | rings for |
|---|---|---|
| the first circle's message: a meeting begins | \`m.text\`, until it is over | everybody, once |
| the meeting's message: the minutes are there | \`m.text\`, \`m.mentions\` of those who have tasks | everybody, once; who has a task sees a mention |
| the word comes to somebody who takes part by chat | an edit of the circle's message (\`m.text\`) that mentions them | them alone. In a message of its own it would ring for all (\`m.text\`) or for nobody (\`m.notice\`); a direct chat would first have to be accepted, at the moment in which one is to speak |
| a task is given to somebody afterwards | an edit of the meeting's message that mentions them | them alone |
| everything else: circles, transcripts, comments, tasks, corrections, answers | \`m.notice\`, or an edit sent as \`m.notice\` | nobody |
| the picture of the graph | \`<img>\` within the meeting's message, put there by an edit; \`m.image\` would ring | nobody |

What a message mentions as a whole stands in \`m.new_content\`, whom the edit mentions newly in the edit itself.

## \`${MEETING_STATE}\`

${fieldsOf(MeetingSnapshot)}

${json(running)}

## \`${SCENARIO_STATE}\`

The keys are those of [scenarios.md](scenarios.md), with their defaults filled in. Whoever may write this state may bring a
scenario without the bot, too; one that does not fit is named in \`!circle scenario list\` with what is wrong.

${json({ scenario })}

## Root of a circle, once it has ended

${json(content("circle:0"))}

## Root of a circle of consent

${json(consent?.content)}

## What was written in silence

${json(inThread(written?.content ?? {}, "$ROOT", "$LATEST"))}

## Comments

${json(thread("comments:0"))}

## A turn's transcript

${json(thread("turn:1"))}

## A participant's summary

${json(inThread(summary, "$ROOT", "$LATEST"))}

## Root of the meeting

Where the homeserver refuses the picture of the graph, words stand in its place.

${json(content("meeting"))}

## A task

${json(thread("task:t1"))}

## A decision

${json(thread("decision:1.1:1"))}

## A question

${json(thread("question:q1"))}

## The widget and its place

${json(widgetContent("https://mindminder.example.org", personId("@mindminder:example.org")))}

${json(widgetLayout())}
`;
}

function example() {
  const play = new Play("example.org")
    .gather("ann", "bob")
    .start("ann", council({ circles: [{ theme: "What drains us?", kind: "statement" }] }));
  play.wait(12);
  const running = snapshotOf(play.state, play.at);
  play.by("ann", "pass").by("bob", "pass");
  const record = new Recording();
  const text = "I will write the agenda by Friday.";
  record.add({
    type: "utterance-heard",
    utterance: {
      id: "1.1",
      turn: 1,
      circle: 0,
      speaker: personId("@ann:example.org"),
      startedAt: 1_001_000,
      endedAt: 1_004_000,
      language: "en",
      text,
      segments: [{ kind: "speech", text }],
      engine: { id: "sherpa", model: "whisper-base" },
    },
  });
  record.add({ type: "turn-heard", turn: 1, complete: true });
  record.add({
    type: "comment-made",
    comment: {
      id: "$MESSAGE",
      circle: 0,
      turn: 1,
      who: personId("@bob:example.org"),
      name: "bob",
      at: 1_005_000,
      text: "and a list of guests",
    },
  });
  const picture = { mxc: "mxc://example.org/PICTURE", mimetype: "image/png", width: 1600, height: 612, size: 90_000 };
  record.add({
    type: "graph-drawn",
    drawn: {
      state: "",
      at: 1_017_000,
      counts: { participant: 2, circle: 1, task: 1 },
      central: ["Write the agenda"],
      picture,
    },
  });
  const by = (plugin: string, method: "highlights" | "rules") => ({
    plugin,
    version: "1",
    method,
    model: null,
    prompt: null,
    at: 1_016_000,
  });
  const summary = { form: "summary", sentences: [{ text, from: ["1.1"] }] } as const;
  const made: MinutesEntry[] = [
    {
      about: { kind: "participant", circle: 0, participant: personId("@ann:example.org") },
      result: { ...summary, sentences: [...summary.sentences.map((s) => ({ ...s, from: [...s.from] }))] },
      madeBy: by("participant-summary", "highlights"),
    },
    {
      about: { kind: "circle", circle: 0 },
      result: { ...summary, sentences: [{ text, from: ["1.1"] }] },
      madeBy: by("circle-summary", "highlights"),
    },
    {
      about: { kind: "meeting" },
      result: { ...summary, sentences: [{ text, from: ["1.1"] }] },
      madeBy: by("meeting-summary", "highlights"),
    },
    {
      about: { kind: "meeting" },
      result: {
        form: "tasks",
        tasks: [
          {
            id: "t1",
            title: "Write the agenda",
            owner: personId("@ann:example.org"),
            due: "2026-03-06",
            from: ["1.1"],
            status: "suggested",
          },
        ],
      },
      madeBy: by("tasks", "rules"),
    },
    {
      about: { kind: "meeting" },
      result: {
        form: "decisions",
        decisions: [
          {
            id: "1.1:1",
            text: "We meet on Wednesdays",
            from: ["1.1"],
            confirmedBy: personId("@ann:example.org"),
            status: "confirmed",
          },
        ],
      },
      madeBy: by("decisions", "rules"),
    },
    {
      about: { kind: "meeting" },
      result: {
        form: "questions",
        questions: [
          {
            id: "q1",
            text: "Who brings the cake?",
            from: ["1.1"],
            confirmedBy: null,
            status: "suggested",
            answeredIn: [],
          },
        ],
      },
      madeBy: by("questions", "rules"),
    },
    { about: { kind: "meeting" }, result: { form: "graph", same: [] }, madeBy: by("graph", "rules") },
  ];
  const wording = wordingFor(play.state, record.now, translateTo("en"));
  const sentences = [{ text, from: ["1.1"] }];
  return {
    running,
    posts: recordPosts(play.state, record.now, { made, failed: [], pending: false }, wording),
    summary: participantSummaryMessage(
      made[0]!,
      { kind: "participant", circle: 0, participant: personId("@ann:example.org") },
      { sentences },
      wording,
    ),
  };
}

function kinds() {
  const scenario = Scenario.parse({
    id: "kettle",
    title: "A kettle",
    turnSeconds: 60,
    betweenSeconds: 0,
    circles: [
      { theme: "Which one?", kind: "silent-writing" },
      { theme: "Is it good enough for now?", kind: "consent" },
    ],
  });
  const play = new Play("example.org").gather("ann", "bob").start("ann", planOf(scenario, "en", ""));
  play
    .write("ann", "one with a whistle")
    .write("bob", "a quiet one")
    .wait(20)
    .by("ann", "pass")
    .wait(20)
    .by("bob", "pass");
  play.position("ann", "consent").position("bob", "object", "it whistles");
  const posts = recordPosts(
    play.state,
    EMPTY_RECORD,
    { made: [], failed: [], pending: false },
    wordingFor(play.state, EMPTY_RECORD, translateTo("en")),
  );
  const of = (key: string) => posts.find((post) => formatPostKey(post.key) === key);
  return { consent: of("circle:1"), written: of("texts:0"), scenario };
}

function fieldsOf(schema: z.ZodObject): string {
  const { properties = {} } = z.toJSONSchema(schema);
  const rows = Object.entries(properties).map(([name, property]) => `| \`${name}\` | ${typeOf(property)} |`);
  return `| field | type |\n|---|---|\n${rows.join("\n")}`;
}

function typeOf(property: z.core.JSONSchema._JSONSchema): string {
  if (typeof property === "boolean") return "any";
  if (property.anyOf) return property.anyOf.map(typeOf).join(" or ");
  if (property.enum) return property.enum.map((value) => `\`${String(value)}\``).join(", ");
  if (property.const !== undefined) return `\`${String(property.const)}\``;
  if (property.type === "array" && property.items && !Array.isArray(property.items))
    return `list of ${typeOf(property.items)}`;
  if (property.type === "object")
    return `object (${Object.keys(property.properties ?? {})
      .map((key) => `\`${key}\``)
      .join(", ")})`;
  return String(property.type);
}

function json(value: unknown): string {
  return `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}
