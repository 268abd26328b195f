import { expect, test } from "vitest";
import { council, Play } from "../../tests/support/circle/play.ts";
import { snapshotOf } from "../circle/snapshot.ts";
import { recordOf } from "../record/view.ts";
import { translateTo } from "../language/translate.ts";
import type { FileFormat } from "../protocol/file-formats.ts";
import { FILE_FORMATS } from "../protocol/format-list.ts";
import type { MeetingGraph } from "../protocol/meeting-graph.ts";
import { MeetingGraph as GraphSchema } from "../protocol/meeting-graph.ts";
import type { Utterance } from "../protocol/meeting-record.ts";
import type { Exported } from "./exported-meeting.ts";
import { ExportedRecord } from "./record/json.ts";
import mermaid from "./record/mermaid.ts";
import { csvRows, harmless } from "./tasks/csv-text.ts";
import { linesOf } from "./tasks/ical-lines.ts";
import { markOf } from "./tasks/outside-task.ts";
import { recordFile } from "./file-formats.ts";
import { EMPTY_RECORD } from "../record/state.ts";
import { Recording } from "../../tests/support/record/recording.ts";
import { meetingId, personId } from "../../tests/support/protocol/ids.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { stopwatch } from "../../tests/support/stopwatch.ts";

const START = 1_000_000;
const engine = { id: "test", model: "none" };

function utterance(id: string, speaker: ParticipantId, text: string, extra: Partial<Utterance> = {}): Utterance {
  const turn = Number(id.split(".")[0]);
  return {
    id,
    turn,
    circle: 0,
    speaker,
    startedAt: START + turn * 1_500,
    endedAt: START + turn * 1_500 + 900,
    language: "en",
    text,
    segments: [{ kind: "speech", text }],
    engine,
    ...extra,
  };
}

/**
 * Makes a meeting: Ann and Bob have spoken once each; Bob called out a decision, Eve typed something, and a task was
 * found.
 */
function exported(said = "I like tea.", language: "en" | "ru" = "en", extra: Partial<Utterance> = {}): Exported {
  const play = new Play()
    .gather("ann", "bob")
    .start("ann", council({ circles: [{ theme: "Tea & talk", kind: "statement" }] }));
  play.wait(10).by("ann", "pass").wait(10).by("bob", "pass");
  const record = new Recording();
  record.add({ type: "utterance-heard", utterance: utterance("1.1", personId("@ann:hs"), said, extra) });
  const decision = {
    kind: "command",
    text: "Decision: tea at four.",
    command: { type: "decision", text: "tea at four" },
  } as const;
  record.add({
    type: "utterance-heard",
    utterance: utterance("2.1", personId("@bob:hs"), "", { segments: [decision] }),
  });
  record.add({
    type: "comment-made",
    comment: { id: "$c", circle: 0, turn: 2, who: personId("@eve:hs"), name: "Eve", at: START + 4_000, text: "me too" },
  });
  const madeBy = { plugin: "tasks", version: "1", method: "rules", model: null, prompt: null, at: START } as const;
  record.add({
    type: "minutes-made",
    entry: {
      about: { kind: "meeting" },
      madeBy,
      result: {
        form: "tasks",
        tasks: [
          { id: "t", title: "Buy tea", owner: personId("@bob:hs"), due: "2026-12-01", from: ["1.1"], status: "open" },
        ],
      },
    },
  });
  const { state } = play;
  return {
    meeting: snapshotOf(state, play.at),
    record: recordOf(state, record.now),
    language,
    t: translateTo(language),
    graph: () => graphSaying(said),
  };
}

const write = (format: FileFormat, { meeting, record, language, graph }: Exported) =>
  recordFile(format, { meeting: { ...meeting, language }, record }, graph).content;

/** Makes a graph of one text by one speaker. */
function graphSaying(text: string): MeetingGraph {
  const node = {
    circle: 0,
    from: ["1.1"],
    knownBy: "highlights",
    centrality: 1,
    meetings: [meetingId("mtest00001")],
    people: [personId("@ann:hs")],
  } as const;
  return {
    format: 1,
    meetings: [{ id: meetingId("mtest00001"), title: "Tea", startedAt: START }],
    nodes: [
      {
        ...node,
        people: [...node.people],
        from: [],
        meetings: [...node.meetings],
        id: "participant:@ann:hs",
        kind: "participant",
        text: "ann",
      },
      {
        ...node,
        people: [...node.people],
        from: [...node.from],
        meetings: [...node.meetings],
        id: "statement:1",
        kind: "statement",
        text,
      },
    ],
    edges: [
      {
        id: "said|participant:@ann:hs|statement:1",
        kind: "said",
        source: "participant:@ann:hs",
        target: "statement:1",
        weight: 1,
        knownBy: "meeting",
      },
    ],
  };
}

