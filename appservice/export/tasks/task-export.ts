import type { Logger } from "pino";
import type { ExportedTask, ExportedTasks } from "../../store/exported-tasks.ts";
import type { MeetingId, RoomId } from "../../protocol/identity.ts";
import { hashOf, OutsideTask } from "./outside-task.ts";
import type { OpenTarget } from "./registry.ts";
import type { StandingTask } from "./target.ts";
import { TargetProblem } from "./target-problem.ts";
import type { TargetCondition } from "./target-condition.ts";
import { waitAfter } from "../../retry/pace.ts";
import type { Timer } from "../../time/source.ts";
import { clearTimer, repeat, startTimer } from "../../time/time.ts";

export type TaskExportDeps = {
  readonly targets: ReadonlyMap<string, OpenTarget>;
  readonly sent: ExportedTasks;
  /** Target of a room's tasks; null where there is none. */
  readonly targetOf: (room: RoomId) => string | null;
  readonly condition: TargetCondition;
  readonly now: () => number;
  readonly log: Logger;
  /** Called when an item was made or found, or is gone, so that people see a change of the task. */
  readonly onStands: (room: RoomId, meeting: MeetingId) => Promise<void>;
  /** Makes ready to finish a task that somebody finished outside; what it answers with does so at once. */
  readonly onDone: (task: ExportedTask) => Promise<() => void>;
};

const PACE = { firstMs: 5_000, longestMs: 3600_000 };
/** Wait after a failure that somebody has to mend: it is looked at again by itself, but seldom. */
const MENDED_MAYBE_MS = 15 * 60_000;
/** Time that a look reaches back: clocks differ, and lists are not always fresh. */
const LOOK_BACK_MS = 10 * 60_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Keeps tasks in task managers outside: it compares those that should stand there with those that were sent, and puts
 * them right, one after another for each target. Nothing waits for it, and a target that is down keeps nobody else
 * waiting.
 */
export class TaskExport {
  readonly #options: TaskExportDeps;
  readonly #timers = new Map<string, Timer>();
  readonly #lookTimers = new Set<Timer>();
  readonly #busy = new Map<string, Promise<void>>();
  /** Time until which a target is left in peace. */
  readonly #restUntil = new Map<string, number>();
  readonly #stopping = new AbortController();
  #started = false;

  constructor(options: TaskExportDeps) {
    this.#options = options;
  }

  /** Takes all tasks of a meeting that should stand outside. */
  want(room: RoomId, tasks: readonly OutsideTask[]): void {
    const { sent, targetOf, targets, now } = this.#options;
    const target = targetOf(room);
    if (target === null || !targets.has(target)) return;
    const due = tasks.filter((task) =>
      sent.want(
        {
          target,
          meeting: task.meeting,
          task: task.task,
          room,
          wanted: JSON.stringify(task),
          hash: hashOf(task),
          status: task.status,
        },
        now(),
      ),
    );
    if (due.length > 0) this.#wake(target);
  }

  start(): void {
    this.#started = true;
    for (const [name, { options }] of this.#options.targets) {
      this.#wake(name);
      if (options.lookMinutes === 0) continue;
      const timer = repeat(() => void this.look(name), options.lookMinutes * 60_000);
      this.#lookTimers.add(timer);
      timer.unref();
    }
  }

