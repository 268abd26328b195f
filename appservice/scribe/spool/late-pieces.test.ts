import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, expect, test, vi } from "vitest";
import type { FromScribe } from "../../protocol/scribe-messages.ts";
import { readFlac } from "../audio/flac-read.ts";
import { soundKeys } from "../../../tests/support/scribe/sound-keys.ts";
import { DecodingQueue } from "../decoding-queue.ts";
import { type Engine, EngineError } from "../engine.ts";
import openai from "../engines/openai.ts";
import { LatePieces } from "./late-pieces.ts";
import { formatSoundKey, KeptPlace } from "../../protocol/sound-key.ts";
import { Spool, type SpooledPiece } from "./spool.ts";
import { meetingId, personId } from "../../../tests/support/protocol/ids.ts";

const log = pino({ level: "silent" });
const { keys, sealed, of } = soundKeys();
const open: { close(): void }[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const one of open.splice(0)) one.close();
});

const piece = (number: number): SpooledPiece => ({
  meeting: meetingId("m12345678"),
  turn: 2,
  speaker: personId("@ann:hs"),
  piece: number,
  startedAt: number * 10_000,
  endedAt: number * 10_000 + 4_000,
  language: "en",
  vocabulary: [],
  sealedBy: of(),
});
const sound = Float32Array.from({ length: 16_000 }, (_, at) => Math.sin(at / 20) / 2);

function scene(
  engine: Promise<Engine>,
  { folder = mkdtempSync(join(tmpdir(), "mindminder-spool-")), megabytes = 10 } = {},
) {
  const told: FromScribe[] = [];
  const spool = new Spool({ folder, sealed, megabytes, log });
  const late = new LatePieces({
    spool,
    audioFolder: join(folder, "../heard"),
    queue: new DecodingQueue(engine),
    say: (message) => told.push(message),
    log,
  });
  open.push(late);
  const texts = () => told.flatMap((message) => (message.type === "late" ? [message.text] : []));
  const backlog = () => told.findLast((message) => message.type === "backlog")?.waiting;
  return { folder, late, told, texts, backlog };
}

/**
 * Starts a real server of the protocol, small: it is out of order until it is told otherwise, and answers recordings of
 * less than 20 kB with a status of their own.
 */
async function server({ short = 200 } = {}) {
  const state = { down: true, asked: 0 };
  const running: Server = createServer((request, response) => {
    let bytes = 0;
    request
      .on("data", (some: Buffer) => (bytes += some.length))
      .on("end", () => {
        state.asked++;
        const status = state.down ? 503 : bytes < 20_000 ? short : 200;
        response
          .writeHead(status, { "content-type": "application/json" })
          .end(
            JSON.stringify(status === 200 ? { text: "Here at last.", language: "en" } : { error: { message: "no" } }),
          );
      });
  });
  await new Promise<void>((resolve) => running.listen(0, "127.0.0.1", resolve));
  open.push({ close: () => (running.closeAllConnections(), running.close()) });
  const { port } = running.address() as AddressInfo;
  return {
    state,
    engine: openai.open(openai.options.parse({ baseUrl: `http://127.0.0.1:${port}/v1`, model: "ears" })),
  };
}

test("speech waits on the disk while the engine is down, outlives a restart, and becomes text when the engine is back", async () => {
  const { state, engine } = await server();
  const before = scene(engine);
  before.late.hold(piece(1), sound)?.late();
  expect(before.backlog()).toEqual([{ meeting: "m12345678", turn: 2, pieces: 1, seconds: 4, late: true }]);
  await expect.poll(() => state.asked).toBeGreaterThan(0);
  expect(before.texts()).toEqual([]);
  before.late.close(); // the process ends here

  state.down = false;
  const after = scene(engine, { folder: before.folder });
  expect(after.backlog()).toHaveLength(1);
  await expect.poll(() => after.texts()).toEqual(["Here at last."]);
  expect(after.backlog()).toEqual([]);
  expect(readdirSync(before.folder)).toHaveLength(2);
  after.late.kept(formatSoundKey(piece(1)), null);
  expect(readdirSync(before.folder)).toEqual([]);
});

