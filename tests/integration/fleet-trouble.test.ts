import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from "vitest";
import { DecodingQueue } from "../../appservice/scribe/decoding-queue.ts";
import type { Engine } from "../../appservice/scribe/engine.ts";
import { ShiftedClock } from "../support/history/shifted-clock.ts";
import { FleetStage, forLong, pieceOf, saying } from "../support/scribe/fleet-stage.ts";
import { slowness } from "../support/slowness.ts";
import { LONG } from "../support/stack/long.ts";

let stage: FleetStage;
beforeAll(async () => {
  stage = await FleetStage.open();
});
afterEach(() => stage.closeServices());
afterAll(() => stage?.close());

/** Decodes beside the service, and says so. */
const here = () =>
  new DecodingQueue(
    Promise.resolve<Engine>({
      id: "here",
      model: "none",
      takesVocabulary: true,
      transcribe: async ({ vocabulary: [text = ""] }) => ({ text: `here: ${text}`, language: "en" }),
    }),
  );

test("a worker that is killed in the midst of a piece costs at most fifteen seconds, and the text comes once", async () => {
  const finish = stage.engine.hold();
  onTestFinished(finish);
  const victim = await stage.worker();
  const service = await stage.service();
  await expect.poll(() => service.workers.length).toBe(1);
  const decoded = service.final(pieceOf("m00000002", 1), saying("killed"), forLong());
  await expect.poll(() => stage.engine.prompts).toContain("killed");
  const other = await stage.worker();
  onTestFinished(() => other.stop());
  const [slow, killedAt] = [slowness([process.pid, other.pid, stage.redis.pid()]), performance.now()];
  await victim.kill();
  await expect.poll(() => stage.engine.prompts.filter((one) => one === "killed").length).toBe(2);
  expect(performance.now() - killedAt).toBeLessThan(15_000 * slow());
  finish();
  expect((await decoded).text).toBe("killed");
});

test.runIf(LONG)("a worker that sleeps through its work and wakes up is not heard any more", async () => {
  const finish = stage.engine.hold();
  onTestFinished(finish);
  const sleeper = await stage.worker();
  const service = await stage.service();
  await expect.poll(() => service.workers.length).toBe(1);
  const decoded = service.final(pieceOf("m00000003", 1), saying("slept"), forLong());
  await expect.poll(() => stage.engine.prompts).toContain("slept");
  const other = await stage.worker();
  onTestFinished(() => other.stop());
  process.kill(sleeper.pid, "SIGSTOP");
  onTestFinished(() => sleeper.kill());
  await expect.poll(() => stage.engine.prompts.filter((one) => one === "slept").length).toBe(2);
  finish();
  expect((await decoded).text).toBe("slept");
  process.kill(sleeper.pid, "SIGCONT");
  // Its own answer came while it slept; it hands it in now, and is told that the piece is no longer its.
  await expect.poll(async () => (await stage.workers()).length).toBe(2);
  const again = service.final(pieceOf("m00000003", 2), saying("after"), forLong());
  expect((await again).text).toBe("after");
  await expect.poll(() => readFileSync(sleeper.log, "utf8")).toMatch(/lock/i);
});

test.runIf(LONG)("Redis loses all that it knew: each piece is offered again, and each text comes once", async () => {
  const worker = await stage.worker({ slots: 1 });
  onTestFinished(() => worker.stop());
  const service = await stage.service();
  await expect.poll(() => service.workers.length).toBe(1);
  const texts = Array.from({ length: 12 }, (_, at) => `lost ${at}`);
  const told: string[] = [];
  const all = texts.map(async (text, at) => {
    const { text: found } = await service.final(pieceOf(`m0000004${at}`, at), saying(text, 2), forLong());
    told.push(found);
  });
  await expect.poll(() => stage.engine.decoded.filter((text) => text.startsWith("lost")).length).toBeGreaterThan(1);
  await stage.redis.kill();
  await stage.redis.restart();
  await Promise.all(all);
  expect(told.sort()).toEqual(texts.sort());
});

