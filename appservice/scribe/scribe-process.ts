// The scribe as a process of its own, so that recognition never delays the passing of the floor. Started by scribe.ts.
import { pino } from "pino";
import type { FromScribe } from "../protocol/scribe-messages.ts";
import { openEngine, openQuickEngine } from "./open-engine.ts";
import { type FromProcess, ToProcess } from "./envelope.ts";
import { giveWay } from "./give-way.ts";
import { Worker } from "./worker.ts";
import { repeat } from "../time/time.ts";

/** Niceness that leaves the process a third of the service's share where both want the same core. */
const NICENESS = 5;

const ALIVE_EVERY_MS = 1_000;

const send = (message: FromProcess) => void (process.connected && process.send?.(message));
const say = (message: FromScribe) => send({ type: "said", message });

let worker: Worker | undefined;

process.on("message", (raw) => {
  const parsed = ToProcess.safeParse(raw);
  if (!parsed.success) return;
  if (parsed.data.type === "tell") return worker?.receive(parsed.data.message);
  if (parsed.data.type === "start") return void (worker ??= start(parsed.data));
  const { name } = parsed.data;
  worker?.rescue(name);
  send({ type: "rescued", name });
});
process.on("disconnect", () => {
  worker?.keepOpenPieces();
  process.exit();
});
// Ignores Ctrl-C, which in a terminal reaches the whole group; the service ends us in its own time.
process.on("SIGINT", () => {});

function start({ options, spoolFolder, audioFolder, logLevel }: Extract<ToProcess, { type: "start" }>): Worker {
  const log = pino(
    { level: logLevel, base: null, timestamp: false },
    { write: (line: string) => send({ type: "log", line }) },
  );
  const engine = giveWay(NICENESS).then(() => openEngine(options));
  const quick = engine
    .then(() => openQuickEngine(options))
    .catch((error: unknown) => {
      log.error({ err: error }, "the engine for captions could not be opened; the other one makes them");
      return null;
    });
  let loaded = false;
  void Promise.allSettled([engine, quick]).then(() => (loaded = true));
  repeat(() => send({ type: "alive", loaded }), ALIVE_EVERY_MS);
  engine.then(
    ({ id, model }) => say({ type: "ready", engine: { id, model } }),
    (error: unknown) => {
      log.fatal({ err: error }, "the speech engine could not be opened");
      process.exitCode = 1;
      process.disconnect();
    },
  );
  return new Worker({
    options,
    spoolFolder,
    audioFolder,
    engine,
    quick,
    say,
    log,
    onHears: (turn) => send({ type: "hears", ...turn, at: Math.round(turn.at) }),
  });
}
