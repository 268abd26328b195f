import fc from "fast-check";
import { ringNumbered } from "../../../appservice/assembly/assembly.ts";
import { formatGuestId, formatTelegramId } from "../../../appservice/protocol/identity.ts";
import { AssemblyTable, people, planned, who } from "./table.ts";

const OTHERS = Array.from({ length: 8 }, (_, i) => [
  formatGuestId(new Uint8Array(16).fill(i)),
  formatTelegramId(100 + i),
]);
/** People of Matrix, guests and people of Telegram, by turns. */
const NAMES = people(OTHERS.length).flatMap((name, i) => [name, ...(OTHERS[i] ?? [])]);
const name = fc.constantFrom("mod", ...NAMES);
const ring = fc.integer({ min: 1, max: 6 });

const rings = fc.record({
  kind: fc.constant("rings"),
  size: fc.constantFrom(
    { least: 4, most: 7 },
    { least: 1, most: 1 },
    { least: 2, aim: 2, most: 3 },
    { least: 3, most: 5 },
  ),
  delegate: fc.constantFrom("consent", "lot", "quietest"),
  keepers: fc.constantFrom("lot", "rotation", "nobody"),
  hostStays: fc.boolean(),
});
const next = fc.oneof(
  rings,
  fc.record({ kind: fc.constant("rings"), company: fc.constant("same"), delegate: fc.constant("lot") }),
  fc.record({
    kind: fc.constant("delegates"),
    who: fc.constantFrom("delegates", "delegates-and-keepers", "lot"),
  }),
  fc.record({ kind: fc.constantFrom("plenary", "closing"), speaks: fc.constantFrom("keeper", "all") }),
  fc.constant({ kind: "topics" }),
);
const phases = fc.tuple(rings, fc.array(next, { maxLength: 4 })).map(([first, rest]) => {
  const all: object[] = [first, ...rest];
  return all.flatMap((phase, i) => {
    const before = all[i - 1];
    const afterTopics = before && "kind" in before && before.kind === "topics";
    return "kind" in phase && phase.kind === "rings" && afterTopics ? [{ ...phase, byTopic: true }] : [phase];
  });
});

const plain = [
  "leave",
  "go-on",
  "ready",
  "call-keeper",
  "agree-delegate",
  "refuse-delegate",
  "take-chair",
  "leave-chair",
  "speak-to-all",
  "stop-speaking",
  "give-along",
] as const;
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom(...plain), name }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constantFrom("join" as const, "arrive" as const, "removed" as const), name }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom("move" as const, "ask-move" as const, "visit" as const, "listen-in" as const),
      name,
      ring,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom("name-delegate" as const, "take-out" as const), name, whom: name }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("arrived" as const, "dropped" as const), name, ring }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("over" as const), ring }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("topic" as const), name, topic: fc.integer({ min: 0, max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("more" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("away" as const), seconds: fc.integer({ min: 0, max: 200 }) }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant("wait" as const), seconds: fc.integer({ min: -20, max: 200 }) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

export const randomAssembly = fc.record({
  count: fc.integer({ min: 1, max: 24 }),
  seed: fc.nat(),
  phases,
  steps: fc.array(step, { maxLength: 60 }),
});
export type RandomAssembly = typeof randomAssembly extends fc.Arbitrary<infer T> ? T : never;

/** Plays it, and shows the table after every step. */
export function playAssembly(
  { count, seed, phases, steps }: RandomAssembly,
  look: (table: AssemblyTable) => void = () => {},
): AssemblyTable {
  const table = beginAt(new AssemblyTable(), { count, seed, phases });
  look(table);
  for (const each of steps) {
    act(table, each);
    look(table);
  }
  return table;
}

/** Gathers people at a table, and starts. */
export function beginAt<T extends AssemblyTable>(
  table: T,
  { count, seed, phases }: Pick<RandomAssembly, "count" | "seed" | "phases">,
): T {
  return table.gather("mod", ...NAMES.slice(0, count)).start("mod", planned(phases), seed);
}

export function act(table: AssemblyTable, step: Step): void {
  switch (step.do) {
    case "join":
      return void table.join(step.name, step.name.length > 2 ? "ru" : "en");
    case "arrive":
      return void table.arrive(step.name);
    case "removed":
      return void table.send({ type: "removed", who: who(step.name), at: table.at });
    case "move":
      return void table.by("mod", { type: "move", who: who(step.name), to: step.ring });
    case "visit":
      return void table.by("mod", { type: "visit", to: step.ring });
    case "listen-in":
      return void table.by(`guest-${step.name}`, { type: "listen-in", name: step.name, to: step.ring });
    case "ask-move":
      return void table.by(step.name, { type: "ask-move", to: step.ring });
    case "name-delegate":
      return void table.by(step.name, { type: "name-delegate", who: who(step.whom) });
    case "take-out":
      return void table.by("mod", { type: "take-out", who: who(step.whom) });
    case "arrived":
    case "dropped":
      return void table.send({ type: step.do, who: who(step.name), ring: step.ring, at: table.at });
    case "over":
      return over(table, step.ring);
    case "topic":
      return void (step.topic === 0
        ? table.by(step.name, { type: "propose-topic", text: "A topic" })
        : table.by(step.name, { type: "choose-topic", topic: step.topic }));
    case "more":
      return void table.by("mod", { type: "more-time", byMs: 30_000 });
    case "away":
      table.at += step.seconds * 1000;
      return void table.send({ type: "returned", since: table.at - step.seconds * 1000, at: table.at });
    case "wait":
      return void table.wait(step.seconds);
    default:
      return void table.by(step.name, { type: step.do });
  }
}

/** The meeting of a ring ends only once it runs. */
function over(table: AssemblyTable, ring: number): void {
  const { state } = table;
  if (state.phase === "running" && ringNumbered(state, ring)?.status === "running") table.over(ring);
}
