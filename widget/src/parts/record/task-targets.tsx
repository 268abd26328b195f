import { useId, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../../sitting/record.ts";

/** Target of the room's tasks besides the room: chosen by its keeper, seen by all. */
export function TaskTargets() {
  const { t } = useTranslation();
  const { tasks } = useRecord();
  const { outside } = useSyncExternalStore(tasks.subscribe, tasks.get);
  const field = useId();
  if (!outside || outside.targets.length === 0) return null;
  const { targets, chosen, mayChoose, standing, waiting, problem } = outside;
  return (
    <div className="task-targets" data-testid="task-targets">
      <div className="task-targets-row">
        <label htmlFor={field} className="quiet small">
          {t("tasks.goTo")}
        </label>
        <select
          id={field}
          className="desk-field"
          value={chosen ?? ""}
          disabled={!mayChoose}
          data-testid="task-target"
          onChange={({ target }) => void tasks.ask({ use: target.value || null })}
        >
          <option value="">{t("tasks.nowhere")}</option>
          {targets.map(({ name, type }) => (
            <option key={name} value={name}>
              {name === type ? name : `${name} (${type})`}
            </option>
          ))}
        </select>
      </div>
      {chosen && (
        <p className="task-targets-state quiet small" role="status">
          {t("tasks.standing", { count: standing })}
          {waiting > 0 && `, ${t("tasks.waiting", { count: waiting })}`}
          {mayChoose && (
            <button
              type="button"
              className="desk-link"
              data-testid="send-tasks"
              onClick={() => void tasks.ask({ now: true })}
            >
              {t("tasks.sendNow")}
            </button>
          )}
        </p>
      )}
      {problem && (
        <p className="task-targets-problem small" data-testid="target-problem">
          {problem}
        </p>
      )}
    </div>
  );
}

/** Behind a task: where else it stands. */
export function StandsOutside({ meeting, task }: { meeting: string | undefined; task: string }) {
  const { t } = useTranslation();
  const { tasks } = useRecord();
  const { outside } = useSyncExternalStore(tasks.subscribe, tasks.get);
  const item = outside?.items.find((each) => each.meeting === meeting && each.task === task);
  if (!item || !outside?.chosen) return null;
  const where = t("tasks.in", { target: outside.chosen });
  return item.url ? (
    <a className="desk-link" href={item.url} target="_blank" rel="noreferrer noopener" data-testid="task-outside">
      {where}
    </a>
  ) : (
    <span data-testid="task-outside">{where}</span>
  );
}
