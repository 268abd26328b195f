import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LONG } from "../support/stack/long.ts";
import { closed, heardWithin, open, speaker, Stage, until, untilSilent } from "../support/call/call-stage.ts";
import { personId, roomId } from "../support/protocol/ids.ts";

type OnTheWay = Stage["onTheWay"];

let place = 0;
/** Fates of LiveKit's webhooks between it and us. */
const FATES: readonly { readonly name: string; readonly onTheWay: OnTheWay }[] = [
  { name: "all are lost", onTheWay: async () => {} },
  {
    name: "every second one is lost",
    onTheWay: async (deliver) => {
      if (place++ % 2 === 0) await deliver();
    },
  },
  {
    name: "each comes twice, and once more a second later",
    onTheWay: async (deliver) => {
      await deliver();
      await deliver();
      // The delay is the trouble.
      void wait(1_000).then(deliver);
    },
  },
  {
    name: "they overtake one another",
    // The delay is the trouble.
    onTheWay: async (deliver) => void wait([1_500, 0, 900, 300][place++ % 4]).then(deliver),
  },
  // The delay is the trouble.
  { name: "they come when all is over", onTheWay: async (deliver) => void wait(3_000).then(deliver) },
];

describe.runIf(LONG)("webhooks", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterAll(() => stage.close());

  const inside = () => [...stage.calls.connected(roomId(stage.room))].sort();
  /** Reports of a person's coming and going: each change is told once. */
  const changes = (id: string) => stage.told.filter((line) => line === `${id} came` || line === `${id} went`);

  test.each(FATES)("$name: who is in the call, and who is heard in it, is right in the end", async ({ onTheWay }) => {
    stage.onTheWay = onTheWay;
    stage.told.length = 0;

    // Without a meeting webhooks are what tells.
    await stage.floor(open, { active: false });
    const [ann, bob] = await Promise.all([
      stage.join(personId("@ann:x"), { tone: 440 }),
      stage.join(personId("@bob:x"), { tone: 660 }),
    ]);
    await until("both are known", () => inside().join() === "@ann:x,@bob:x");
    await bob.leave();
    await until("bob is known to be gone", () => inside().join() === "@ann:x");
    const again = await stage.join(personId("@bob:x"), { tone: 660 });
    await until("bob is back", () => inside().join() === "@ann:x,@bob:x");

    // In a meeting the word goes on, and somebody leaves.
    await stage.floor(speaker(personId("@ann:x")));
    const eve = await stage.join(personId("@eve:x"), { tone: 880 });
    const heard = eve.ear("@bob:x").heard();
    await stage.floor(speaker(personId("@bob:x")));
    await heard;
    await untilSilent(eve, "@ann:x");
    expect(await heardWithin(300, eve, "@ann:x")).toBe(0);
    await ann.leave();
    await until("ann is known to be gone", () => inside().join() === "@bob:x,@eve:x");

    // Lets everything under way arrive.
    await wait(3_500);
    expect(inside()).toEqual(["@bob:x", "@eve:x"]);
    expect(changes("@ann:x")).toEqual(["@ann:x came", "@ann:x went"]);
    expect(changes("@eve:x")).toEqual(["@eve:x came"]);
    expect(stage.told.filter((line) => line.includes("out-of-turn"))).toEqual([]);
    await stage.floor(closed);
    await Promise.all([again.leave(), eve.leave()]);
    stage.onTheWay = (deliver) => deliver();
    await until("all are gone", () => inside().length === 0);
  });
});
