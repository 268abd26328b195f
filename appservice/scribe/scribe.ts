import { type ChildProcess, fork } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { Logger } from "pino";
import type { FromScribe, ToScribe } from "../protocol/scribe-messages.ts";
import { FromProcess, type ToProcess } from "./envelope.ts";
import { HangWatch } from "./hang-watch.ts";
import { logAsOurs } from "./process-log.ts";
import { processEnv } from "./process-env.ts";
import { missingFiles, type ScribeOptions, withAbsolutePaths } from "./options.ts";
import { Rescues } from "./rescues.ts";
import { SecondEar } from "./second-ear.ts";
import { spooledUntil } from "./spool/spool.ts";
import { TurnBook } from "./turn-book.ts";
import { AdminError } from "../protocol/mindminder-error.ts";
import { SealedSound } from "../store/sealed-sound.ts";
import { WordKeys } from "../store/word-keys.ts";
import { waitAfter } from "../retry/pace.ts";
import type { Timer } from "../time/source.ts";
import { clearTimer, monotonic, startTimer } from "../time/time.ts";

export type ScribeDeps = {
  /** Folder from which relative paths in the options count. */
  readonly folder: string;
  /** Folder of speech that is no text yet; absolute, as is the next. */
  readonly spoolFolder: string;
  /** Folder of sound that people may hear again. */
  readonly audioFolder: string;
  /** File of the keys by which sound on the disk is sealed. */
  readonly keysFile: string;
  readonly log: Logger;
  readonly onMessage: (message: FromScribe) => void;
};

export type ScribeCounts = {
  readonly finals: number;
  readonly failed: number;
  readonly restarts: number;
  readonly malformed: number;
};

export type Scribe = {
  send(message: ToScribe): void;
  /** Ends the process. Turns under way stay as they are. */
  stop(): Promise<void>;
  /** Settles when the engine is loaded for the first time. */
  readonly ready: Promise<void>;
  readonly pid: number | undefined;
  readonly counts: ScribeCounts;
};

/** Thrown before anything is started; the text names the key and the remedy. */
export class ScribeCannotStart extends AdminError {
  constructor(message: string, options?: ErrorOptions) {
    super("SCRIBE_CANNOT_START", message, options);
  }
}

const PROCESS = join(import.meta.dirname, "scribe-process.ts");
const STOP_WITHIN_MS = 3_000;
const PACE = { firstMs: 250, longestMs: 30_000 };
/** Lifetime after which a process did not die of starting. */
const HEALTHY_AFTER_MS = 30_000;