test("speech of a meeting that goes to another shard is left on the disk; the shard that it comes to makes text of it", async () => {
  const { state, engine } = await server();
  const there = scene(engine);
  there.late.hold(piece(1), sound)?.late();
  const underWay = there.late.hold(piece(2), sound);
  there.late.letGo(piece(1).meeting);
  underWay?.told();
  underWay?.late();
  expect(there.backlog()).toEqual([]);
  const files = readdirSync(there.folder);
  expect(files).toHaveLength(4);

  state.down = false;
  const here = scene(engine);
  for (const name of files) writeFileSync(join(here.folder, name), readFileSync(join(there.folder, name)));
  here.late.takeUp(piece(1).meeting);
  await expect.poll(() => here.texts()).toHaveLength(2);
  expect(there.texts()).toEqual([]);
});

test("an engine that is down is asked again less and less often, and all comes in the order it was said", async () => {
  vi.useFakeTimers();
  const asked: number[] = [];
  let down = true;
  const { late, texts } = scene(
    Promise.resolve({
      id: "e",
      model: "m",
      takesVocabulary: false,
      transcribe: async () => {
        asked.push(Date.now());
        if (down) throw new EngineError("engine-unreachable", "no server");
        return { text: `text ${asked.length}`, language: "en" };
      },
    }),
  );
  for (const number of [1, 2]) late.hold(piece(number), sound)?.late();
  await vi.advanceTimersByTimeAsync(300_000);
  expect(asked.length).toBeLessThan(12);
  const last = asked.length;
  down = false;
  await vi.advanceTimersByTimeAsync(61_000);
  expect(texts()).toEqual([`text ${last + 1}`, `text ${last + 2}`]);
});

test("what the engine breaks at is given up after three times, and told; what lies behind it is not held up", async () => {
  vi.useFakeTimers();
  const { late, told, texts, backlog, folder } = scene(
    Promise.resolve({
      id: "e",
      model: "m",
      takesVocabulary: false,
      transcribe: async ({ samples }) => {
        if (samples.length < 16_000) throw new EngineError("engine-failed", "broken");
        return { text: "next", language: "en" };
      },
    }),
  );
  late.hold(piece(1), sound.subarray(0, 8_000))?.late();
  late.hold(piece(2), sound)?.late();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told.filter(({ type }) => type === "lost")).toEqual([{ type: "lost", meeting: "m12345678", turn: 2 }]);
  expect([texts(), backlog()]).toEqual([["next"], []]);
  expect(readdirSync(folder).some((name) => name.includes("10000"))).toBe(false);
});

test("a recording that the server refuses for itself is given up, and those behind it are not held up", async () => {
  const { state, engine } = await server({ short: 400 });
  state.down = false;
  const { late, told, texts, backlog } = scene(engine);
  late.hold(piece(1), sound.subarray(0, 8_000))?.late();
  for (const number of [2, 3]) late.hold(piece(number), sound)?.late();
  await expect.poll(() => texts(), { timeout: 20_000 }).toHaveLength(2);
  await expect.poll(() => told.filter(({ type }) => type === "lost"), { timeout: 20_000 }).toHaveLength(1);
  expect(backlog()).toEqual([]);
});

test("what the server does not take at all waits, while those behind it become text", async () => {
  vi.useFakeTimers();
  const { late, told, texts, backlog } = scene(
    Promise.resolve({
      id: "e",
      model: "m",
      takesVocabulary: false,
      transcribe: async ({ samples }) => {
        if (samples.length < 16_000) throw new EngineError("engine-refused", "the server answered 500");
        return { text: "behind it", language: "en" };
      },
    }),
  );
  late.hold(piece(1), sound.subarray(0, 8_000))?.late();
  for (const number of [2, 3]) late.hold(piece(number), sound)?.late();
  await vi.advanceTimersByTimeAsync(300_000);
  expect(texts()).toEqual(["behind it", "behind it"]);
  expect(told.filter(({ type }) => type === "lost")).toEqual([]);
  expect(backlog()).toMatchObject([{ pieces: 1 }]);
});

