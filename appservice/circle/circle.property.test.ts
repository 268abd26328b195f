import fc from "fast-check";
import { expect, test } from "vitest";
import { nextDeadline } from "./clock.ts";
import type { CircleEvent } from "./event.ts";
import { replay } from "./evolve.ts";
import { floorOf, type Meeting, turnOf, pausedSince, circleOf } from "./meeting.ts";
import { game, run } from "../../tests/support/circle/random-games.ts";
import type { Play } from "../../tests/support/circle/play.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

/** Lets time alone do the rest: whatever happened, a meeting that is not paused comes to its end. */
function finish(table: Play): void {
  if (pausedSince(table.state) !== null) table.by("mod", "resume");
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
  return meeting.ended
    .filter((turn) => turn.circle === circle && turn.hand === null && reasons.has(turn.reason))
    .map((turn) => turn.speaker);
};

/** Events from a circle's beginning to its end. */
function within(journal: readonly CircleEvent[], index: number): readonly CircleEvent[] {
  const from = journal.findIndex((event) => event.type === "circle-started" && event.index === index);
  const to = journal.findIndex((event) => event.type === "circle-ended" && event.index === index);
  return journal.slice(from, to === -1 ? undefined : to);
}

test("nobody has two finished turns in a circle, but by leave of the keeper", () => {
  fc.assert(
    fc.property(game, (g) => {
      const { state, journal } = run(g);
      for (let circle = 0; circle <= (circleOf(state)?.index ?? 0); circle++) {
        const events = within(journal, circle);
        for (const who of new Set(finishedTurns(state, circle))) {
          const finished = finishedTurns(state, circle).filter((speaker) => speaker === who).length;
          const given = events.filter((event) => event.type === "turn-given" && event.to === who).length;
          expect(finished).toBeLessThanOrEqual(1 + given);
        }
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
        // The keeper may end it before all have spoken; that is said.
        if (journal.some((event) => event.type === "circle-cut-short" && event.index === end.index)) continue;
        const ring = ringOf(journal, end.index);
        for (const who of ring) {
          const turns = table.state.ended.filter(
            (turn) => turn.circle === end.index && turn.hand === null && turn.speaker === who,
          );
          const finished = finishedTurns(table.state, end.index).includes(personId(who));
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
        const runs =
          (state.phase === "circle" || state.phase === "between") &&
          state.pausedAt === null &&
          state.turn?.status === "speaking";
        if (floor.mode === "speaker") expect(floor.speaker).toBe(turnOf(state)?.speaker);
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
      expect(turnOf(table.state)).toBeNull();
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
