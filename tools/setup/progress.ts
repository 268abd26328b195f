import { clearLine, cursorTo } from "node:readline";

export type Job = {
  /** Short, for the ticker: "LiveKit". */
  name: string;
  /** The work being done and its place, as one sentence without its full stop. */
  doing: string;
  /** Time that it usually takes on two cores: "about 40 s". */
  usually: string;
};

export type Progress = {
  say(line: string): void;
  /** Says what is done and how long it may take; then shows, as long as it lasts, that it goes on. */
  during<T>(job: Job, work: (note: (line: string) => void) => Promise<T>): Promise<T>;
  /** Leaves the screen to a program that asks the person something. */
  aside<T>(work: () => Promise<T>): Promise<T>;
};

export const quiet: Progress = {
  say() {},
  during: (_job, work) => work(() => {}),
  aside: (work) => work(),
};

/** Milliseconds between signs of life where nobody watches a line change. */
const SIGN_OF_LIFE_MS = 30_000;

/** One line a job for the record; on a terminal also a last line that changes: what runs, for how long, at what. */
export function progressOn(stream: NodeJS.WriteStream = process.stdout): Progress {
  const running = new Map<Job, { since: number; note: string }>();
  let ticker: NodeJS.Timeout | undefined;
  let silent = false;

  const drawing = () => Boolean(stream.isTTY) && !silent;
  const erase = () => {
    if (!drawing()) return;
    cursorTo(stream, 0);
    clearLine(stream, 0);
  };
  const draw = () => {
    if (!drawing() || running.size === 0) return;
    const jobs = [...running].map(
      ([{ name }, { since, note }]) => `${name} ${elapsed(since)}${note ? ` (${note})` : ""}`,
    );
    const width = Math.floor(((stream.columns || 80) - 3) / jobs.length) - 2;
    erase();
    stream.write(`… ${jobs.map((text) => shortened(text, width)).join("  ")}`);
  };
  const say = (line: string) => {
    erase();
    stream.write(`${line}\n`);
    draw();
  };
  const tick = () => {
    if (stream.isTTY) return draw();
    for (const [{ name }, { since }] of running) say(`  ${name}: still at it after ${elapsed(since)}`);
  };

  return {
    say,
    async during(job, work) {
      say(`${job.doing}; ${job.usually}.`);
      const state = { since: Date.now(), note: "" };
      running.set(job, state);
      ticker ??= setInterval(tick, stream.isTTY ? 500 : SIGN_OF_LIFE_MS);
      let outcome = "failed";
      try {
        const result = await work((note) => {
          state.note = note;
        });
        outcome = "ready";
        return result;
      } finally {
        running.delete(job);
        if (running.size === 0) {
          clearInterval(ticker);
          ticker = undefined;
        }
        say(`  ${job.name}: ${outcome} after ${elapsed(state.since)}`);
      }
    },
    async aside(work) {
      erase();
      silent = true;
      try {
        return await work();
      } finally {
        silent = false;
      }
    },
  };
}

function elapsed(since: number): string {
  const seconds = Math.round((Date.now() - since) / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function shortened(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(1, width - 1))}…`;
}
