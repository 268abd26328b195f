import { describe, expect, test } from "vitest";
import type { MeetingGraph } from "../../protocol/meeting-graph.ts";
import { MeetingGraph as GraphSchema } from "../../protocol/meeting-graph.ts";
import type { CircleSnapshot } from "../../protocol/meeting-snapshot.ts";
import type { MeetingRecord } from "../../protocol/meeting-record.ts";
import { council } from "../../../tests/support/minutes/council.ts";
import { meeting, record as recordOf, turn } from "../../../tests/support/minutes/meeting.ts";
import { utterance } from "../../../tests/support/minutes/utterance.ts";
import { buildGraph } from "./build.ts";
import { answersQuestion, speechAct } from "./speech-act.ts";
import { personId } from "../../../tests/support/protocol/ids.ts";

const [ANNA, BORIS, SUE] = [personId("@anna:x"), personId("@boris:x"), personId("@sue:x")];
const circle = (index: number, given: Partial<CircleSnapshot> = {}): CircleSnapshot => ({
  index,
  kind: "statement",
  theme: `Круг ${index + 1}`,
  secondsPerTurn: 60,
  status: "done",
  round: 1,
  stances: [],
  texts: [],
  ...given,
});

/** Makes a record in which each speaks once, in that order, in the first circle. */
function said(...lines: readonly (readonly [speaker: string, text: string])[]): MeetingRecord {
  return recordOf({
    turns: lines.map(([speaker], i) => ({ ...turn(i + 1, 0, personId(speaker)), spokenMs: 60_000 })),
    utterances: lines.map(([speaker, text], i) =>
      utterance({ id: `${i + 1}.1`, turn: i + 1, speaker: personId(speaker), text }),
    ),
  });
}
const graphOf = (record: MeetingRecord, circles = [circle(0)]) =>
  buildGraph(meeting({ phase: "ended", circles }), record);
const textOf = ({ nodes }: MeetingGraph, id: string) => {
  const node = nodes.find((each) => each.id === id);
  return `${node?.kind}: ${node?.text}`;
};
const lines = (graph: MeetingGraph, ...kinds: string[]) =>
  graph.edges
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ kind, source, target }) => `${textOf(graph, source)} —${kind}→ ${textOf(graph, target)}`);

describe("what a sentence does, by its wording", () => {
  test.each([
    ["Я предлагаю отказаться от второго дата-центра.", "proposal"],
    ["А что если поливать по очереди?", "proposal"],
    ["We should write shorter letters to the neighbours.", "proposal"],
    ["How about two meetings a month?", "proposal"],
    ["Кто возьмёт на себя полив в июне?", "question"],
    ["Will somebody take notes at the sessions?", "question"],
    ["Поддерживаю Анну.", "agreement"],
    ["I agree with Ann here.", "agreement"],
    ["С Борисом я не согласен, второй центр нам нужен.", "objection"],
    ["I disagree with Boris about the servers.", "objection"],
    // Sentences that are none of these:
    ["Клиент согласен подождать неделю.", null],
    ["Я согласна, если мы успеем к пятнице.", null],
    ["I would agree with Ann if it were cheaper.", null],
    ["Давайте начнём с Бориса.", null],
    ["Let's move on to the next point.", null],
    ["Меня слышно?", null],
    ["Да.", null],
    ["Серверы подорожали летом.", null],
  ])("%s", (sentence, act) => expect(speechAct(sentence)).toBe(act));

  test.each([
    ["Отвечая на вопрос Анны: да, к пятнице успею.", true],
    ["To answer your question, Ann: it is ready.", true],
    ["Это хороший вопрос.", false],
  ])("%s", (sentence, answers) => expect(answersQuestion(sentence)).toBe(answers));
});

test("who supports whom and who objects to whom, where they said so by name", () => {
  const graph = graphOf(
    said(
      [ANNA, "Предлагаю закрыть второй склад до зимы. Товара в нём почти не осталось."],
      [BORIS, "Я поддерживаю Анну, второй склад давно пора закрыть."],
      [SUE, "I disagree with Anna, the second store is close to our best customers."],
    ),
  );
  expect(lines(graph, "supports", "objects")).toEqual([
    "agreement: Я поддерживаю Анну, второй склад давно пора закрыть. —supports→ proposal: Предлагаю закрыть второй склад до зимы.",
    "objection: I disagree with Anna, the second store is close to our best customers. —objects→ proposal: Предлагаю закрыть второй склад до зимы.",
  ]);
  expect(graph.edges.filter(({ kind }) => kind === "supports")[0]?.knownBy).toBe("rules");
});

