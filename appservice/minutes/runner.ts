import { setImmediate, setTimeout } from "node:timers/promises";
import PQueue from "p-queue";
import type { MeetingId } from "../protocol/identity.ts";
import type { About, MeetingRecord, MinutesEntry, Utterance } from "../protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";
import { keyOf } from "../protocol/minutes-key.ts";
import { due, within, type Due, type Failure } from "./due.ts";
import type { Embeddings } from "./embeddings/embeddings.ts";
import type { Llm } from "./llm/llm.ts";
import type { EnabledPlugin } from "./registry.ts";
import { languageOf } from "./text/language.ts";

/** Which plugins and which models serve a meeting. */
export type PluginSet = { readonly plugins: readonly EnabledPlugin[]; readonly llm: Llm | null; readonly embeddings?: Embeddings | null };

export type RunnerParts = {
  /** Asked at each run, so that rooms may differ. */
  pluginSet(meeting: MeetingSnapshot): PluginSet;
  /** Keeps the result. Once it has returned, the result is in every record handed to `project`. */
  onMade(meeting: MeetingId, entry: MinutesEntry): void | Promise<void>;
  /** A result was given up. Keep it, and hand it to `project` as a failure. */
  onFailed(meeting: MeetingId, plugin: string, about: About, error: Error): void | Promise<void>;
  log: { warn(detail: Record<string, unknown>, message: string): void };
  now?: () => number;
  timeLimitMs?: number;
  tries?: number;
  /** Pause before the second try; it doubles with each further one. */
  backoffMs?: number;
  /** Meetings served side by side. */
  parallel?: number;
};

export type Runner = {
  /** The meeting as it is now: what is due is made, one after another. To be called as often as anything changes. */
  project(meeting: MeetingSnapshot, record: MeetingRecord, failures?: readonly Failure[]): void;
  /** Resolves once nothing is due or waits for another try. */
  idle(): Promise<void>;
  /** Stops what is running; it will be due again after the next start. */
  close(): Promise<void>;
};

/** While a result waits for its next try, how often to look whether something else became due. */
const POLL_MS = 50;

type Work = { meeting: MeetingSnapshot; record: MeetingRecord; failures: readonly Failure[] };
type Tries = Map<string, { count: number; notBefore: number }>;

export function createRunner(parts: RunnerParts): Runner {
  const { timeLimitMs = 180_000, tries = 3, backoffMs = 2_000, now = Date.now } = parts;
  const queue = new PQueue({ concurrency: parts.parallel ?? 4 });
  const latest = new Map<MeetingId, Work>();
  const loops = new Map<MeetingId, Promise<void>>();
  const closing = new AbortController();

  function project(meeting: MeetingSnapshot, record: MeetingRecord, failures: readonly Failure[] = []): void {
    if (closing.signal.aborted) return;
    latest.set(meeting.id, { meeting, record, failures });
    if (!loops.has(meeting.id)) loops.set(meeting.id, serve(meeting.id));
  }

  async function loop(id: MeetingId): Promise<void> {
    const tried: Tries = new Map();
    while (!closing.signal.aborted) {
      await setImmediate(); // whoever passes the word meanwhile comes first
      const waiting = dueNow(latest.get(id)!);
      if (waiting.length === 0) break;
      const job = waiting.find((each) => (tried.get(keyOf(each.plugin.id, each.about))?.notBefore ?? 0) <= performance.now());
      if (!job) await pause(POLL_MS, closing.signal);
      else await queue.add(() => once(id, job, tried));
    }
  }

  async function serve(id: MeetingId): Promise<void> {
    try {
      await loop(id);
    } catch (error) {
      parts.log.warn({ meeting: id, error: String(error) }, "the minutes of a meeting stopped until its next change");
    } finally {
      loops.delete(id);
      latest.delete(id);
    }
  }

  function dueNow({ meeting, record, failures }: Work): Due[] {
    return due(meeting, record, parts.pluginSet(meeting).plugins.map((each) => each.plugin), failures);
  }

  async function once(id: MeetingId, job: Due, tried: Tries): Promise<void> {
    try {
      const entry = await make(job, latest.get(id)!);
      await parts.onMade(id, entry);
      // A record handed in meanwhile may have been read before this result was kept.
      amend(id, ({ record, ...work }) => ({ ...work, record: { ...record, minutes: [...record.minutes, entry] } }));
    } catch (error) {
      if (!closing.signal.aborted) await failed(id, job, tried, error instanceof Error ? error : new Error(String(error)));
    }
  }

  async function failed(id: MeetingId, { plugin, about }: Due, tried: Tries, error: Error): Promise<void> {
    const key = keyOf(plugin.id, about);
    const count = (tried.get(key)?.count ?? 0) + 1;
    tried.set(key, { count, notBefore: performance.now() + backoffMs * 2 ** (count - 1) });
    parts.log.warn({ meeting: id, plugin: plugin.id, about, try: count, of: tries, error: error.message }, "a result of the minutes failed");
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

  async function make({ plugin, about }: Due, { meeting, record }: Work): Promise<MinutesEntry> {
    const { plugins, llm, embeddings = null } = parts.pluginSet(meeting);
    const utterances = record.utterances.filter((utterance) => within(subjectOf(utterance), about));
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(timeLimitMs)]);
    const running = plugin.run({
      about,
      meeting,
      people: meeting.people.map(({ id, name }) => ({ id, name })),
      utterances,
      comments: record.comments.filter(({ circle, turn, who }) => within({ kind: "turn", circle, turn: turn ?? 0, participant: who }, about)),
      results: record.minutes.filter((entry) => plugin.reads.includes(entry.madeBy.plugin) && within(entry.about, about)),
      llm,
      embeddings,
      options: plugins.find((each) => each.plugin.id === plugin.id)?.options ?? {},
      language: languageOf(utterances, meeting.language),
      now: now(),
      signal,
      warn: (message, detail) => parts.log.warn({ meeting: meeting.id, plugin: plugin.id, about, ...detail }, message),
    });
    const { result, method, model, prompt } = await orAborted(running, signal);
    return { about, result, madeBy: { plugin: plugin.id, version: plugin.version, method, model, prompt, at: now() } };
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

function subjectOf(utterance: Utterance): About {
  return { kind: "turn", circle: utterance.circle, turn: utterance.turn, participant: utterance.speaker };
}

/** A plugin that does not look at its signal must not hold up the meeting either. */
function orAborted<T>(running: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  running.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  return promise;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {}); // aborted: the loop sees it
}
