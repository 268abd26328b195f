import fc from "fast-check";
import { expect, test } from "vitest";
import { randomAssembly } from "../../tests/support/assembly/random-assemblies.ts";
import { playServed } from "../../tests/support/assembly/served-table.ts";
import { heldRings } from "../assembly/held-rings.ts";
import { endOf, startOf } from "../circle/meeting.ts";

test("whoever sits in it, guests and people of Telegram too, a ring that begins talks, and ends with the assembly", async () => {
  await fc.assert(
    fc.asyncProperty(randomAssembly, async (made) => {
      const { state, served } = await playServed(made, (table) => {
        expect(table.unbegun, "rings that run without a meeting that does").toEqual([]);
        expect(table.left, "meetings that no ring has any more").toEqual([]);
        expect(table.lost, "people who never went").toEqual([]);
      });
      expect(state.phase).toBe("ended");
      const held = heldRings(state).map(({ meeting }) => meeting);
      expect(new Set(held).size, "no meeting is that of two parts").toBe(held.length);
      const begun = served.meetings.all().filter(({ meeting }) => startOf(meeting) !== null);
      for (const { meeting } of begun) expect(endOf(meeting)).not.toBeNull();
      expect(served.decided.filter((asked) => /^(start|end|pause|resume|join|removed) (?!true)/.test(asked))).toEqual(
        [],
      );
    }),
    { numRuns: 40 },
  );
}, 120_000);