test("agreement that names nobody goes to what was just said", () => {
  const graph = graphOf(
    said([ANNA, "Серверы подорожали летом на треть."], [BORIS, "Полностью согласен, так дальше нельзя жить."]),
  );
  expect(lines(graph, "supports")).toEqual([
    "agreement: Полностью согласен, так дальше нельзя жить. —supports→ statement: Серверы подорожали летом на треть.",
  ]);
});

test("an answer is tied to the question it says it answers", () => {
  const graph = graphOf(
    said(
      [ANNA, "Кто возьмёт на себя полив в июне?"],
      [BORIS, "У нас новая теплица за домом."],
      [SUE, "To answer Anna's question, I will do the watering in June."],
    ),
  );
  expect(lines(graph, "answers")).toEqual([
    "statement: To answer Anna's question, I will do the watering in June. —answers→ question: Кто возьмёт на себя полив в июне?",
  ]);
});

test("consent and objections are data: they speak of the proposal, and consent of all makes a decision", () => {
  const record = said([ANNA, "Предлагаю поливать по очереди каждую неделю."]);
  const stances = [
    { who: BORIS, position: "consent", reason: "" },
    { who: SUE, position: "object", reason: "not on Saturdays" },
  ] as const;
  const open = graphOf(record, [circle(0), circle(1, { kind: "consent", stances: [...stances] })]);
  expect(lines(open, "objects", "supports", "agreed")).toEqual([
    "objection: not on Saturdays —objects→ proposal: Предлагаю поливать по очереди каждую неделю.",
    "participant: Борис —supports→ proposal: Предлагаю поливать по очереди каждую неделю.",
  ]);
  const decided = graphOf(record, [circle(0), circle(1, { kind: "consent", stances: [stances[0]] })]);
  expect(lines(decided, "agreed", "derived")).toEqual([
    "decision: Предлагаю поливать по очереди каждую неделю. —derived→ proposal: Предлагаю поливать по очереди каждую неделю.",
    "participant: Борис —agreed→ decision: Предлагаю поливать по очереди каждую неделю.",
  ]);
});

test("a task hangs on its owner, on who said it, and on the words it came from; one that was taken back is gone", () => {
  const record = said(
    [ANNA, "Предлагаю купить новый насос для колодца."],
    [BORIS, "Хорошо, насос куплю я до пятницы."],
  );
  const task = { id: "t1", title: "Купить новый насос для колодца", owner: BORIS, due: null, from: ["1.1"] };
  const withTask = (status: "open" | "dropped"): MeetingRecord => ({
    ...record,
    minutes: [
      {
        about: { kind: "meeting" },
        madeBy: { plugin: "tasks", version: "1", method: "rules", model: null, prompt: null, at: 1 },
        result: { form: "tasks", tasks: [{ ...task, status }] },
      },
    ],
  });
  const graph = graphOf(withTask("open"));
  expect(lines(graph, "assigned", "said")).toEqual(
    expect.arrayContaining([
      "task: Купить новый насос для колодца —assigned→ participant: Борис",
      "participant: Анна —said→ task: Купить новый насос для колодца",
    ]),
  );
  expect(graphOf(withTask("dropped")).nodes.some(({ kind }) => kind === "task")).toBe(false);
});

test("a decision that was called out stands once, and comes from the proposal in the same words", () => {
  const record = said([ANNA, "Предлагаю закрыть второй склад до зимы."]);
  const called = utterance({
    id: "2.1",
    turn: 2,
    speaker: BORIS,
    text: "",
    segments: [
      {
        kind: "command",
        text: "Решение: закрыть второй склад до зимы.",
        command: { type: "decision", text: "закрыть второй склад до зимы" },
      },
    ],
  });
  const graph = graphOf({ ...record, utterances: [...record.utterances, called] });
  expect(lines(graph, "derived")).toEqual([
    "decision: закрыть второй склад до зимы —derived→ proposal: Предлагаю закрыть второй склад до зимы.",
  ]);
  expect(graph.nodes.filter(({ text }) => text.includes("закрыть второй склад"))).toHaveLength(2);
});

