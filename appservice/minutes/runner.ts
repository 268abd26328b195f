import PQueue from "p-queue";
import type { MeetingId, RoomId } from "../protocol/identity.ts";
import type { About, Growing, MinutesEntry } from "../protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";
import { keyOf } from "../protocol/minutes-key.ts";
import { due, growing, type Due, type Failure } from "./due.ts";
import type { RunInput } from "./plugin.ts";
import type { PluginSet } from "./plugin-set.ts";
import { orAborted, runInput, type Work } from "./run-input.ts";
import { type ByRule, onTheSpot } from "./rules.ts";
import { DraftResults } from "./draft-results.ts";
import { waitAfter } from "../retry/pace.ts";
import { monotonic, nextTurn, sleep, timeLimit, wallClock } from "../time/time.ts";

const LONGEST_WAIT_MS = 60_000;

export type RunnerDeps = {
  /** Returns the plugins of a meeting. Asked at each run, so that rooms may differ. */
  pluginSet(meeting: MeetingSnapshot): PluginSet;
  /**
   * Keeps the result. Once it has returned, the result is in every record handed to `project`. `basis`: number of
   * changes of texts that the result knew of.
   */
  onMade(meeting: MeetingId, entry: MinutesEntry, basis: number): void | Promise<void>;
  /** Takes a result that was given up. Keep it, and hand it to `project` as a failure. */
  onFailed(meeting: MeetingId, plugin: string, about: About, error: Error): void | Promise<void>;
  /** Takes a result as far as it has come. Nothing of it is to be kept. */
  onGrowing?(meeting: MeetingId, growing: Growing): void;
  log: { warn(detail: Record<string, unknown>, message: string): void };
  now?: () => number;
  timeLimitMs?: number;
  tries?: number;
  /** Milliseconds before the second try; they double with each further one. */
  backoffMs?: number;
  /** Meetings served side by side. */
  parallel?: number;
  /** Works out results by rule, for a room; left out: the runner itself. */
  byRule?(room: RoomId): ByRule;
  /** Milliseconds between two showings of a growing result. */
  showEveryMs?: number;
};

export type Runner = {
  /**
   * Takes the meeting as it is now, and makes due results one after another. To be called as often as anything changes.
   */
  project(meeting: MeetingSnapshot, record: Work["record"], failures?: readonly Failure[]): void;
  /** Resolves once nothing is due or waits for another try. */
  idle(): Promise<void>;
  /** Stops the running work; it will be due again after the next start. */
  close(): Promise<void>;
};

/** Interval of looks, while a result waits for its next try, at whether something else became due. */
const POLL_MS = 50;

type Tries = Map<string, { count: number; notBefore: number }>;

