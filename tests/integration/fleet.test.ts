import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from "vitest";
import { loadWorker } from "../../appservice/configuration/load-config.ts";
import { fleet } from "../../appservice/doctor/checks/fleet.ts";
import { FLEETS, FLEET_PROTOCOL } from "../../appservice/scribe/fleet/cards.ts";
import { lackOf } from "../../appservice/protocol/speech-load.ts";
import { leaveCard, readCards } from "../../appservice/scribe/fleet/roster.ts";
import { FleetStage, forLong, pieceOf, saying } from "../support/scribe/fleet-stage.ts";
import { LONG } from "../support/stack/long.ts";

const PROGRAM = resolve(import.meta.dirname, "../../appservice/cli/mindminder.ts");

let stage: FleetStage;
beforeAll(async () => {
  stage = await FleetStage.open();
});
afterEach(() => stage.closeServices());
afterAll(() => stage?.close());

/**
 * Runs the program to its end, and returns what it says. Not waited for in one go: the service's end of the fleet,
 * which is in this process, renews its card meanwhile.
 */
async function ran(...args: readonly string[]): Promise<{ status: number | null; said: string }> {
  const child = spawn(process.execPath, [PROGRAM, ...args]);
  const ended = once(child, "close");
  const said = await Promise.all([text(child.stderr), text(child.stdout)]);
  await ended;
  return { status: child.exitCode, said: said.join("") };
}

const refusedWorker = (ways: Parameters<FleetStage["config"]>[0], on = stage) =>
  ran("worker", "--config", on.config(ways));

test("a piece becomes text at a worker, and nothing of it stays in Redis, nor does the service's card", async () => {
  const finish = stage.engine.hold();
  onTestFinished(finish);
  const worker = await stage.worker();
  onTestFinished(() => worker.stop());
  const service = await stage.service();
  await expect.poll(() => service.workers.length).toBe(1);
  const decoded = service.final(pieceOf("m00000001", 1), saying("the roof garden leaks", 4), forLong());
  const everything = async () => {
    const keys = await stage.client.keys("*");
    const dumps = await Promise.all(keys.map((key) => stage.client.dumpBuffer(key)));
    return Buffer.concat(dumps.map((dump) => dump ?? Buffer.alloc(0))).toString("latin1");
  };
  await expect.poll(() => stage.engine.prompts).toContain("the roof garden leaks");
  const inTheMidst = await everything();
  expect(inTheMidst.length).toBeGreaterThan(1_000);
  expect(inTheMidst).not.toMatch(/roof|garden/);
  finish();
  expect(await decoded).toMatchObject({
    text: "the roof garden leaks",
    by: { id: "openai", model: "sleeper", takesVocabulary: true },
  });
  expect(await everything()).not.toMatch(/roof|garden/);
  await expect
    .poll(async () =>
      (await stage.client.keys(`${stage.keys.prefix}:*m00000001*`)).filter((key) => !key.includes("de:")),
    )
    .toEqual([]);
  expect((await readCards(stage.client, stage.keys)).services).toHaveLength(1);
  await stage.closeServices();
  expect((await readCards(stage.client, stage.keys)).services).toEqual([]);
});

test.runIf(LONG)("a meeting in which a hundred pieces come at once does not keep the others waiting", async () => {
  stage.engine.cost = 0.05;
  onTestFinished(() => void (stage.engine.cost = 0.3));
  const worker = await stage.worker({ slots: 4 });
  onTestFinished(() => worker.stop());
  const service = await stage.service();
  await expect.poll(() => service.workers.length).toBe(1);
  const done: string[] = [];
  const say = (meeting: string, at: number) =>
    service.final(pieceOf(meeting, at), saying(`${meeting} ${at}`), forLong()).then(({ text }) => void done.push(text));
  const crowd = Array.from({ length: 100 }, (_, at) => say("m0000crowd", at));
  await expect.poll(() => done.length).toBeGreaterThan(0);
  const before = done.length;
  await Promise.all(Array.from({ length: 5 }, (_, at) => say(`m0000other${at}`, at)));
  expect(done.length - before).toBeLessThan(50);
  await Promise.all(crowd);
  expect(new Set(done).size).toBe(105);
});

