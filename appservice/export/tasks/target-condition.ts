import type { ExportedTask, ExportedTasks } from "../../store/exported-tasks.ts";
import type { PostKey } from "../../journal/post-key.ts";
import type { MessageKey } from "../../language/translate.ts";
import type { RoomId } from "../../protocol/identity.ts";
import type { OutsideTask } from "./outside-task.ts";
import type { TargetProblem, TargetFailure } from "./target-problem.ts";

/** Notice to a room; `key` names it, and the same notice is given once. */
export type TargetNotice = {
  readonly key: PostKey;
  readonly say: MessageKey;
  readonly values: Readonly<Record<string, string>>;
};

type Deps = {
  readonly sent: ExportedTasks;
  readonly now: () => number;
  readonly tell: (room: RoomId, told: TargetNotice) => void;
};

/** Number of failures in a row from which passing trouble is worth a message. */
const PATIENCE = 3;

/** Sentences in which people read of a failure. */
export const SENTENCES: Readonly<Record<TargetFailure, MessageKey>> = {
  refused: "tasks.problem.refused",
  misset: "tasks.problem.misset",
  rejected: "tasks.problem.rejected",
  gone: "tasks.problem.gone",
  busy: "tasks.problem.busy",
  slow: "tasks.problem.slow",
  changed: "tasks.problem.failing",
  failing: "tasks.problem.failing",
  unreachable: "tasks.problem.unreachable",
  unreadable: "tasks.problem.failing",
};

/** Knows the state of each target: rooms are told once of each trouble, and again only after it had been over. */
export class TargetCondition {
  readonly #options: Deps;
  readonly #failures = new Map<string, number>();

  constructor(options: Deps) {
    this.#options = options;
  }

  works(name: string): void {
    this.#failures.delete(name);
    this.#options.sent.works(name);
  }

  /** Notes a failure, and tells the room; returns the number of failures in a row. */
  fails(
    name: string,
    problem: TargetProblem,
    row: ExportedTask,
    task: OutsideTask,
    ofTask: boolean,
  ): { failures: number } {
    const { sent, now, tell } = this.#options;
    if (ofTask) {
      tell(row.room, {
        key: { kind: "task-refused", target: name, meeting: row.meeting, task: row.task, code: problem.failure },
        say: SENTENCES[problem.failure],
        values: { target: name, title: task.title },
      });
      return { failures: 1 };
    }
    const failures = (this.#failures.get(name) ?? 0) + 1;
    this.#failures.set(name, failures);
    const since = sent.fails(name, problem.failure, now());
    if (problem.ofTarget || failures >= PATIENCE) {
      const told: TargetNotice = {
        key: { kind: "target-fails", target: name, since, help: problem.ofTarget ? "mend" : "waits" },
        say: SENTENCES[problem.failure],
        values: { target: name },
      };
      for (const room of sent.waitingRooms(name)) tell(room, told);
    }
    return { failures };
  }
}