export function createRunner(parts: RunnerDeps): Runner {
  const { timeLimitMs = 180_000, tries = 3, backoffMs = 2_000, now = wallClock } = parts;
  const queue = new PQueue({ concurrency: parts.parallel ?? 4 });
  const latest = new Map<MeetingId, Work>();
  const loops = new Map<MeetingId, Promise<void>>();
  const closing = new AbortController();
  const showEveryMs = parts.showEveryMs ?? 2_000;
  const sketches = new DraftResults(showEveryMs, (meeting, each) => parts.onGrowing?.(meeting, each));

  function project(meeting: MeetingSnapshot, record: Work["record"], failures: readonly Failure[] = []): void {
    if (closing.signal.aborted) return;
    const work = { meeting, record, failures };
    latest.set(meeting.id, work);
    if (!loops.has(meeting.id)) loops.set(meeting.id, serve(meeting.id));
    // Work that only prepares makes way for results that are wanted now.
    else if (sketches.isSketching(meeting.id) && dueNow(work).length > 0) sketches.stop(meeting.id);
  }

  async function loop(id: MeetingId): Promise<void> {
    const tried: Tries = new Map();
    while (!closing.signal.aborted) {
      await nextTurn(); // lets a pass of the floor go first
      const waiting = dueNow(latest.get(id)!);
      const job = waiting.find((each) => (tried.get(keyOf(each.plugin.id, each.about))?.notBefore ?? 0) <= monotonic());
      const sketch = waiting.length === 0 && parts.onGrowing ? growingNow(latest.get(id)!) : undefined;
      if (job) await queue.add(() => once(id, job, tried));
      else if (sketch) await queue.add(() => grow(id, sketch));
      else if (waiting.length > 0) await pause(POLL_MS, closing.signal);
      else break;
    }
  }

  async function serve(id: MeetingId): Promise<void> {
    try {
      await loop(id);
    } catch (error) {
      parts.log.warn({ meeting: id, error: String(error) }, "the minutes of a meeting stopped until its next change");
    } finally {
      if (latest.get(id)?.meeting.phase === "ended") sketches.forget(id);
      loops.delete(id);
      latest.delete(id);
    }
  }

  function dueNow({ meeting, record, failures }: Work): Due[] {
    return due(
      meeting,
      record,
      parts.pluginSet(meeting).plugins.map((each) => each.plugin),
      failures,
    );
  }

  function growingNow({ meeting, record }: Work): Due | undefined {
    const plugins = parts.pluginSet(meeting).plugins.map((each) => each.plugin);
    return growing(meeting, record, plugins).find((job) => sketches.isNews(meeting.id, job, record));
  }

  async function grow(id: MeetingId, job: Due): Promise<void> {
    const { meeting, record } = latest.get(id)!;
    const heard = new Set(record.turns.filter((turn) => turn.heard).map((turn) => turn.id));
    const soFar = { ...record, utterances: record.utterances.filter(({ turn }) => heard.has(turn)) };
    const signal = AbortSignal.any([closing.signal, sketches.begin(id, job, record), timeLimit(timeLimitMs)]);
    try {
      const made = job.plugin.grow?.(inputOf(job, { meeting, record: soFar, failures: [] }, signal));
      if (made) sketches.show(id, job, await orAborted(made, signal), true);
    } catch (error) {
      if (!signal.aborted)
        parts.log.warn(
          { meeting: id, plugin: job.plugin.id, error: String(error) },
          "what grows of the minutes could not be shown",
        );
    } finally {
      sketches.end(id);
    }
  }

  async function once(id: MeetingId, job: Due, tried: Tries): Promise<void> {
    try {
      const work = latest.get(id)!;
      const entry = await make(job, work);
      await parts.onMade(id, entry, work.record.changes?.length ?? 0);
      // A record handed in meanwhile may have been read before this result was kept.
      amend(id, ({ record, ...work }) => ({ ...work, record: { ...record, minutes: [...record.minutes, entry] } }));
    } catch (error) {
      if (!closing.signal.aborted)
        await failed(id, job, tried, error instanceof Error ? error : new Error(String(error)));
    }
  }

  async function failed(id: MeetingId, { plugin, about }: Due, tried: Tries, error: Error): Promise<void> {
    const key = keyOf(plugin.id, about);
    const count = (tried.get(key)?.count ?? 0) + 1;
    tried.set(key, {
      count,
      notBefore: monotonic() + waitAfter(count, { firstMs: backoffMs, longestMs: LONGEST_WAIT_MS }),
    });
    parts.log.warn(
      { meeting: id, plugin: plugin.id, about, try: count, of: tries, error: error.message },
      "a result of the minutes failed",
    );
    if (count < tries) return;
    amend(id, (work) => ({ ...work, failures: [...work.failures, { plugin: plugin.id, about }] }));
    try {
      await parts.onFailed(id, plugin.id, about, error);
    } catch (cause) {
      parts.log.warn({ meeting: id, plugin: plugin.id, error: String(cause) }, "a given up result could not be noted");
    }
  }

  function amend(id: MeetingId, change: (work: Work) => Work): void {
    latest.set(id, change(latest.get(id)!));
  }

  function inputOf(job: Due, work: Work, signal: AbortSignal): RunInput {
    const { id } = work.meeting;
    const input = runInput(job, work, {
      set: parts.pluginSet(work.meeting),
      signal,
      now: now(),
      log: parts.log,
      memory: sketches.memoryOf(id, job),
      byRule: parts.byRule?.(work.meeting.roomId) ?? onTheSpot,
    });
    // Nobody wants to see an old result grow again.
    const isAnew = work.record.remaking.includes(keyOf(job.plugin.id, job.about));
    const show: RunInput["show"] = (growth) => sketches.show(id, job, growth);
    return parts.onGrowing && !isAnew ? { ...input, show, showEveryMs } : input;
  }

  async function make(job: Due, work: Work): Promise<MinutesEntry> {
    const signal = AbortSignal.any([closing.signal, timeLimit(timeLimitMs)]);
    const { name: set } = parts.pluginSet(work.meeting);
    const { result, ...by } = await orAborted(job.plugin.run(inputOf(job, work, signal)), signal);
    return {
      about: job.about,
      result,
      madeBy: { plugin: job.plugin.id, version: job.plugin.version, ...by, ...(set ? { set } : {}), at: now() },
    };
  }

  return {
    project,
    async idle() {
      while (loops.size > 0) await Promise.all(loops.values());
    },
    async close() {
      closing.abort(new Error("the service stops"));
      await Promise.all(loops.values());
    },
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, { signal }).catch(() => {}); // aborted: the loop sees it
}
