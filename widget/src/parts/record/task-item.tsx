import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Task } from "@mindminder/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { Button } from "../../look/button.tsx";
import { nameOf, plainName } from "../../model/meeting/seats.ts";
import { useMeeting } from "../../sitting/meeting.ts";
import { dayWritten } from "./day-written.ts";
import { CorrectedNote } from "./corrected-note.tsx";
import { mayChangeTask } from "../../model/record/may-correct.ts";
import { StandsOutside } from "./task-targets.tsx";
import { useCorrecting, useShownRecord } from "../../sitting/shown-record.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import { Translation } from "../translation/translation.tsx";

type Props = { task: Task; meeting: MeetingSnapshot | null };

/** A task: ticked off when it is done, confirmed where it was only found, and changed by those it concerns. */
export function TaskItem({ task, meeting }: Props) {
  const { t, i18n } = useTranslation();
  const { me } = useMeeting();
  const { record } = useShownRecord();
  const { made, correct } = useCorrecting({ of: "task", id: task.id });
  const [editing, setEditing] = useState(false);
  const [busy, setBusy] = useState(false);
  const { id, title, owner, due, status } = task;
  const may = mayChangeTask(task, meeting, record, me);
  const become = async (next: Task["status"]) => {
    setBusy(true);
    await correct({ of: "task", id, status: next });
    setBusy(false);
  };

  if (editing)
    return (
      <li>
        <TaskForm task={task} meeting={meeting} onSave={correct} onClose={() => setEditing(false)} />
      </li>
    );
  return (
    <li data-status={status} data-testid="task">
      <input
        type="checkbox"
        className="task-box"
        checked={status === "done"}
        disabled={!may || busy || status === "dropped"}
        aria-label={t("desk.done", { title })}
        data-testid="task-done"
        onChange={({ target }) => void become(target.checked ? "done" : "open")}
      />
      <div>
        <bdi className="task-title">{title}</bdi>
        <Translation of={[title]} />
        <p className="task-facts">
          {owner && (
            <span>
              <bdi>{t("record.owner", { name: nameOf(meeting, owner) })}</bdi>
            </span>
          )}
          {due && <span>{t("after.due", { date: dayWritten(due, i18n.language) })}</span>}
          <StandsOutside meeting={meeting?.id} task={id} />
          {status !== "open" && <span className="pill">{t(`desk.status.${status}`)}</span>}
        </p>
        <CorrectedNote made={made} meeting={meeting} />
        {may && (
          <p className="desk-row">
            {status === "suggested" && (
              <button
                type="button"
                className="desk-link"
                disabled={busy}
                data-testid="task-confirm"
                onClick={() => void become("open")}
              >
                {t("desk.confirm")}
              </button>
            )}
            {status === "dropped" && (
              <button type="button" className="desk-link" disabled={busy} onClick={() => void become("open")}>
                {t("desk.takeUpAgain")}
              </button>
            )}
            <button
              type="button"
              className="desk-link desk-quiet"
              data-testid="task-edit"
              onClick={() => setEditing(true)}
            >
              {t("desk.change")}
            </button>
            {status === "suggested" && (
              <button
                type="button"
                className="desk-link desk-quiet"
                disabled={busy}
                data-testid="task-drop"
                onClick={() => void become("dropped")}
              >
                {t("desk.noTask")}
              </button>
            )}
          </p>
        )}
      </div>
    </li>
  );
}

type FormProps = Props & { onSave: ReturnType<typeof useCorrecting>["correct"]; onClose: () => void };

function TaskForm({ task, meeting, onSave, onClose }: FormProps) {
  const { t } = useTranslation();
  const [title, setTitle] = useState(task.title);
  const [owner, setOwner] = useState<ParticipantId | "">(task.owner ?? "");
  const [due, setDue] = useState(task.due ?? "");
  const [busy, setBusy] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    // A person who changes a suggestion has confirmed it as a task.
    const status = task.status === "suggested" ? { status: "open" as const } : {};
    const saved = await onSave({
      of: "task",
      id: task.id,
      title: title.trim(),
      owner: owner || null,
      due: due || null,
      ...status,
    });
    setBusy(false);
    if (saved) onClose();
  };
  return (
    <form
      className="desk-form"
      data-testid="task-form"
      onSubmit={(event) => void save(event)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape") onClose();
      }}
    >
      <label>
        {t("desk.title")}
        <input
          className="desk-field"
          value={title}
          required
          maxLength={300}
          dir="auto"
          autoFocus
          onChange={({ target }) => setTitle(target.value)}
          data-testid="task-title"
        />
      </label>
      <label>
        {t("desk.owner")}
        <select
          className="desk-field"
          value={owner}
          onChange={({ target }) => setOwner(target.value as ParticipantId | "")}
          data-testid="task-owner"
        >
          <option value="">{t("desk.nobody")}</option>
          {task.owner && !meeting?.people.some(({ id }) => id === task.owner) && (
            <option value={task.owner}>{task.owner}</option>
          )}
          {meeting?.people.map(({ id, name }) => (
            <option key={id} value={id}>
              {plainName(name)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t("desk.due")}
        <input
          className="desk-field"
          type="date"
          value={due}
          onChange={({ target }) => setDue(target.value)}
          data-testid="task-due"
        />
      </label>
      <div className="desk-actions">
        <Button onClick={onClose}>{t("act.cancel")}</Button>
        <Button kind="word" type="submit" disabled={busy || title.trim() === ""} data-testid="save">
          {t("desk.save")}
        </Button>
      </div>
    </form>
  );
}
