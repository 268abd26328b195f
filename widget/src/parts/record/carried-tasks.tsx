import { useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../../sitting/record.ts";
import { dayWritten, localeOf } from "./day-written.ts";
import { useShownRecord } from "../../sitting/shown-record.ts";
import type { OpenTask } from "../../model/record/tasks-desk.ts";

/** Tasks still open from earlier meetings of the room; one finished here is finished in the meeting it came from. */
export function CarriedTasks() {
  const { t } = useTranslation();
  const { tasks } = useRecord();
  const { meeting, record, past } = useShownRecord();
  const { carried } = useSyncExternalStore(tasks.subscribe, tasks.get);
  const [id, phase, corrections, minutes] = [
    meeting?.id,
    meeting?.phase,
    record?.corrections.length,
    record?.minutes.length,
  ];
  useEffect(() => void tasks.look(), [tasks, id, phase, corrections, minutes]);
  if (past || carried.length === 0) return null;
  return (
    <section className="minutes-of carried" data-testid="carried">
      <h3>{t("tasks.carried")}</h3>
      <div className="entry">
        <ul className="tasks">
          {carried.map((each) => (
            <Carried key={`${each.meeting} ${each.task.id}`} carried={each} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function Carried({ carried: { meeting, at, task, owner, seen, mayChange } }: { carried: OpenTask }) {
  const { t, i18n } = useTranslation();
  const { corrector, tasks } = useRecord();
  const [busy, setBusy] = useState(false);
  const day = new Intl.DateTimeFormat(localeOf(i18n.language), { day: "numeric", month: "short", timeZone: "UTC" });
  const become = async (status: "done" | "open") => {
    setBusy(true);
    await corrector.correct(meeting, { of: "task", id: task.id, status }, seen);
    await tasks.look();
    setBusy(false);
  };
  return (
    <li data-status={task.status} data-testid="carried-task">
      <input
        type="checkbox"
        className="task-box"
        checked={task.status === "done"}
        disabled={!mayChange || busy}
        aria-label={t("desk.done", { title: task.title })}
        data-testid="carried-done"
        onChange={({ target }) => void become(target.checked ? "done" : "open")}
      />
      <div>
        <bdi className="task-title">{task.title}</bdi>
        <p className="task-facts">
          {owner && (
            <span>
              <bdi>{t("record.owner", { name: owner })}</bdi>
            </span>
          )}
          {task.due && <span>{t("after.due", { date: dayWritten(task.due, i18n.language) })}</span>}
          <span>{t("tasks.since", { date: day.format(at) })}</span>
        </p>
      </div>
    </li>
  );
}
