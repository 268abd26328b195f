import { expect, test } from "vitest";
import { translateTo } from "../../language/translate.ts";
import { layoutOf } from "../../protocol/graph-layout/layout.ts";
import { type Page, pageOf, POSTER } from "../../protocol/graph-layout/page.ts";
import { inLines, widthOf } from "../../protocol/graph-layout/text-width.ts";
import type { GraphEdge, GraphNode, MeetingGraph } from "../../protocol/meeting-graph.ts";
import { asPng } from "./png.ts";
import { graphPicture } from "./svg.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import { meetingId, personId } from "../../../tests/support/protocol/ids.ts";

const who = (index: number) => personId(`@p${index}:x`);
function node(
  id: string,
  kind: GraphNode["kind"],
  text: string,
  people: ParticipantId[],
  circle: number | null = 0,
): GraphNode {
  return {
    id,
    kind,
    text,
    people,
    circle,
    from: ["1.1"],
    knownBy: kind === "task" ? "rules" : "meeting",
    centrality: 0.5,
    meetings: [meetingId("m00000001")],
  };
}
const edge = (kind: GraphEdge["kind"], source: string, target: string): GraphEdge => ({
  id: `${kind}|${source}|${target}`,
  kind,
  source,
  target,
  weight: 1,
  knownBy: "rules",
});

/** Makes a graph of so many people, each with three statements in each of three circles, and a task. */
function graphOf(people: number, text: string): MeetingGraph {
  const ids = Array.from({ length: people }, (_, i) => i);
  const said = ids.flatMap((i) =>
    [0, 1, 2].map((circle) => node(`s${i}${circle}`, "statement", text, [who(i)], circle)),
  );
  return {
    format: 1,
    meetings: [{ id: meetingId("m00000001"), title: "Tea", startedAt: 0 }],
    nodes: [
      ...ids.map((i) => node(`participant:${who(i)}`, "participant", `Участник ${i}`, [who(i)], null)),
      ...[0, 1, 2].map((circle) => node(`circle:${circle}`, "circle", text, [], circle)),
      ...said,
      ...ids.map((i) => node(`t${i}`, "task", text, [who(i)])),
    ],
    edges: [
      ...said.map(({ id, people: [by = ""] }) => edge("said", `participant:${by}`, id)),
      ...ids.map((i) => edge("assigned", `t${i}`, `participant:${who(i)}`)),
      edge("objects", "s10", "s00"),
    ],
  };
}
const LONG =
  "Предлагаю отказаться от второго дата-центра, потому что он почти не используется, а платим мы за него каждый месяц больше, чем за всё остальное вместе, и никто не помнит зачем.";
const captions = { title: "Чай & <печенье>", facts: "23 ноября", language: "ru", t: translateTo("ru") } as const;

const PAGES: readonly (readonly [string, Page])[] = [
  ["the poster", POSTER],
  ...[232, 287, 430, 620, 859, 860, 940, 1160, 1880].map((width) => [`${width} px`, pageOf(width)] as const),
];
const MEETINGS = [
  [1, LONG],
  [4, LONG],
  [7, LONG],
  [12, "Да"],
] as const;

test.each(PAGES.flatMap(([name, page]) => MEETINGS.map(([people, text]) => [name, people, text, page] as const)))(
  "on %s nothing of %i people lies over anything, and nothing runs off the page",
  (_, people, text, page) => {
    const { cards, discs, height } = layoutOf(graphOf(people, text), page, 100);
    const boxes = [
      ...cards.map(({ node: { id }, x, y, width, height: tall }) => ({ id, x, y, width, height: tall })),
      ...discs.map(({ node: { id }, x, y, radius, name, side }) =>
        side === "row"
          ? {
              id,
              x: x - radius,
              y: y - radius,
              width: 2 * radius + 10 + widthOf(name[0] ?? "", 14),
              height: 2 * radius,
            }
          : { id, x: x - 59, y: y - radius, width: 118, height: 2 * radius + 8 + name.length * 17 },
      ),
    ];
    expect(boxes).toHaveLength(people + 3 + people * 3 + people);
    for (const [i, one] of boxes.entries()) {
      for (const other of boxes.slice(i + 1)) {
        const apart =
          one.x + one.width <= other.x ||
          other.x + other.width <= one.x ||
          one.y + one.height <= other.y ||
          other.y + other.height <= one.y;
        expect(apart, `${one.id} and ${other.id}`).toBe(true);
      }
      expect(
        one.x >= 0 && one.x + one.width <= page.width && one.y >= 100 - 1 && one.y + one.height <= height + 30,
        one.id,
      ).toBe(true);
    }
  },
);

test("a text is broken into lines that fit, cut where there are too many, and no letter is lost of what is shown", () => {
  const lines = inLines(LONG, 200, 14, 4);
  expect(lines).toHaveLength(4);
  for (const line of lines) expect(widthOf(line, 14)).toBeLessThanOrEqual(200);
  expect(LONG.startsWith(lines.join(" ").slice(0, -1))).toBe(true);
  expect(inLines("Х".repeat(60), 200, 14, 9).join("")).toBe("Х".repeat(60));
});

test("the picture is the same for the same graph, and nobody's words are markup in it", () => {
  const graph = graphOf(3, `<script>alert("1")</script> & \u0000 ]]>`);
  const { svg } = graphPicture(graph, captions);
  expect(graphPicture(graph, captions).svg).toBe(svg);
  expect(svg).not.toMatch(/<script|\u0000|http:\/\/(?!www\.w3\.org)/);
  expect(svg).toContain("&lt;script&gt;");
  expect(svg).toContain("Чай &amp; &lt;печенье&gt;");
});

test("what was found by rule says so, and the lines are explained", () => {
  const { svg } = graphPicture(graphOf(3, "Чай"), captions);
  expect(svg).toContain("предложено, не подтверждено");
  expect(svg).toContain("возражает");
  expect(svg).not.toContain("поддерживает");
});

test("Cyrillic is drawn by the font that comes along: words leave ink, and other words other ink", async () => {
  const inked = async (text: string) =>
    Buffer.from(
      (
        await asPng(
          `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><text y="30" font-family="Inter" font-size="24">${text}</text></svg>`,
        )
      ).bytes,
    );
  const [shch, zhi, nothing] = await Promise.all([inked("Щука"), inked("Жираф"), inked("")]);
  expect(shch?.subarray(1, 4).toString()).toBe("PNG");
  expect(shch?.equals(zhi ?? Buffer.of())).toBe(false);
  expect(shch?.length).toBeGreaterThan((nothing?.length ?? 0) + 200);
});
