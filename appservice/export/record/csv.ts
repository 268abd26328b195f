import { outsideTasks } from "../tasks/outside-task.ts";
import { taskTable } from "../tasks/task-table.ts";
import { titleOf } from "../exported-meeting.ts";
import type { RecordFormat } from "../file-format.ts";

/** Tasks of the meeting as a table, suggestions among them; the transcript is no table. */
export default {
  about: "The tasks as a table for a spreadsheet, suggestions among them",
  extension: "csv",
  mediaType: "text/csv",
  write: (exported) => {
    const { meeting, record, t } = exported;
    const source = { ...meeting, title: titleOf(exported), at: meeting.startedAt ?? meeting.at };
    const suggested = new Set(
      record.minutes.flatMap(({ result }) =>
        result.form === "tasks" ? result.tasks.filter(({ status }) => status === "suggested").map(({ id }) => id) : [],
      ),
    );
    return taskTable(outsideTasks({ meeting: source, record }, { suggestions: true, t }), ({ task, status }) =>
      suggested.has(task) ? "suggested" : status,
    );
  },
} satisfies RecordFormat;