test("as Markdown: what came of it first, then what was said and typed", () => {
  expect(write("markdown", exported())).toMatchInlineSnapshot(`
    "# Council

    January 1, 1970 at 12:16 AM UTC · ann, bob

    ## Decisions

    - tea at four (bob)

    ## Tasks

    - [ ] Buy tea (bob, by December 1, 2026)

    ## Circle 1: Tea & talk

    **ann** (0:00): I like tea.

    - *typed* Eve: me too

    *Found automatically (no AI)*
    "
  `);
});

test("as Markdown in Russian", () => {
  const text = write("markdown", exported("Мне нравится чай.", "ru"));
  for (const words of [
    "## Решения",
    "## Задачи",
    "- [ ] Buy tea (bob, до 1 декабря 2026 г.)",
    "## Круг 1: Tea & talk",
    "Мне нравится чай.",
  ])
    expect(text).toContain(words);
});

test("decided, to do, open, said: in this order; each person who said much is summed up, what was dropped is not there, and what made it is said once", () => {
  const of = exported("I like tea. ".repeat(60));
  const from = of.record.utterances.map(({ id }) => id).slice(0, 1);
  const item = { from, confirmedBy: null };
  const about = { kind: "meeting" } as const;
  const by = { plugin: "p", version: "1", method: "rules", model: null, prompt: null, at: 1 } as const;
  const minutes = [
    ...of.record.minutes,
    {
      about,
      madeBy: by,
      result: {
        form: "decisions" as const,
        decisions: [
          { ...item, id: "a", text: "Tea at four", status: "suggested" as const },
          { ...item, id: "b", text: "No tea", status: "dropped" as const },
        ],
      },
    },
    {
      about,
      madeBy: by,
      result: {
        form: "questions" as const,
        questions: [
          { ...item, id: "c", text: "Who pours?", status: "open" as const, answeredIn: [] },
          { ...item, id: "d", text: "Who pays?", status: "answered" as const, answeredIn: from },
        ],
      },
    },
    {
      about: { kind: "person" as const, participant: of.meeting.people[0]!.id },
      madeBy: by,
      result: { form: "summary" as const, sentences: [{ text: "Ann likes tea.", from }] },
    },
  ];
  for (const format of ["markdown", "html"] as const) {
    const text = write(format, { ...of, record: { ...of.record, minutes } });
    for (const words of [
      "Tea at four",
      "suggestion",
      "Open questions",
      "Who pours?",
      "By participant",
      "Ann likes tea.",
    ])
      expect(text).toContain(words);
    for (const words of ["No tea", "Who pays?"]) expect(text).not.toContain(words);
    const places = [
      "Tea at four",
      "Buy tea",
      "Who pours?",
      "Ann likes tea.",
      "I like tea. I like tea.",
      "Found automatically (no AI)",
    ].map((words) => text.indexOf(words));
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(text.match(/Found automatically/g)).toHaveLength(1);
  }
});

test("as captions: each utterance at its time from the beginning, commands left out", () => {
  expect(write("webvtt", exported())).toBe("WEBVTT\n\n00:00:01.500 --> 00:00:02.400\n<v ann>I like tea.\n");
  expect(write("webvtt", exported("Tea, Mr. Fox. Now!", "en", { places: [{ letter: 14, ms: 700 }] }))).toBe(
    "WEBVTT\n\n00:00:01.500 --> 00:00:02.200\n<v ann>Tea, Mr. Fox.\n\n00:00:02.200 --> 00:00:02.400\n<v ann>Now!\n",
  );
  expect(write("subrip", exported())).toBe("1\n00:00:01,500 --> 00:00:02,400\nann: I like tea.\n");
});

test("as CSV: its tasks, for a spreadsheet that takes nobody's words for a formula", () => {
  const table = write("csv", exported('=HYPERLINK("x"), "so"'));
  expect(table).toBe(
    `\ufeffid,title,owner,due,status,meeting,date,description\r\n${markOf({ meeting: exported().meeting.id, task: "t" })},Buy tea,bob,2026-12-01,open,Council,1970-01-01,"Assigned to bob\n\nann: =HYPERLINK(""x""), ""so""\n\nFrom the meeting “Council”, January 1, 1970"\r\n`,
  );
  expect(csvRows(table)?.[1]?.[7]).toContain('ann: =HYPERLINK("x"), "so"');
  expect([harmless("=1+1"), harmless("-"), harmless("Tea")]).toEqual(["'=1+1", "'-", "Tea"]);
  expect(csvRows('a,"b\r\n"c')).toBeNull();
});

