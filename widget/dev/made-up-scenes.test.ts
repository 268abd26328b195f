import { expect, test } from "vitest";
import { scene, SCENES } from "../../tests/browser/fake-service/states.ts";
import { roomId } from "../../tests/support/protocol/ids.ts";

test.each(Object.keys(SCENES))("in the made-up scene “%s” whoever speaks, or is to speak, sits in the ring", (name) => {
  for (const count of [3, 7, 12]) {
    const { meeting } = scene(name, count, roomId("!made-up"), 1_000_000);
    if (!meeting) continue;
    const { ring, turn, next, done, returns } = meeting;
    const speak = [turn?.speaker, next, ...done, ...returns].filter((who) => who !== undefined && who !== null);
    expect(speak.filter((who) => !ring.includes(who))).toEqual([]);
  }
});
