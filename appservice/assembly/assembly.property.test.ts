import fc from "fast-check";
import { expect, test } from "vitest";
import { playAssembly, randomAssembly } from "../../tests/support/assembly/random-assemblies.ts";
import type { AssemblyTable } from "../../tests/support/assembly/table.ts";
import { phaseOf, standing, staying } from "./assembly.ts";
import { AssemblyEvent } from "./event.ts";
import { replayAssembly } from "./evolve.ts";

/** Rings that have been begun, and ended, in each phase. */
function ringsOf(table: AssemblyTable) {
  const open = new Set<number>();
  for (const event of table.journal) {
    if (event.type === "phase-started") {
      expect([...open], "a phase begins once the rings of the one before are over").toEqual([]);
      for (const { number } of event.rings) open.add(number);
    }
    if (event.type === "ring-done" || event.type === "ring-merged") open.delete(event.ring);
    if (event.type === "phase-ended" || event.type === "assembly-ended") open.clear();
  }
  return open;
}

test("while it runs everybody sits in exactly one ring, and in one that stands", () => {
  fc.assert(
    fc.property(randomAssembly, (made) => {
      playAssembly(made, ({ state }) => {
        if (state.phase !== "running") return;
        const numbers = standing(state).map(({ number }) => number);
        expect(new Set(state.members.map(({ id }) => id)).size).toBe(state.members.length);
        for (const { name, ring } of staying(state)) expect(numbers, `ring of ${name}`).toContain(ring);
      });
    }),
  );
});

test("at the beginning of a phase everybody is placed once", () => {
  fc.assert(
    fc.property(randomAssembly, (made) => {
      for (const { rings } of playAssembly(made).toTheEnd().happened("phase-started")) {
        const placed = rings.flatMap(({ seats, listeners }) => [...seats, ...listeners]);
        expect(new Set(placed).size).toBe(placed.length);
        for (const { seats } of rings) expect(seats.length).toBeGreaterThan(0);
      }
    }),
  );
});

test("every ring ends, and so does the assembly, by time alone", () => {
  fc.assert(
    fc.property(randomAssembly, (made) => {
      const table = playAssembly(made).toTheEnd();
      expect(table.state.phase).toBe("ended");
      expect([...ringsOf(table)]).toEqual([]);
    }),
  );
});

test("while a ring of few could go into another, none stays so small", () => {
  fc.assert(
    fc.property(randomAssembly, (made) => {
      playAssembly(made, ({ state, last }) => {
        if (state.phase !== "running" || !last.accepted) return;
        const phase = phaseOf(state);
        if (phase.kind !== "rings" || phase.byTopic || phase.company === "same") return;
        if (!last.events.some(({ type }) => type === "member-left")) return;
        const open = standing(state).filter(({ status }) => status !== "done");
        const sizes = open.map(({ number }) => staying(state).filter(({ ring }) => ring === number).length);
        const least = Math.min(3, phase.size.least);
        if (open.length > 1) expect(Math.min(...sizes)).toBeGreaterThanOrEqual(least);
      });
    }),
  );
});

test("a replayed journal gives the same assembly at every point, and so does one that was written down", () => {
  fc.assert(
    fc.property(randomAssembly, (made) => {
      playAssembly(made, ({ journal, state }) => expect(replayAssembly(journal)).toEqual(state));
      const { journal, state } = playAssembly(made);
      const read = journal.map((event) => AssemblyEvent.parse(JSON.parse(JSON.stringify(event))));
      expect(replayAssembly(read)).toEqual(state);
    }),
    { numRuns: 40 },
  );
});

test("a refused command leaves no trace", () => {
  fc.assert(
    fc.property(randomAssembly, (made) => {
      let before = 0;
      playAssembly(made, ({ journal, last, state }) => {
        if (!last.accepted) expect(journal.length).toBe(before);
        before = journal.length;
        expect(state.version).toBe(journal.length);
      });
    }),
  );
});