test.each([
  ["Roofs;=1+1", "Roofs;'=1+1"],
  ["a\t=1", "a\t'=1"],
  ["a\n@SUM(A1)", "a\n'@SUM(A1)"],
  ["＝1+1", "'＝1+1"],
  ["＋1", "'＋1"],
  ['a; "-1', "a; \"'-1"],
  [" =1", " '=1"],
  ["\u202e=1", "\u202e'=1"],
  ["\t=1", "'\t'=1"],
  ["\rx", "'\rx"],
  [";;=1", ";;'=1"],
  ["a|=1", "a|'=1"],
  ["a = 1; b+c - d", "a = 1; b+c - d"],
  ["", ""],
])("however a spreadsheet parts cells, none begins a formula: %j", (said, written) =>
  expect(harmless(said)).toBe(written),
);

test("no file holds signs that turn the text behind them", () => {
  for (const format of FILE_FORMATS)
    expect(recordFile(format, exported("I \u202elike tea."), exported().graph).content).not.toMatch(
      /[\u202a-\u202e\u2066-\u2069]/,
    );
});

test("nothing that is exported takes long to make harmless", () => {
  const took = stopwatch();
  for (const sign of ["\t", ";", "=", ";=", '"', " "]) harmless(sign.repeat(32_000));
  expect(took()).toBeLessThan(1_000);
});

test.each([
  ["We need a List<String> here", "We need a List‹String› here"],
  ["1 < 2 & 3 > 2", "1 ‹ 2 & 3 › 2"],
  ["{\\an8}up", "{ \\an8}up"],
  ["{y:i}so {1}{2} {and}", "{ y:i}so { 1}{ 2} {and}"],
  ["a --> b\n\n2", "a → b 2"],
  ["&lt;b&gt;", "&lt;b&gt;"],
])("SubRip leaves players nothing to leave out: %j", (said, written) => {
  expect(write("subrip", exported(said))).toBe(`1\n00:00:01,500 --> 00:00:02,400\nann: ${written}\n`);
});

test("GraphML has a label for each node and each line, which is its text or its kind", () => {
  const xml = write("graphml", exported());
  expect(xml).toContain(`<key id="nodeLabel" for="node" attr.name="label" attr.type="string"/>`);
  expect(xml).toContain(`<key id="edgeLabel" for="edge" attr.name="label" attr.type="string"/>`);
  expect(xml).toContain(`<data key="nodeLabel">I like tea.</data>`);
  const ids = [...xml.matchAll(/ (?:id|source|target)="([^"]*)"/g)].map(([, id]) => id);
  expect(ids.filter((id) => !/^[\w.:-]+$/.test(id ?? ""))).toEqual([]);
  expect(new Set(ids.filter((id) => id?.startsWith("participant:")))).toContain("participant:_x40_ann:hs");
  const count = (of: RegExp) => xml.match(of)?.length;
  expect([count(/key="nodeLabel"/g), count(/key="edgeLabel"/g)]).toEqual([count(/<node /g), count(/<edge /g)]);
});

test.each([
  ["%%{init: {}}%%", "#37;#37;#123;init#58; #123;#125;#125;#37;#37;"],
  ["a %% b", "a #37;#37; b"],
  ["$$x$$", "$\u200b$x$\u200b$"],
  ["fa:fa-car", "fa#58;\u200bfa-car"],
  ["style a:#fff; b", "style a#58;#35;fff#59; b"],
  ["end", "end"],
  ['say "hi"] --> b', "say #34;hi#34;] --#62; b"],
  ["click n1 href", "click n1 href"],
  ["&lt;", "#38;lt#59;"],
  ["  \n ", "…"],
])("Mermaid draws what was said, and takes nothing of it for its own: %j", (said, written) => {
  const node = {
    id: "s",
    kind: "statement" as const,
    text: said,
    people: [],
    circle: 0,
    from: [],
    knownBy: "rules" as const,
    centrality: 1,
    meetings: [],
  };
  expect(mermaid.draw({ format: 1, meetings: [], nodes: [node], edges: [] }, translateTo("en")).split("\n")[1]).toBe(
    `  n1["${written}"]:::statement`,
  );
});

test("as a calendar: the meeting with its outcome, and a day for each task that waits for one", () => {
  const lines = linesOf(write("icalendar", exported()));
  expect(lines.filter((line) => !line.startsWith("DTSTAMP"))).toEqual([
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Mindminder//Mindminder//EN",
    "BEGIN:VEVENT",
    "UID:mindminder-mtest00001",
    "SUMMARY:Council",
    "DTSTART:19700101T001640Z",
    "DTEND:19700101T001700Z",
    "DESCRIPTION:ann\\, bob\\n\\nDecisions\\n• tea at four (bob)",
    "STATUS:CONFIRMED",
    "END:VEVENT",
    "BEGIN:VEVENT",
    `UID:${markOf({ meeting: meetingId("mtest00001"), task: "t" })}`,
    "SUMMARY:Buy tea (bob)",
    "DTSTART;VALUE=DATE:20261201",
    "DESCRIPTION:Assigned to bob\\n\\nann: I like tea.\\n\\nFrom the meeting “Council”\\, January 1\\, 1970",
    "TRANSP:TRANSPARENT",
    "STATUS:CONFIRMED",
    "END:VEVENT",
    "END:VCALENDAR",
  ]);
});