test("an open question of the minutes stands in the graph, once, however it was asked", () => {
  const record = said([ANNA, "Кто возьмёт ключи от склада?"], [BORIS, "Интересно, хватит ли нам денег до весны."]);
  const open = (id: string, text: string, from: string) => ({
    id,
    text,
    from: [from],
    confirmedBy: null,
    status: "suggested" as const,
    answeredIn: [],
  });
  const [first, second] = record.utterances;
  const found = [
    open("q1", "Кто возьмёт ключи от склада?", first!.id),
    open("q2", "Хватит ли нам денег до весны?", second!.id),
  ];
  const graph = graphOf({
    ...record,
    minutes: [
      {
        about: { kind: "meeting" },
        result: { form: "questions", questions: found },
        madeBy: { plugin: "questions", version: "1", method: "rules", model: null, prompt: null, at: 1 },
      },
    ],
  });
  expect(
    graph.nodes
      .filter(({ kind }) => kind === "question")
      .map(({ text }) => text)
      .sort(),
  ).toEqual(["Кто возьмёт ключи от склада?", "Хватит ли нам денег до весны?"]);
});

describe("of a council of seven in two languages", () => {
  const { meeting: of, record } = council();
  const graph = buildGraph(of, record);

  test("it fits its schema, each line has both ends, and the same record makes the same graph", () => {
    expect(GraphSchema.parse(graph)).toEqual(graph);
    const ids = new Set(graph.nodes.map(({ id }) => id));
    expect(graph.edges.filter(({ source, target }) => !ids.has(source) || !ids.has(target))).toEqual([]);
    expect(buildGraph(of, record)).toEqual(graph);
  });

  test("whatever was said rests on utterances that are there; everybody is in it; a circle does not fill the page", () => {
    const known = new Set(record.utterances.map(({ id }) => id));
    for (const { kind, text, from } of graph.nodes) {
      expect(
        from.every((id) => known.has(id)),
        text,
      ).toBe(true);
      if (kind !== "theme") expect(from.length, text).toBeGreaterThan(0);
    }
    const statements = graph.nodes.filter(
      ({ kind }) =>
        kind === "statement" ||
        kind === "proposal" ||
        kind === "agreement" ||
        kind === "objection" ||
        kind === "question",
    );
    for (const { id } of of.people)
      expect(
        statements.some(({ people }) => people.includes(id)),
        id,
      ).toBe(true);
    expect(
      Math.max(...of.circles.map(({ index }) => statements.filter((node) => node.circle === index).length)),
    ).toBeLessThanOrEqual(12);
  });

  test("Vera agrees with two, Gleb objects to the proposal of Boris, and the data centre is a theme", () => {
    expect(lines(graph, "supports", "objects")).toEqual(
      expect.arrayContaining([
        "agreement: Я согласна и с Анной, и с Сью. —supports→ participant: Анна",
        "agreement: Я согласна и с Анной, и с Сью. —supports→ participant: Sue",
        "objection: С Борисом я не согласен, второй дата-центр нам нужен, иначе при аварии мы будем лежать целый день. —objects→ proposal: Я предлагаю отказаться от второго дата-центра, потому что он почти не используется.",
      ]),
    );
    expect(graph.nodes.filter(({ kind }) => kind === "theme").map(({ text }) => text)).toContain("дата-центр");
  });

  test("centrality is a share of the most central one's", () => {
    const shares = graph.nodes.map(({ centrality }) => centrality);
    expect(Math.max(...shares)).toBe(1);
    expect(Math.min(...shares)).toBeGreaterThan(0);
  });
});

test("a meeting of nothing has a graph of nobody's words", () => {
  const graph = graphOf(recordOf({}), []);
  expect(graph.nodes.map(({ kind }) => kind)).toEqual(["participant", "participant", "participant"]);
});
