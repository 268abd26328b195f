import { expect, test } from "vitest";
import { meetingId } from "../../../tests/support/protocol/ids.ts";
import { meeting, record, turn } from "../../../tests/support/minutes/meeting.ts";
import { utterance } from "../../../tests/support/minutes/utterance.ts";
import { personId } from "../../../tests/support/protocol/ids.ts";
import type { AssemblyPart, RingMaterial } from "../../protocol/assembly-record.ts";
import { AssemblyId } from "../../protocol/identity.ts";
import type { MinutesEntry, MinutesResult } from "../../protocol/meeting-record.ts";
import { buildGraph } from "../graph/build.ts";
import { assemblyGraph } from "./assembly-graph.ts";
import { ringResult } from "../../record/ring-result.ts";
import { rollUp } from "./roll-up.ts";

const ANNA = personId("@anna:x");
const FACTS = {
  id: AssemblyId.parse("atest00001"),
  title: "Assembly",
  topic: "Garden",
  language: "en" as const,
  startedAt: 0,
  endedAt: 1,
};

function entry(result: MinutesResult, method: MinutesEntry["madeBy"]["method"] = "highlights"): MinutesEntry {
  const madeBy = { plugin: result.form, version: "1", method, model: null, prompt: null, at: 0 };
  return { about: { kind: "meeting" }, result, madeBy };
}

/** A ring in which Anna said these sentences, of which all are its summary. */
function ring(part: number, number: number, ...texts: readonly string[]): RingMaterial {
  const id = meetingId(`mring${part}x${number}0000`);
  const said = texts.map((text, at) => utterance({ id: `${at + 1}.1`, turn: at + 1, text }));
  return {
    part,
    ring: number,
    theme: null,
    delegate: null,
    given: false,
    meeting: meeting({ id, phase: "ended" }),
    record: record({
      utterances: said,
      turns: said.map(({ turn: of }) => turn(of, 0, ANNA)),
      minutes: [
        entry({ form: "summary", sentences: said.map(({ text, id: from }) => ({ text, from: [from] })) }),
        entry({
          form: "decisions",
          decisions: [
            { id: "d1", text: "We plant apple trees", from: ["1.1"], confirmedBy: null, status: "suggested" },
          ],
        }),
      ],
    }),
  };
}

function whole(kinds: readonly AssemblyPart["kind"][], rings: readonly RingMaterial[]) {
  const parts = kinds.map((kind, index): AssemblyPart => {
    const own = rings.filter(({ part }) => part === index + 1).map(ringResult);
    return { number: index + 1, kind, title: kind, rings: own };
  });
  return rollUp(FACTS, parts);
}

const ONE = ring(1, 1, "The old orchard needs new apple trees.", "We need a place for children to play.");
const TWO = ring(1, 2, "Dogs should stay outside the garden.", "New apple trees for the old orchard, please.");
const THREE = ring(1, 3, "A bench beside the pond would be lovely.");

test("what several rings said apart from each other is one, with the words of both, and comes first", () => {
  const { summary } = whole(["rings"], [ONE, TWO, THREE]);
  expect(summary[0]).toMatchObject({
    text: "The old orchard needs new apple trees.",
    rings: [
      { part: 1, ring: 1 },
      { part: 1, ring: 2 },
    ],
    from: [
      { meeting: ONE.meeting.id, utterance: "1.1", turn: 1 },
      { meeting: TWO.meeting.id, utterance: "2.1", turn: 2 },
    ],
  });
});

test("each ring is heard in the summary, and every sentence rests on an utterance that is there", () => {
  const rings = [ONE, TWO, THREE];
  const { summary, decisions } = whole(["rings"], rings);
  for (const { ring: number } of rings)
    expect(
      summary.some((each) => each.rings.some((of) => of.ring === number)),
      `ring ${number}`,
    ).toBe(true);
  for (const { from } of [...summary, ...decisions])
    for (const { meeting: id, utterance: said } of from) {
      const found = rings.find((each) => each.meeting.id === id)?.record.utterances.some((each) => each.id === said);
      expect(found).toBe(true);
    }
  expect(decisions).toHaveLength(1);
  expect(decisions[0]?.rings).toHaveLength(3);
});

test("what the delegates said stands in the summary; a sentence whose words were taken back does not", () => {
  const delegates = ring(2, 1, "All rings ask for a children's corner first.");
  const gone = { ...THREE, record: { ...THREE.record, utterances: [] } };
  const { summary } = whole(["rings", "delegates"], [ONE, TWO, gone, delegates]);
  expect(summary[0]?.text).toBe("All rings ask for a children's corner first.");
  expect(summary.map(({ text }) => text)).not.toContain("A bench beside the pond would be lovely.");
});

test("different things stay apart, and short ones are joined only where they are the same", () => {
  const { summary } = whole(["rings"], [ring(1, 1, "Yes."), ring(1, 2, "No."), ring(1, 3, "Yes.")]);
  expect(summary.map(({ text, rings }) => [text, rings.length])).toEqual([
    ["Yes.", 2],
    ["No.", 1],
  ]);
});

test("the graph of the whole has one node for each person, and joins decisions of two rings by a line", () => {
  const graph = assemblyGraph([ONE, TWO].map((each) => buildGraph(each.meeting, each.record)));
  expect(graph.nodes.filter(({ id }) => id === `participant:${ANNA}`)).toHaveLength(1);
  const decisions = graph.nodes.filter(({ kind }) => kind === "decision");
  expect(decisions).toHaveLength(2);
  expect(graph.edges).toContainEqual(
    expect.objectContaining({ kind: "same", source: decisions[0]?.id, target: decisions[1]?.id, knownBy: "rules" }),
  );
});