test("while Redis is away the service decodes by itself; where it has no engine, it says who cannot be reached", async () => {
  const worker = await stage.worker();
  onTestFinished(() => worker.stop());
  const [able, unable] = [await stage.service(here), await stage.service()];
  await expect.poll(() => [able.workers.length, unable.workers.length]).toEqual([1, 1]);
  const finish = stage.engine.hold();
  onTestFinished(finish);
  const under = able.final(pieceOf("m00000005", 1), saying("under way"), forLong());
  await expect.poll(() => stage.engine.prompts).toContain("under way");
  await stage.redis.kill();
  expect((await under).text).toBe("here: under way");
  expect((await able.final(pieceOf("m00000005", 2), saying("next"), forLong())).text).toBe("here: next");
  const nobody = unable.final(pieceOf("m00000005", 3), saying("waits"), forLong());
  await expect(nobody).rejects.toMatchObject({ failure: "engine-unreachable" });
  finish();
  await stage.redis.restart();
  await expect.poll(() => unable.workers.length).toBe(1);
  expect((await unable.late(pieceOf("m00000005", 3), saying("waits"), forLong())).text).toBe("waits");
});

test.runIf(LONG)("Redis hangs: what is out is decoded here, and the fleet is used again when it wakes", async () => {
  const worker = await stage.worker();
  onTestFinished(() => worker.stop());
  const service = await stage.service(here);
  await expect.poll(() => service.workers.length).toBe(1);
  process.kill(stage.redis.pid(), "SIGSTOP");
  try {
    expect((await service.final(pieceOf("m00000006", 1), saying("hung"), forLong())).text).toBe("here: hung");
  } finally {
    process.kill(stage.redis.pid(), "SIGCONT");
  }
  await expect.poll(() => service.workers.length).toBe(1);
  expect((await service.final(pieceOf("m00000006", 2), saying("awake"), forLong())).text).toBe("awake");
});

test.runIf(LONG)("a piece that comes while nobody is there for a moment waits for them, and is not late", async () => {
  const worker = await stage.worker();
  onTestFinished(() => worker.kill());
  const service = await stage.service();
  await expect.poll(() => service.workers.length).toBe(1);
  process.kill(worker.pid, "SIGSTOP");
  await expect.poll(() => service.workers.length).toBe(0);
  const piece = service.final(pieceOf("m00000014", 1), saying("a moment"), forLong());
  process.kill(worker.pid, "SIGCONT");
  expect((await piece).text).toBe("a moment");
});

test("a worker told to end finishes its pieces and takes no more", async () => {
  const finish = stage.engine.hold();
  onTestFinished(finish);
  const worker = await stage.worker({ slots: 1 });
  const service = await stage.service();
  await expect.poll(() => service.workers.length).toBe(1);
  const first = service.final(pieceOf("m00000007", 1), saying("finished"), forLong());
  await expect.poll(() => stage.engine.prompts).toContain("finished");
  const second = service.final(pieceOf("m00000008", 1), saying("left to others"), forLong());
  const refused = expect(second).rejects.toMatchObject({ failure: "engine-unreachable" });
  process.kill(worker.pid, "SIGTERM");
  await refused;
  finish();
  expect((await first).text).toBe("finished");
  await worker.ended;
  expect(stage.engine.decoded).not.toContain("left to others");
  const other = await stage.worker();
  onTestFinished(() => other.stop());
  await expect.poll(() => service.workers.length).toBe(1);
  const late = service.late(pieceOf("m00000008", 1), saying("left to others"), forLong());
  expect((await late).text).toBe("left to others");
});

test.runIf(LONG)("a worker whose clock is an hour off works as the others do", async () => {
  const clock = await ShiftedClock.open(stage.dir);
  clock.shift(3_600);
  const worker = await stage.worker({ env: clock.env });
  onTestFinished(() => worker.stop());
  const service = await stage.service();
  await expect.poll(() => service.workers.length).toBe(1);
  for (const at of [1, 2, 3])
    expect((await service.final(pieceOf("m00000012", at), saying(`hour ${at}`), forLong())).text).toBe(`hour ${at}`);
});

test("a Redis that is full takes no speech; it is decoded here, and nothing is lost when there is room again", async () => {
  const worker = await stage.worker();
  onTestFinished(() => worker.stop());
  const service = await stage.service(here);
  await expect.poll(() => service.workers.length).toBe(1);
  await stage.client.config("SET", "maxmemory", "1mb");
  onTestFinished(async () => void (await stage.client.config("SET", "maxmemory", "0")));
  expect((await service.final(pieceOf("m00000013", 1), saying("full"), forLong())).text).toBe("here: full");
  await stage.client.config("SET", "maxmemory", "0");
  await expect.poll(() => service.workers.length).toBe(1);
  expect((await service.final(pieceOf("m00000013", 2), saying("room"), forLong())).text).toBe("room");
});