test("speech waits for an engine that cannot be opened, and none of it is given up", async () => {
  vi.useFakeTimers();
  const { late, told, backlog } = scene(Promise.reject(new EngineError("engine-failed", "no model there")));
  late.hold(piece(1), sound)?.late();
  await vi.advanceTimersByTimeAsync(300_000);
  expect(told.filter(({ type }) => type === "lost")).toEqual([]);
  expect(backlog()).toMatchObject([{ pieces: 1 }]);
});

test("the disk is never filled beyond what is configured; a full one says so and keeps what it has", () => {
  const errors: unknown[] = [];
  const folder = mkdtempSync(join(tmpdir(), "mindminder-spool-"));
  const spool = new Spool({
    folder,
    sealed,
    megabytes: 0.03,
    log: { ...log, error: (...args: unknown[]) => errors.push(args) } as never,
  });
  const results = [1, 2, 3, 4, 5].map((number) => spool.put(piece(number), sound));
  expect(results[0]).not.toBeNull();
  expect(results.at(-1)).toBeNull();
  expect(JSON.stringify(errors)).toContain("speech.waitingMegabytes");
  expect(new Spool({ folder, sealed, megabytes: 1, log }).entries()).toHaveLength(results.filter(Boolean).length);
});

test("what a crash left half written is taken away, and what nobody can read is left alone", () => {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-spool-"));
  for (const name of ["a.part", "b.flac", "b.json"]) writeFileSync(join(folder, name), "nonsense");
  expect(new Spool({ folder, sealed, megabytes: 1, log }).entries()).toEqual([]);
  expect(readdirSync(folder).sort()).toEqual(["b.flac", "b.json"]);
});

test("what its speaker agreed to have kept leaves the spool for the folder of sounds, and sounds the same", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-spool-"));
  const { late } = scene(
    Promise.resolve({
      id: "e",
      model: "m",
      takesVocabulary: false,
      transcribe: async () => ({ text: "", language: "en" }),
    }),
    { folder: join(folder, "spool") },
  );
  const held = late.hold(piece(1), sound);
  held?.told();
  late.kept(formatSoundKey(piece(1)), KeptPlace.parse("0123456789abcdef/0123456789abcdef/m12345678.2.10000.flac"));
  expect(readdirSync(join(folder, "spool"))).toEqual([]);
  const kept = readFileSync(join(folder, "heard/0123456789abcdef/0123456789abcdef/m12345678.2.10000.flac"));
  expect(kept.toString("latin1"), "it is sealed there, too").not.toContain("fLaC");
  const opened = sealed.open(kept, formatSoundKey(piece(1)));
  expect(opened && readFlac(opened).channels[0]).toHaveLength(16_000);
  expect(sealed.open(kept, formatSoundKey(piece(2))), "and bound to what it is the sound of").toBeNull();
});

test("speech that waits is sealed by its speaker's key, and nobody reads it once that is destroyed", () => {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-spool-"));
  const spool = new Spool({ folder, sealed, megabytes: 1, log });
  const bob = of(personId("@bob:hs"));
  const [hers, his] = [spool.put(piece(1), sound), spool.put({ ...piece(2), sealedBy: bob }, sound)];
  const files = () => readdirSync(folder).map((name) => readFileSync(join(folder, name), "latin1"));
  expect(files().join()).not.toContain("fLaC");
  const again = () => new Spool({ folder, sealed, megabytes: 1, log });
  expect(his && again().read(his)?.samples).toHaveLength(16_000);
  keys.destroy([bob]);
  expect(his && again().read(his)).toBeNull();
  expect(hers && again().read(hers)?.samples).toHaveLength(16_000);
});

test("a piece from before sound was sealed becomes text as it lies there", () => {
  const folder = mkdtempSync(join(tmpdir(), "mindminder-spool-"));
  const { sealedBy: _, ...older } = piece(1);
  const key = new Spool({ folder, sealed, megabytes: 1, log }).put(older, sound);
  expect(readdirSync(folder).some((name) => readFileSync(join(folder, name), "latin1").startsWith("fLaC"))).toBe(true);
  expect(key && new Spool({ folder, sealed, megabytes: 1, log }).read(key)?.samples).toHaveLength(16_000);
});
