import { expect, test } from "vitest";
import { meeting, record, turn } from "./support/minutes/meeting.ts";
import { utterance } from "./support/minutes/utterance.ts";
import { meetingId, personId } from "./support/protocol/ids.ts";
import { translateTo } from "../appservice/language/translate.ts";
import { assemblyGraph } from "../appservice/minutes/assembly/assembly-graph.ts";
import { rollUp } from "../appservice/minutes/assembly/roll-up.ts";
import { buildGraph } from "../appservice/minutes/graph/build.ts";
import type { RingMaterial } from "../appservice/protocol/assembly-record.ts";
import { AssemblyId } from "../appservice/protocol/identity.ts";
import { ringResult } from "../appservice/record/ring-result.ts";
import {
  assemblyChapter,
  assemblyFile,
  assemblyGraphFile,
  assemblyPictureFile,
} from "../appservice/export/assembly/assembly-file.ts";

const FACTS = {
  id: AssemblyId.parse("atest00001"),
  title: "Assembly",
  topic: "<b>Garden</b> & pond",
  language: "en" as const,
  startedAt: Date.parse("2026-11-23T12:00:00Z"),
  endedAt: null,
};

function ring(number: number, delegate: string | null, ...texts: readonly string[]): RingMaterial {
  const id = meetingId(`mring${number}00000`);
  const said = texts.map((text, at) => utterance({ id: `${at + 1}.1`, turn: at + 1, text }));
  const sentences = said.map(({ text, id: from }) => ({ text, from: [from] }));
  const madeBy = {
    plugin: "meeting-summary",
    version: "1",
    method: "highlights" as const,
    model: null,
    prompt: null,
    at: 0,
  };
  return {
    part: 1,
    ring: number,
    theme: null,
    delegate,
    given: false,
    meeting: meeting({ id, language: "en", phase: "ended", circles: [{ ...meeting().circles[0]!, status: "done" }] }),
    record: record({
      utterances: said,
      turns: said.map(({ turn: of }) => turn(of, 0, personId("@anna:x"))),
      minutes: [{ about: { kind: "meeting" }, result: { form: "summary", sentences }, madeBy }],
    }),
  };
}

const RINGS = [
  ring(1, "Анна", "The orchard needs new apple trees.", "*Stars* & <script>alert(1)</script>"),
  ring(2, null, "New apple trees for the orchard."),
];
const PARTS = [{ number: 1, kind: "rings" as const, title: "What now?", rings: RINGS.map(ringResult) }];
const RECORD = rollUp(FACTS, PARTS);
const written = (format: "text" | "page" | "data") =>
  assemblyFile(
    format,
    RECORD,
    RINGS.map((each) => assemblyChapter(format, ringResult(each), each)),
  );

test.each(["text", "page"] as const)(
  "as %s, each sentence leads to the turn it rests on, within the document",
  (format) => {
    const { content } = written(format);
    const links = [...content.matchAll(/\(#([\w-]+)\)|href="#([\w-]+)"/g)].map(([, one, other]) => one ?? other);
    expect(links.length).toBeGreaterThanOrEqual(RECORD.summary.length);
    for (const anchor of links) expect(content).toContain(`id="${anchor}"`);
    for (const text of ["Groups 1, 2", "Part 1: What now?", "Speaks for it: Анна."]) expect(content).toContain(text);
  },
);

test("nobody's words are markup in it", () => {
  expect(written("page").content).not.toContain("<script>");
  expect(written("text").content).toContain("\\*Stars\\* & \\<script\\>");
  const picture = assemblyPictureFile(RECORD).content;
  expect(picture).not.toContain("<script>");
  expect(picture).toContain("&lt;b&gt;Garden");
});

test("as JSON it has the record of the whole and of each ring", () => {
  const { assembly, meetings } = JSON.parse(written("data").content) as { assembly: object; meetings: unknown[] };
  expect(assembly).toMatchObject({ topic: FACTS.topic, summary: [{ rings: [{ ring: 1 }, { ring: 2 }] }, {}] });
  expect(meetings).toHaveLength(2);
});

test("in the graph of the whole each ring is a group", () => {
  const graphs = RINGS.map((each, index) => {
    const graph = buildGraph(each.meeting, each.record);
    return { ...graph, meetings: graph.meetings.map((of) => ({ ...of, group: `Group ${index + 1}` })) };
  });
  const graph = assemblyGraph(graphs);
  const mermaid = assemblyGraphFile("mermaid", graph, RECORD).content;
  expect(mermaid).toContain('subgraph g1["Group 1"]');
  expect(mermaid).toContain('subgraph g2["Group 2"]');
  expect(assemblyGraphFile("graphml", graph, RECORD).content).toContain('<data key="group">Group 2</data>');
});

test.each([1, 2, 5, 15, 40])("the picture of %i rings has all of them, and nothing runs out of the page", (count) => {
  const rings = Array.from({ length: count }, (_, index) =>
    ringResult(ring(index + 1, "Анна", `We want thing number ${index}`)),
  );
  const whole = rollUp(FACTS, [{ number: 1, kind: "rings", title: "", rings }]);
  const svg = assemblyPictureFile(whole).content;
  expect(svg.match(/data-ring=/g)).toHaveLength(count);
  const height = Number(/height="(\d+)"/.exec(svg)?.[1]);
  for (const [, x, y] of svg.matchAll(/ x="([\d.]+)" y="([\d.]+)"/g)) {
    expect(Number(x)).toBeLessThanOrEqual(1600);
    expect(Number(y)).toBeLessThanOrEqual(height);
  }
  expect(svg).toContain(translateTo("en")("assembly.came-out").toLocaleUpperCase());
});
