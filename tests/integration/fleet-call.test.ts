import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { personId } from "../support/protocol/ids.ts";
import { FleetStage } from "../support/scribe/fleet-stage.ts";
import { ScribeStage } from "../support/scribe/scribe-stage.ts";
import { SAID } from "../support/scribe/sleeping-engine.ts";
import { LONG } from "../support/stack/long.ts";

const SUE = personId("@sue:example.org");

let fleet: FleetStage;
let stage: ScribeStage;
beforeAll(async () => {
  fleet = await FleetStage.open({ cost: 0.1 });
  stage = await ScribeStage.open({ fleet: { ...fleet.section, decodeHere: false } });
});
afterAll(() => Promise.all([stage?.close(), fleet?.close()]));

test("what is said in a call becomes captions and text at a worker, which knows nothing of the call", async () => {
  const worker = await fleet.worker({ slots: 2 });
  onTestFinished(() => worker.stop());
  const sue = await stage.join(SUE);
  const load = () => stage.told.findLast((message) => message.type === "load");
  await expect.poll(load).toMatchObject({ workers: 1 });
  await stage.hear(1, SUE);
  // A caption that comes late is not shown: she speaks until one is.
  do await sue.say("sue-1.opus", { seconds: 3.2 });
  while (stage.count(1, "partial") === 0);
  stage.stop(1);
  await stage.drained(1);
  expect(stage.finals(1)[0]).toMatchObject({ text: SAID, engine: { id: "openai", model: "sleeper" } });
  await expect.poll(() => stage.told.some((each) => each.type === "load" && each.arriving > 0)).toBe(true);
});

test.runIf(LONG)(
  "without a worker speech waits on the disk, the turn ends all the same, and its text comes with the next worker",
  async () => {
    const load = () => stage.told.findLast((message) => message.type === "load");
    await expect.poll(load).toMatchObject({ workers: 0 });
    const eve = await stage.join("@eve:example.org");
    await stage.hear(2, personId("@eve:example.org"));
    await eve.say("sue-1.opus", { seconds: 3.2 });
    stage.stop(2);
    await stage.drained(2);
    expect(stage.finals(2)).toEqual([]);
    expect(stage.waiting()).toMatchObject([{ turn: 2, late: true }]);
    const worker = await fleet.worker();
    onTestFinished(() => worker.stop());
    await expect.poll(() => stage.waiting()?.length, { timeout: 90_000 }).toBe(0);
    const late = stage.of(2).flatMap((message) => (message.type === "late" ? [message.text] : []));
    expect(late.join()).toContain(SAID);
  },
);