  wake(): void {
    for (const name of this.#options.targets.keys()) this.#wake(name);
  }

  /** Tries all tasks of a room at once, whatever went wrong before. */
  async again(room: RoomId): Promise<void> {
    const target = this.#options.targetOf(room);
    if (target === null) return;
    this.#restUntil.delete(target);
    this.#options.sent.again(target, room, this.#options.now());
    this.#wake(target);
    await this.look(target);
  }

  /** Takes over the status of tasks that were finished there. */
  async look(name: string): Promise<void> {
    const { sent, targets, now, log, onDone, targetOf } = this.#options;
    const { target } = targets.get(name) ?? {};
    const open = sent.open(name).filter(({ room }) => targetOf(room) === name);
    if (!target?.look || open.length === 0 || this.#stopping.signal.aborted) return;
    const at = now();
    try {
      const seen = await target.look(
        open.map(standingOf),
        Math.max(0, sent.lookedAt(name) - LOOK_BACK_MS),
        this.#stopping.signal,
      );
      sent.looked(name, at);
      const done = new Set(seen.filter((item) => item.done).map(({ id }) => id));
      for (const task of open) {
        if (!done.has(task.externalId ?? "")) continue;
        const finish = await onDone(task);
        if (this.#stopping.signal.aborted) return;
        // The task may have been written to meanwhile.
        if (sent.find(task)?.sentStatus !== "open") continue;
        sent.doneOutside(task);
        finish();
      }
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      log.warn(
        { target: name, meetings: [...new Set(open.map(({ meeting }) => meeting))], err: error },
        "what was finished in a task manager could not be seen; it is looked at again",
      );
    }
  }

  async idle(): Promise<void> {
    while (this.#busy.size > 0) await Promise.all(this.#busy.values());
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const timer of [...this.#timers.values(), ...this.#lookTimers]) clearTimer(timer);
    await this.idle();
  }

  #wake(name: string): void {
    const { log, now } = this.#options;
    if (!this.#started || this.#busy.has(name) || this.#stopping.signal.aborted) return;
    clearTimer(this.#timers.get(name));
    const running = this.#sendAll(name)
      .catch((error: unknown) => {
        log.error(
          { target: name, err: error },
          "tasks cannot be sent to a task manager for a reason of our own; they wait",
        );
        this.#restUntil.set(name, now() + PACE.longestMs);
      })
      .finally(() => {
        this.#busy.delete(name);
        this.#sleep(name);
      });
    this.#busy.set(name, running);
  }

  #sleep(name: string): void {
    const { sent, now } = this.#options;
    if (this.#stopping.signal.aborted) return;
    const due = sent.nextAt(name);
    if (due === null) return;
    const until = Math.max(due, this.#restUntil.get(name) ?? 0);
    if (until <= now()) return this.#wake(name);
    this.#timers.set(
      name,
      startTimer(() => this.#wake(name), Math.min(until - now(), LONGEST_TIMER_MS)),
    );
  }

  async #sendAll(name: string): Promise<void> {
    const { sent, now } = this.#options;
    while (!this.#stopping.signal.aborted && now() >= (this.#restUntil.get(name) ?? 0)) {
      const task = sent.next(name, now());
      if (!task) return;
      await this.#send(name, task);
    }
  }

  async #send(name: string, row: ExportedTask): Promise<void> {
    const { sent, targets, condition, onStands, now } = this.#options;
    const open = targets.get(name);
    const task = OutsideTask.parse(JSON.parse(row.wanted));
    const before = {
      standing: row.externalId === null ? null : standingOf(row),
      status: row.sentStatus,
      maybeThere: row.tried,
    };
    sent.trying(row);
    try {
      if (!open) throw new TargetProblem("misset", `there is no target ${name}`);
      const standing = await open.target.put(task, before, this.#stopping.signal);
      sent.stands(row, standing, { hash: hashOf(task), status: task.status });
      condition.works(name);
      if (standing.url !== row.url || row.externalId === null) await onStands(row.room, row.meeting);
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      await this.#failed(name, row, task, problemOf(error, before.standing !== null), now());
    }
  }

  async #failed(
    name: string,
    row: ExportedTask,
    task: OutsideTask,
    problem: TargetProblem,
    now: number,
  ): Promise<void> {
    const { sent, condition, log, onStands } = this.#options;
    const { failure, ofTarget, ofTask, retryAfterMs } = problem;
    const { failures } = condition.fails(name, problem, row, task, ofTask);
    const backOffMs = waitAfter(failures, PACE);
    const waitMs = ofTarget ? MENDED_MAYBE_MS : Math.max(retryAfterMs ?? 0, backOffMs);
    const nothingMade = ofTarget || ofTask || failure === "busy";
    sent.failed(row, { error: failure, at: ofTask ? null : now + waitMs, nothingMade });
    if (!ofTask) this.#restUntil.set(name, now + waitMs);
    log.warn(
      {
        target: name,
        room: row.room,
        meeting: row.meeting,
        task: row.task,
        code: problem.code,
        err: problem,
        retryInMs: ofTask ? null : waitMs,
      },
      "a task could not be sent to a task manager",
    );
    if (failure === "gone") await onStands(row.room, row.meeting);
  }
}

function standingOf({ externalId, url, etag }: ExportedTask): StandingTask {
  return { id: externalId ?? "", url, etag };
}

/**
 * Turns an error into a problem. "Not found" for an item that never stood there speaks of the place that the
 * configuration names.
 */
function problemOf(error: unknown, stood: boolean): TargetProblem {
  const problem =
    error instanceof TargetProblem ? error : new TargetProblem("failing", String(error), { cause: error });
  return problem.failure === "gone" && !stood
    ? new TargetProblem("misset", problem.message, { cause: problem })
    : problem;
}
