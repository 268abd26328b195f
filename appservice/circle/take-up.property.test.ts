import fc from "fast-check";
import { expect, test } from "vitest";
import { courseKey, courseOf, MeetingCourse } from "./course.ts";
import { evolve } from "./evolve.ts";
import { floorOf, type Meeting, circleOf } from "./meeting.ts";
import { game, run } from "../../tests/support/circle/random-games.ts";
import { slim } from "./slim.ts";
import { snapshotOf } from "./snapshot.ts";
import { takenUp } from "./take-up.ts";

/** View that people have of it. Texts written and not shown yet are lost, so people are asked anew for them. */
const seen = (meeting: Meeting, at: number) => {
  const { version: _, stageBeganAt: __, wrote: ___, ...rest } = snapshotOf(meeting, at);
  return { ...rest, floor: floorOf(meeting) };
};

test("from what the room holds a meeting is taken up as everybody saw it, with the same speaker, the same time and the same ring", () => {
  fc.assert(
    fc.property(game, (g) => {
      let [key, course]: [string | null, MeetingCourse | null] = [null, null];
      run(g, ({ state, at }) => {
        if (courseKey(state) !== key)
          [key, course] = [
            courseKey(state),
            MeetingCourse.nullable().parse(JSON.parse(JSON.stringify(courseOf(state)))),
          ];
        const again = takenUp(slim(snapshotOf(state, at)), course, null, at);
        expect(seen(again, at)).toEqual(seen(state, at));
        const spoken = (meeting: Meeting) => meeting.ended.reduce((sum, { spentMs }) => sum + spentMs, 0);
        expect(spoken(again)).toBe(spoken(state));
      });
    }),
  );
});

test("a journal that ends earlier keeps what it knows, and takes up the rest", () => {
  fc.assert(
    fc.property(game, fc.nat({ max: 60 }), (g, kept) => {
      const table = run(g);
      const known = table.journal.slice(0, kept + 1).reduce<Meeting | null>(evolve, null);
      const snapshot = slim(snapshotOf(table.state, table.at));
      if (!known || known.version >= snapshot.version) return;
      const again = takenUp(snapshot, courseOf(table.state), known, table.at);
      expect(seen(again, table.at)).toEqual(seen(table.state, table.at));
      expect(again.version).toBeGreaterThan(table.state.version);
      expect(again.ended).toEqual(expect.arrayContaining([...known.ended]));
      expect(again.takenUp?.elsewhere).not.toContain(circleOf(known)?.index ?? -1);
    }),
  );
});