test("a meeting that begins while all is full goes behind those that run, and loses nothing", async () => {
  stage.engine.cost = 0.06;
  onTestFinished(() => void (stage.engine.cost = 0.3));
  const worker = await stage.worker({ slots: 1 });
  onTestFinished(() => worker.stop());
  const service = await stage.service();
  await expect.poll(() => service.workers.length).toBe(1);
  // Two such pieces within five seconds can be decoded meanwhile, four cannot.
  const seconds = (service.load.decodes ?? 0) * 2;
  const done: string[] = [];
  const say = (meeting: string, at: number) =>
    service
      .final(pieceOf(`m0000${meeting}`, at), saying(`${meeting} ${at}`, seconds), forLong())
      .then(() => done.push(meeting));
  // That all is full is learnt from cards, a while after: what runs must not be done before.
  const goOn = stage.engine.hold();
  onTestFinished(goOn);
  const running = ["first", "other"].flatMap((meeting) => [say(meeting, 0), say(meeting, 1)]);
  await expect.poll(() => lackOf(service.load), { interval: 20 }).toBe("text");
  const later = [say("newly", 0), say("first", 2), say("other", 2)];
  goOn();
  await Promise.all([...running, ...later]);
  expect(done).toHaveLength(7);
  expect(done.at(-1)).toBe("newly");
});

test("of captions the newest is decoded, also while an older one is under way", async () => {
  const worker = await stage.worker({ slots: 1 });
  onTestFinished(() => worker.stop());
  const service = await stage.service();
  await expect.poll(() => service.workers.length).toBe(1);
  const turn = "m00000009.1";
  const shown: string[] = [];
  const ask = (text: string) =>
    service.partial(turn, saying(text), forLong())?.then(
      ({ text: found }) => void shown.push(found),
      () => void shown.push(`not shown: ${text}`),
    );
  // A caption that comes late is not shown: the way to the worker is open before the one that counts.
  await expect.poll(async () => (await ask("zero"), shown.at(-1))).toBe("zero");
  shown.length = 0;
  const finish = stage.engine.hold();
  onTestFinished(finish);
  const first = ask("one");
  await expect.poll(() => stage.engine.prompts).toContain("one");
  // Another service's slot would be free: the same turn asks again while the first is decoded.
  expect(service.partial(turn, saying("no slot"), forLong())).toBeNull();
  finish();
  await first;
  await ask("one two");
  expect(shown).toEqual(["one", "one two"]);
  expect(stage.engine.decoded.filter((text) => text === "no slot")).toEqual([]);
});

test.runIf(LONG)("speech goes to workers of its language, and to models that the service takes", async () => {
  const [english, all] = await Promise.all([
    stage.worker({
      fleet: { languages: ["en"] },
      speech: { openai: { baseUrl: stage.engine.baseUrl, model: "sleeper.en" } },
    }),
    stage.worker(),
  ]);
  onTestFinished(() => Promise.all([english.stop(), all.stop()]).then(() => {}));
  const [any, picky] = [await stage.service(), await stage.service(null, ["sleeper.en"])];
  await expect.poll(() => [any.workers.length, picky.workers.length]).toEqual([2, 1]);
  const russian = await any.final(pieceOf("m00000010", 1), saying("po-russki", 1, "ru"), forLong());
  const unknown = await any.final(pieceOf("m00000010", 2), saying("unknown", 1, "auto"), forLong());
  expect([russian.by.model, unknown.by.model]).toEqual(["sleeper", "sleeper"]);
  expect((await picky.final(pieceOf("m00000011", 1), saying("english"), forLong())).by.model).toBe("sleeper.en");
  const untaken = picky.final(pieceOf("m00000011", 2), saying("po-russki", 1, "ru"), forLong());
  await expect(untaken).rejects.toMatchObject({ failure: "engine-unreachable" });
});

