import type { ExportRequest, ExportResponse, OpenTasksResponse } from "@mindminder/protocol/tasks-api.ts";
import type { NoticeStore } from "../meeting/notices.ts";
import { noticeOf } from "../meeting/send-command.ts";
import { Store } from "../store.ts";
import type { ServiceClient } from "../service/service-client.ts";

export type OpenTask = OpenTasksResponse["tasks"][number];

export type TasksState = {
  /** Target of the room's tasks; null until it is known. */
  readonly outside: ExportResponse | null;
  /** Still open from earlier meetings. */
  readonly carried: readonly OpenTask[];
};

type Options = {
  readonly client: Pick<ServiceClient, "openTasks" | "tasksOutside" | "sendTasks">;
  readonly notices: NoticeStore;
};

/** Tasks beyond the meeting they were found in: what is still open from earlier ones, and where they stand outside. */
export class TasksDesk extends Store<TasksState> {
  readonly #options: Options;

  constructor(options: Options) {
    super({ outside: null, carried: [] });
    this.#options = options;
  }

  /** Fetches both anew; without an answer, the known ones stay. */
  readonly look = async (): Promise<void> => {
    const { client } = this.#options;
    const [outside, open] = await Promise.all([
      client.tasksOutside().catch(() => null),
      client.openTasks().catch(() => null),
    ]);
    if (outside) this.set({ outside });
    if (open) this.set({ carried: open.tasks });
  };

  readonly ask = async (request: ExportRequest): Promise<void> => {
    try {
      this.set({ outside: await this.#options.client.sendTasks(request) });
    } catch (failure) {
      this.#options.notices.show(noticeOf(failure));
    }
  };
}
