import fc from "fast-check";
import { council, id, Play } from "./play.ts";

const NAMES = ["ann", "bob", "eve", "dan", "mod"];
const name = fc.constantFrom(...NAMES);
const acts = ["pass", "skip", "accept", "pause", "resume", "next-circle", "leave", "lower-hand"] as const;

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom(...acts), name }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("end" as const), name }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom("join", "connect", "drop", "remove", "extend"), name }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("raise" as const),
      name,
      hand: fc.constantFrom("reply", "clarify", "point-of-order"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("position" as const),
      name,
      position: fc.constantFrom("consent", "object"),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("write" as const), name, finished: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom("group" as const, "dots" as const),
      name,
      on: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom("draw-order" as const, "more-time" as const, "set-theme" as const),
      name,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom("take-out" as const, "give-turn" as const, "reorder" as const),
      name: fc.constantFrom("ann", "mod"),
      whom: name,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("end-circle" as const), name: fc.constantFrom("bob", "mod") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("call-lost" as const, "call-back" as const), name }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("service-away" as const), seconds: fc.integer({ min: 0, max: 200 }) }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("wait" as const), seconds: fc.integer({ min: -5, max: 70 }) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const kind = fc.constantFrom(
  "statement" as const,
  "consent" as const,
  "open-floor" as const,
  "silent-writing" as const,
  "dot-vote" as const,
);

/** For tests: people at a table who do whatever comes into their heads. */
export const game = fc.record({
  people: fc.integer({ min: 1, max: 4 }),
  accept: fc.constantFrom("auto" as const, "by-next" as const),
  betweenSeconds: fc.constantFrom(0, 10),
  order: fc.constantFrom("joined" as const, "drawn" as const, "quietest-first" as const),
  kinds: fc.tuple(kind, kind),
  steps: fc.array(step, { maxLength: 80 }),
});

function play(table: Play, move: Step): void {
  if (move.do === "wait") table.wait(move.seconds);
  else if (move.do === "service-away") table.serviceAway(move.seconds);
  else if (move.do === "call-lost" || move.do === "call-back") table.send({ type: move.do, at: table.at });
  else if (move.do === "draw-order") table.ask(move.name, { type: "draw-order", seed: table.state.version });
  else if (move.do === "more-time") table.ask(move.name, { type: "more-time", byMs: 30_000 });
  else if (move.do === "set-theme")
    table.ask(move.name, { type: "set-theme", theme: `theme ${table.state.version}`, circle: null });
  else if (move.do === "take-out") table.ask(move.name, { type: "take-out", who: id(move.whom) });
  else if (move.do === "give-turn") table.ask(move.name, { type: "give-turn", to: id(move.whom) });
  else if (move.do === "reorder") table.ask(move.name, { type: "reorder", order: [id(move.whom)] });
  else if (move.do === "end-circle") table.ask(move.name, { type: "end-circle" });
  else if (move.do === "raise") table.raise(move.name, move.hand);
  else if (move.do === "position") table.position(move.name, move.position, "because");
  else if (move.do === "write") table.write(move.name, "a text", move.finished);
  else if (move.do === "group") table.ask(move.name, { type: "group-texts", texts: [1, move.on], name: "a group" });
  else if (move.do === "dots") table.ask(move.name, { type: "give-dots", on: [1, move.on, move.on] });
  else if (move.do === "extend") table.extend(move.name, 30_000);
  else if (move.do === "join" || move.do === "connect" || move.do === "drop" || move.do === "remove")
    table[move.do](move.name);
  else table.by(move.name, move.do, table.state.version);
}

export function run(
  g: typeof game extends fc.Arbitrary<infer T> ? T : never,
  after: (table: Play) => void = () => {},
): Play {
  const table = new Play().gather(...NAMES.slice(0, g.people));
  const circles = g.kinds.map((each, i) => ({
    id: `c${i}`,
    theme: each,
    kind: each,
    repeat: { until: "nobody-objects" as const, from: "c0", atMost: 1 },
  }));
  table.start("ann", council({ accept: g.accept, betweenSeconds: g.betweenSeconds, order: g.order, circles }));
  for (const move of g.steps) {
    play(table, move);
    after(table);
  }
  return table;
}