test("a worker of another key, of tomorrow's protocol or without its model is refused in words", async () => {
  await stage.service();
  const other = await refusedWorker({ secret: "another secret, also long enough" });
  expect(other).toMatchObject({ status: 1, said: expect.stringContaining("use another key") });
  const model = await refusedWorker({ speech: { engine: "sherpa", sherpa: { modelFolder: "nowhere" } } });
  expect(model).toMatchObject({ status: 1, said: expect.stringMatching(/nowhere.*does not exist.*speech-model/s) });
  const elsewhere = await FleetStage.open();
  onTestFinished(() => elsewhere.close());
  const { fingerprint } = elsewhere.seal;
  const tomorrow = { id: fingerprint, protocol: FLEET_PROTOCOL + 1 };
  await leaveCard(elsewhere.client, FLEETS.list, FLEETS.card(fingerprint), tomorrow);
  await elsewhere.client.persist(FLEETS.card(fingerprint));
  const old = await refusedWorker({}, elsewhere);
  expect(old).toMatchObject({
    status: 1,
    said: expect.stringMatching(/version 2 of the fleet's protocol.*same release/s),
  });
});

test("a worker of tomorrow is not given speech, and the log says why", async () => {
  const service = await stage.service();
  const card = {
    id: "tomorrow",
    protocol: FLEET_PROTOCOL + 1,
    release: "9.9.9",
    host: "tomorrow",
    pid: 1,
    engine: { id: "e", model: "m", takesVocabulary: false },
    languages: [],
    sendsTo: [],
    captions: true,
    slots: 9,
    rate: 99,
    busy: 0,
    done: 0,
    draining: false,
  };
  await leaveCard(stage.client, stage.keys.workers, stage.keys.worker(card.id), card);
  await expect.poll(() => stage.logged.join("")).toMatch(/version 2 of the fleet's protocol/);
  expect(service.workers).toEqual([]);
});

test("words are not given to a worker that would send them where people were not told", async () => {
  const service = await stage.service();
  const { engine } = stage;
  const worker = await stage.worker({
    speech: {
      openai: { baseUrl: engine.baseUrl.replace("127.0.0.1", "localhost"), model: "sleeper", shownAs: "home" },
    },
  });
  await expect.poll(() => service.workers.length).toBe(1);
  await worker.stop();
  const card = { ...(await freshCard()), sendsTo: ["api.example.com"] };
  await leaveCard(stage.client, stage.keys.workers, stage.keys.worker(card.id), card);
  await expect.poll(() => stage.logged.join("")).toMatch(/api\.example\.com, of which people here are not told/);
  expect(service.workers.filter(({ id }) => id === card.id)).toEqual([]);
});

/** Card of a real worker. */
async function freshCard() {
  const worker = await stage.worker();
  const cards = await stage.workers();
  await worker.stop();
  return cards.find(({ pid }) => pid === worker.pid) ?? expect.fail("the worker has no card");
}

test("doctor and fleet status say who is there, and what is wrong with Redis", async () => {
  const worker = await stage.worker({ slots: 3 });
  onTestFinished(() => worker.stop());
  await stage.service();
  const config = stage.config();
  expect((await ran("fleet", "status", "--config", config)).said).toMatch(/openai sleeper, all languages; 0 of 3 busy/);
  const { speech } = loadWorker(config);
  const look = async () => (await fleet.look({ config: { speech } })).map(({ state, what }) => `${state}: ${what}`);
  expect(await look()).toEqual([
    "in-order: Redis can carry a fleet.",
    expect.stringMatching(/^in-order: \d+ workers take speech: sleeper\.$/),
  ]);
  await stage.client.config("SET", "maxmemory-policy", "allkeys-lru");
  onTestFinished(async () => void (await stage.client.config("SET", "maxmemory-policy", "noeviction")));
  expect(await look()).toContainEqual(expect.stringMatching(/^problem: Redis throws keys away.*allkeys-lru/));
  const another = loadWorker(stage.config({ secret: "another secret, also long enough" })).speech;
  const found = await fleet.look({ config: { speech: another } });
  expect(found.map(({ what }) => what).join()).toContain("use another key");
  const nowhere = { ...speech, fleet: speech.fleet && { ...speech.fleet, redis: "redis://127.0.0.1:9" } };
  expect(await fleet.look({ config: { speech: nowhere } })).toMatchObject([
    { state: "warning", what: expect.stringMatching(/cannot be reached.*ECONNREFUSED/) },
  ]);
});
