// The scribe as a process of its own, so that recognition never delays the passing of the floor. Started by scribe.ts.
import { pino } from "pino";
import type { FromScribe } from "../protocol/scribe-messages.ts";
import { openDecoder } from "./open-decoder.ts";
import { type FromProcess, ToProcess } from "./envelope.ts";
import { SealedSound } from "../store/sealed-sound.ts";
import { WordKeys } from "../store/word-keys.ts";
import { Worker } from "./worker.ts";
import { repeat } from "../time/time.ts";

const ALIVE_EVERY_MS = 1_000;
const LOAD_EVERY_MS = 2_000;

const send = (message: FromProcess) => void (process.connected && process.send?.(message));
const say = (message: FromScribe) => send({ type: "said", message });

let starting: Promise<Worker> | undefined;
let worker: Worker | undefined;

process.on("message", (raw) => {
  const parsed = ToProcess.safeParse(raw);
  if (!parsed.success) return;
  const told = parsed.data;
  if (told.type === "start") return void (starting ??= start(told));
  void starting?.then((started) => obey(started, told));
});

function obey(started: Worker, told: Exclude<ToProcess, { type: "start" }>): void {
  if (told.type === "tell") return started.receive(told.message);
  started.rescue(told.name);
  send({ type: "rescued", name: told.name });
}

process.on("disconnect", () => {
  worker?.keepOpenPieces();
  process.exit();
});
// Ignores Ctrl-C, which in a terminal reaches the whole group; the service ends us in its own time.
process.on("SIGINT", () => {});

async function start({
  options,
  spoolFolder,
  audioFolder,
  keysFile,
  logLevel,
}: Extract<ToProcess, { type: "start" }>): Promise<Worker> {
  const log = pino(
    { level: logLevel, base: null, timestamp: false },
    { write: (line: string) => send({ type: "log", line }) },
  );
  const { decoder, opened, engine } = await openDecoder(options, log);
  let loaded = false;
  void opened.then(() => (loaded = true));
  repeat(() => send({ type: "alive", loaded }), ALIVE_EVERY_MS);
  repeat(() => say({ type: "load", ...decoder.load }), LOAD_EVERY_MS);
  engine.then(
    ({ id, model }) => say({ type: "ready", engine: { id, model } }),
    (error: unknown) => {
      log.fatal({ err: error }, "the speech engine could not be opened");
      process.exitCode = 1;
      process.disconnect();
    },
  );
  return (worker = new Worker({
    options,
    spoolFolder,
    audioFolder,
    sealed: new SealedSound(new WordKeys(keysFile)),
    decoder,
    say,
    log,
    onHears: (turn) => send({ type: "hears", ...turn, at: Math.round(turn.at) }),
  }));
}