test.each([
  ["suggested", "STATUS:TENTATIVE"],
  ["done", undefined],
  ["dropped", undefined],
] as const)("in a calendar a task that is %s is not promised", (status, said) => {
  const of = exported();
  const minutes = of.record.minutes.map((entry) =>
    entry.result.form === "tasks"
      ? { ...entry, result: { ...entry.result, tasks: entry.result.tasks.map((task) => ({ ...task, status })) } }
      : entry,
  );
  const [, task] = write("icalendar", { ...of, record: { ...of.record, minutes } }).split("SUMMARY:Buy tea");
  expect(linesOf(task ?? "").find((line) => line.startsWith("STATUS"))).toBe(said);
});

test("a calendar's lines are of 75 octets at most, and what people say stays text", () => {
  const file = write("icalendar", exported("Да,\r\nEND:VCALENDAR;".repeat(40)));
  for (const line of file.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(linesOf(file).filter((line) => line === "END:VCALENDAR")).toHaveLength(1);
});

test("as JSON: readable by its own schema, whole", () => {
  const of = exported();
  const read = ExportedRecord.parse(JSON.parse(write("json", of)));
  expect(read).toMatchObject({
    format: 1,
    meeting: { people: of.meeting.people },
    record: { utterances: of.record.utterances, comments: of.record.comments, minutes: of.record.minutes },
  });
});

test("the graph as JSON fits its schema; as Mermaid each line is a node or a line between two", () => {
  expect(GraphSchema.parse(JSON.parse(write("graph-json", exported())))).toEqual(graphSaying("I like tea."));
  expect(write("mermaid", exported()).split("\n").slice(0, 4)).toEqual([
    "flowchart LR",
    '  n1(["ann"]):::participant',
    '  n2["I like tea."]:::statement',
    '  n1 -->|"said"| n2',
  ]);
});

test("the file is named for the scenario and the day", () => {
  expect(recordFile("html", exported(), exported().graph)).toMatchObject({
    name: "council-1970-01-01.html",
    mediaType: "text/html",
  });
});

test.each<[FileFormat, RegExp]>([
  ["markdown", /\\<b\\>bold\\<\/b\\> \\\[x\\\]\(javascript:1\) \\`\\# no/],
  ["html", /&lt;b&gt;bold&lt;\/b&gt; \[x\]\(javascript:1\) `# no/],
  ["webvtt", /&lt;b&gt;bold&lt;\/b&gt; .* → 00:00/],
  ["graphml", /&lt;b&gt;bold&lt;\/b&gt;/],
  ["graph-svg", /&lt;b&gt;bold&lt;\/b&gt;/],
  ["mermaid", /n2\["#60;b#62;bold#60;\/b#62; \[x\]\(javascript#58;1\) #96;#35; no/],
])("nobody's words become markup: %s", (format, safe) => {
  const text = write(format, exported("<b>bold</b> [x](javascript:1) `# no\n\n00:00 --> 00:00"));
  expect(text).toMatch(safe);
  expect(text).not.toContain("<b>bold");
});

test("as Markdown, names of signs stay what people said, and an “and” of its own as it was", () => {
  const text = write("markdown", exported("write &lt;b&gt; and &copy; and &#169; and &#xA9; for R&D; Q & A"));
  expect(text).toContain("write \\&lt;b\\&gt; and \\&copy; and \\&\\#169; and \\&\\#xA9; for R\\&D; Q & A");
});

test("the HTML file asks for nothing from anywhere, and says its language", () => {
  const page = write("html", exported("Мне нравится чай.", "ru"));
  expect(page).toMatch(/^<!doctype html>\n<html lang="ru">/);
  expect(page).not.toMatch(/<script|<link|src=|url\(|@import/);
});

test("a record of nothing is a record all the same", () => {
  const play = new Play().gather("ann").start("ann", council());
  const of: Exported = {
    meeting: snapshotOf(play.state, play.at),
    record: recordOf(play.state, EMPTY_RECORD),
    language: "en",
    t: translateTo("en"),
    graph: () => ({ format: 1, meetings: [], nodes: [], edges: [] }),
  };
  // Each is written; SubRip of no words is a file without a line.
  expect(FILE_FORMATS.filter((format) => write(format, of) === "")).toEqual(["subrip"]);
});
