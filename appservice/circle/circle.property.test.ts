import fc from "fast-check";
import { expect, test } from "vitest";
import { nextDeadline } from "./clock.ts";
import type { CircleEvent } from "./event.ts";
import { replay } from "./evolve.ts";
import { floorOf, type Meeting } from "./meeting.ts";
import { council, Play } from "./play.ts";

const NAMES = ["ann", "bob", "eve", "dan", "mod"];
const name = fc.constantFrom(...NAMES);
const acts = ["pass", "skip", "accept", "pause", "resume", "next-circle", "leave", "lower-hand"] as const;

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom(...acts), name }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("end" as const), name }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom("join", "connect", "drop", "remove", "extend"), name }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("raise" as const), name, hand: fc.constantFrom("reply", "clarify", "point-of-order") }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("position" as const), name, position: fc.constantFrom("consent", "object") }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("write" as const), name, finished: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("call-lost" as const, "call-back" as const), name }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("wait" as const), seconds: fc.integer({ min: -5, max: 70 }) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const kind = fc.constantFrom("statement" as const, "consent" as const, "open-floor" as const, "silent-writing" as const);

const game = fc.record({
  people: fc.integer({ min: 1, max: 4 }),
  accept: fc.constantFrom("auto" as const, "by-next" as const),
  betweenSeconds: fc.constantFrom(0, 10),
  order: fc.constantFrom("joined" as const, "drawn" as const, "quietest-first" as const),
  kinds: fc.tuple(kind, kind),
  steps: fc.array(step, { maxLength: 80 }),
});

function play(table: Play, move: Step): void {
  if (move.do === "wait") table.wait(move.seconds);
  else if (move.do === "call-lost" || move.do === "call-back") table.send({ type: move.do, at: table.at });
  else if (move.do === "raise") table.raise(move.name, move.hand);
  else if (move.do === "position") table.position(move.name, move.position, "because");
  else if (move.do === "write") table.write(move.name, "a text", move.finished);
  else if (move.do === "extend") table.extend(move.name, 30_000);
  else if (move.do === "join" || move.do === "connect" || move.do === "drop" || move.do === "remove") table[move.do](move.name);
  else table.by(move.name, move.do, table.state.version);
}

function run(g: typeof game extends fc.Arbitrary<infer T> ? T : never, after: (table: Play) => void = () => {}): Play {
  const table = new Play().gather(...NAMES.slice(0, g.people));
  const circles = g.kinds.map((each, i) => ({ id: `c${i}`, theme: each, kind: each, repeat: { until: "nobody-objects" as const, from: "c0", atMost: 1 } }));
  table.start("ann", council({ accept: g.accept, betweenSeconds: g.betweenSeconds, order: g.order, circles }));
  for (const move of g.steps) {
    play(table, move);
    after(table);
  }
  return table;
}

/** Lets time alone do the rest: whatever happened, a meeting that is not paused comes to its end. */
function finish(table: Play): void {
  if (table.state.pausedAt !== null) table.by("mod", "resume");
  for (let i = 0; table.state.phase !== "ended"; i++) {
    expect(i, "a meeting must end by time alone").toBeLessThan(500);
    const next = nextDeadline(table.state);
    if (next === null) throw new Error(`nothing is due in phase ${table.state.phase}`);
    table.at = Math.max(table.at, next);
    table.wait(0);
  }
}

const finishedTurns = (meeting: Meeting, circle: number) => {
  const reasons = new Set(["passed", "forced", "time-up", "left"]);
  return meeting.ended.filter((turn) => turn.circle === circle && turn.hand === null && reasons.has(turn.reason)).map((turn) => turn.speaker);
};

test("nobody has two finished turns in a circle", () => {
  fc.assert(
    fc.property(game, (g) => {
      const { state } = run(g);
      for (let circle = 0; circle <= (state.circle?.index ?? 0); circle++) {
        const speakers = finishedTurns(state, circle);
        expect(new Set(speakers).size).toBe(speakers.length);
      }
    }),
  );
});

test("nobody is skipped: at its end everyone in the ring has had the word, or was offered it at least twice", () => {
  fc.assert(
    fc.property(game, (g) => {
      const table = run({ ...g, steps: g.steps.filter((move) => move.do !== "end") });
      finish(table);
      const { journal } = table;
      for (const end of journal.filter((event) => event.type === "circle-ended")) {
        const started = journal.find((event) => event.type === "circle-started" && event.index === end.index);
        if (started?.type === "circle-started" && started.stage === "floor") continue;
        const ring = ringOf(journal, end.index);
        for (const who of ring) {
          const turns = table.state.ended.filter((turn) => turn.circle === end.index && turn.hand === null && turn.speaker === who);
          const finished = finishedTurns(table.state, end.index).includes(who);
          expect(finished || turns.length >= 2, `${who} in circle ${end.index}`).toBe(true);
        }
      }
    }),
  );
});

/** Everyone who sat in a circle and did not leave it before their turn came. */
function ringOf(journal: readonly CircleEvent[], index: number): string[] {
  const from = journal.findIndex((event) => event.type === "circle-started" && event.index === index);
  const to = journal.findIndex((event) => event.type === "circle-ended" && event.index === index);
  const ring = new Set<string>();
  for (const event of journal.slice(from, to)) {
    if (event.type === "circle-started") for (const who of event.ring) ring.add(who);
    if (event.type === "ring-joined") ring.add(event.who);
    if (event.type === "person-left") ring.delete(event.who);
  }
  return [...ring];
}

test("the floor has at most one holder, and it is the one whose turn runs", () => {
  fc.assert(
    fc.property(game, (g) => {
      run(g, ({ state }) => {
        const floor = floorOf(state);
        const runs = (state.phase === "circle" || state.phase === "between") && state.pausedAt === null && state.turn?.status === "speaking";
        if (floor.mode === "speaker") expect(floor.speaker).toBe(state.turn?.speaker);
        expect(floor.mode === "speaker").toBe(runs);
      });
    }),
  );
});

test("every turn that began has ended when the meeting has, and its time is within its limit and grace", () => {
  fc.assert(
    fc.property(game, (g) => {
      const table = run(g);
      finish(table);
      const offered = table.journal.filter((event) => event.type === "word-offered").length;
      expect(table.state.ended.length).toBe(offered);
      expect(table.state.turn).toBeNull();
    }),
  );
});

test("a replayed journal gives the same state, at every point", () => {
  fc.assert(
    fc.property(game, (g) => {
      run(g, ({ journal, state }) => expect(replay(journal)).toEqual(state));
    }),
    { numRuns: 40 },
  );
});

test("a refused command leaves no trace", () => {
  fc.assert(
    fc.property(game, (g) => {
      let before: number | null = null;
      run(g, ({ journal, last, state }) => {
        if (!last.accepted && before !== null) expect(journal.length).toBe(before);
        before = journal.length;
        expect(state.version).toBe(journal.length);
      });
    }),
  );
});
