import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LATE_CLICK_MS } from "../../appservice/call/gate.ts";
import { LONG } from "../support/stack/long.ts";
import { Rogue } from "../support/rogue/rogue.ts";
import { ServiceMeeting } from "../support/stack/service-meeting.ts";
import { until } from "../support/call/call-stage.ts";

/** Past the benefit of the doubt that follows each loss of the word. */
const DOUBT_MS = LATE_CLICK_MS + 300;

describe.runIf(LONG)("whose microphone opens out of turn", () => {
  let meeting: ServiceMeeting;
  let bob: Rogue;

  beforeAll(async () => {
    const dir = await mkdtemp(join(tmpdir(), "mindminder-"));
    meeting = await ServiceMeeting.open({
      dir,
      people: ["Ann", "Bob"],
      circles: 3,
      betweenSeconds: 0,
      config: { speech: { engine: "off" } },
    });
    const [, second] = meeting.people;
    bob = await Rogue.enter(second!.matrix.userId, () => second!.widget.call());
    await meeting.gather();
    await meeting.start();
  });
  afterAll(async () => {
    await bob.leave();
    await meeting.close();
  });

  test("the keeper is told each time, the room from the third time on, and nobody else", async () => {
    const [ann, second] = meeting.people;
    const asKeeper = async () => (await ann!.widget.ask("outOfTurn")).body.people;
    const told = ann!.matrix.next(
      meeting.room,
      ({ content }) => /Bob: the microphone opened out of turn 3 times/.test(String(content["body"])),
      "a word to the room",
    );
    for (const time of [1, 2, 3]) {
      // The time itself has to pass, and nothing tells that it has.
      await wait(DOUBT_MS);
      bob.publishAnyway();
      await until("the keeper knows", async () => (await asKeeper())[0]?.times === time);
      expect(await asKeeper()).toEqual([{ who: bob.id, times: time, at: expect.any(Number) }]);
      if (time === 3) break;
      // To Bob, and from him to Ann in the next circle.
      const his = await meeting.pass(await meeting.now());
      await meeting.pass(his);
      await until("Ann has the word", async () => (await meeting.now()).turn?.speaker === ann!.matrix.userId);
    }
    const { content } = await told;
    expect(content).toMatchObject({ msgtype: "m.notice", "m.mentions": {}, "m.relates_to": { rel_type: "m.thread" } });
    expect((await second!.widget.ask("outOfTurn")).status).toBe(403);
    expect(JSON.stringify([await second!.widget.record(), await second!.widget.meeting()])).not.toContain(
      "out-of-turn",
    );
    const metrics = await (await fetch(`${meeting.service.url}/metrics`)).text();
    const counted = [...metrics.matchAll(/^mindminder_out_of_turn_total\{kind="([a-z-]+)"\} (\d+)/gm)].map(
      ([, , times]) => Number(times),
    );
    expect(counted.reduce((sum, times) => sum + times, 0)).toBe(3);
  });
});