/** Starts the scribe as a child process, and starts it again whenever it dies. */
export function startScribe(
  options: ScribeOptions,
  { folder, spoolFolder, audioFolder, keysFile, log, onMessage }: ScribeDeps,
): Scribe {
  const absolute = withAbsolutePaths(options, folder);
  const missing = missingFiles(absolute);
  if (missing.length > 0)
    throw new ScribeCannotStart(
      missing
        .map(
          ({ key, path }) =>
            `speech.${key}: ${path} does not exist. Name a file that does, or set speech.engine to off.`,
        )
        .join("\n"),
    );
  try {
    mkdirSync(spoolFolder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new ScribeCannotStart(
      `${spoolFolder}: the folder for speech that waits cannot be made (${String(cause)}). Make room for it beside the database.`,
      { cause },
    );
  }

  const counts = { finals: 0, failed: 0, restarts: 0, malformed: 0 };
  const ready = Promise.withResolvers<void>();
  const ear = new SecondEar(log);
  const keys = new WordKeys(keysFile);
  const rescues = new Rescues({ folder: spoolFolder, sealed: new SealedSound(keys), recall: ear.recall, say, log });
  const book = new TurnBook({
    say,
    onStuck: (turn) => {
      log.error(turn, "the scribe does not finish a turn; it is started anew");
      child?.kill("SIGKILL");
    },
    rescue: (listen, from, to) => {
      const name = rescues.rescue(listen, from, to);
      if (name !== null) tell({ type: "rescue", name });
    },
    spooledUntil: (turn) => spooledUntil(spoolFolder, turn),
  });
  let watch: HangWatch | undefined;
  let child: ChildProcess | undefined;
  let retry: Timer | undefined;
  let failures = 0;
  let stopping = false;

  function start(): void {
    // NODE_ENV: rtc-node writes its debug log to the standard output unless it runs in production.
    const started = fork(PROCESS, {
      execArgv: [],
      env: processEnv(process.env),
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    const startedAt = monotonic();
    child = started;
    watch = new HangWatch(() => {
      log.error(
        { meetings: book.meetings() },
        "the scribe's process does not answer any more; it is ended and started anew, and what is said meanwhile is kept",
      );
      started.kill("SIGKILL");
    });
    const lastWords: string[] = [];
    follow(started.stdout, lastWords);
    follow(started.stderr, lastWords);
    started.on("message", receive);
    started.on("error", (error) => log.error({ err: error }, "the scribe's process"));
    started.once("exit", (code, signal) => {
      if (child === started) child = undefined;
      watch?.end();
      if (stopping) return;
      if (monotonic() - startedAt > HEALTHY_AFTER_MS) failures = 0;
      const againInMs = waitAfter(++failures, PACE);
      counts.restarts++;
      log.error(
        { meetings: book.meetings(), code, signal, againInMs, lastWords },
        "the scribe's process ended; it is started again",
      );
      book.crashed();
      retry = startTimer(start, againInMs);
    });
    tell({ type: "start", options: absolute, spoolFolder, audioFolder, keysFile, logLevel: log.level });
    for (const name of rescues.waiting) tell({ type: "rescue", name });
    for (const listen of book.running()) tell({ type: "tell", message: listen });
  }

  function follow(stream: Readable | null, lastWords: string[]): void {
    if (!stream) return;
    createInterface({ input: stream }).on("line", (line) => {
      lastWords.push(line);
      if (lastWords.length > 10) lastWords.shift();
      log.debug({ line }, "output of the scribe's process");
    });
  }

  function receive(raw: unknown): void {
    const parsed = FromProcess.safeParse(raw);
    if (!parsed.success) {
      counts.malformed++;
      log.warn({ problem: parsed.error.message }, "the scribe said what is no message; it was dropped");
    } else hear(parsed.data);
  }

  function hear(told: FromProcess): void {
    switch (told.type) {
      case "log":
        return logAsOurs(told.line, log);
      case "alive":
        return watch?.alive(told.loaded);
      case "hears":
        return book.hears(told, told.at);
      case "rescued":
        return rescues.done(told.name);
      case "said":
        return told.message.type === "backlog" ? rescues.backlog(told.message.waiting) : book.heard(told.message);
    }
  }

  function say(message: FromScribe): void {
    if (message.type === "final") counts.finals++;
    if (message.type === "failed") counts.failed++;
    if (message.type === "ready") {
      log.info(message.engine, "the scribe listens");
      ready.resolve();
    }
    try {
      onMessage(message);
    } catch (error) {
      log.error(
        { ...("meeting" in message ? { meeting: message.meeting } : {}), err: error, message: message.type },
        "what the scribe said could not be dealt with",
      );
    }
  }

  function tell(envelope: ToProcess): void {
    // A process that dies in this moment is dealt with at its exit.
    if (child?.connected) child.send(envelope, () => {});
  }

  start();
  return {
    ready: ready.promise,
    counts,
    get pid() {
      return child?.pid;
    },
    send(message) {
      ear.note(message);
      if (!book.note(message)) return;
      if (message.type === "hand-over") rescues.letGo(message.meeting);
      if (message.type === "take-up")
        for (const name of rescues.takeUp(message.meeting)) tell({ type: "rescue", name });
      if (child) tell({ type: "tell", message });
      else if (message.type === "stop") book.giveUp(message);
      // Without a process nothing is in hand.
      else if (message.type === "hand-over") say({ type: "handed-over", meeting: message.meeting });
    },
    async stop() {
      stopping = true;
      clearTimer(retry);
      watch?.end();
      book.close();
      ear.close();
      const last = child;
      if (!last) return;
      const ended = new Promise((resolve) => last.once("exit", resolve));
      const force = startTimer(() => last.kill("SIGKILL"), STOP_WITHIN_MS);
      if (last.connected) last.disconnect();
      await ended;
      clearTimer(force);
    },
  };
}
