import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Decision, Question } from "@mindminder/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { nameOf } from "../../model/meeting/seats.ts";
import { useMeeting } from "../../sitting/meeting.ts";
import { CorrectedNote } from "./corrected-note.tsx";
import { mayChangeItem } from "../../model/record/may-correct.ts";
import { useCorrecting, useShownRecord } from "../../sitting/shown-record.ts";
import { TextEditor } from "./text-editor.tsx";
import { Translation } from "../translation/translation.tsx";

type Kind = "decision" | "question";
type Props = { of: Kind; item: Decision | Question; meeting: MeetingSnapshot | null };

/** Status of a confirmed thing, by its kind. */
const CONFIRMED = { decision: "confirmed", question: "open" } as const;

/**
 * A decision or an open question: confirmed where it was only found, answered, put in other words, or said to be none.
 */
export function FoundItem({ of, item, meeting }: Props) {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const { record } = useShownRecord();
  const { made, correct } = useCorrecting({ of, id: item.id });
  const [editing, setEditing] = useState(false);
  const [busy, setBusy] = useState(false);
  const { id, text, from, status } = item;
  const may = mayChangeItem(of, item, meeting, record, me);
  const speaker =
    record?.utterances.find((utterance) => from.includes(utterance.id))?.speaker ??
    record?.comments.find((comment) => from.includes(comment.id))?.who;

  // A person who changes a suggestion has confirmed it.
  const change = async (facts: {
    text?: string;
    status?: Decision["status"] | Question["status"];
  }): Promise<boolean> => {
    setBusy(true);
    const done = await (of === "decision"
      ? correct({ of, id, ...decided(facts) })
      : correct({ of, id, ...asked(facts) }));
    setBusy(false);
    return done;
  };
  if (editing) {
    const save = ([words = ""]: readonly string[]) =>
      change({ text: words.trim(), ...(status === "suggested" ? { status: CONFIRMED[of] } : {}) });
    return (
      <li>
        <TextEditor label={t(`desk.itemText.${of}`)} texts={[text]} onSave={save} onClose={() => setEditing(false)} />
      </li>
    );
  }
  const button = (label: string, next: Decision["status"] | Question["status"], testId: string, quiet = false) => (
    <button
      type="button"
      className={`desk-link${quiet ? " desk-quiet" : ""}`}
      disabled={busy}
      data-testid={testId}
      onClick={() => void change({ status: next })}
    >
      {label}
    </button>
  );
  return (
    <li data-status={status} data-testid={of} className="found-item">
      <div>
        <bdi className="task-title">{text}</bdi>
        <Translation of={[text]} />
        <p className="task-facts">
          {speaker && (
            <span>
              <bdi>{nameOf(meeting, speaker)}</bdi>
            </span>
          )}
          <span className="pill">{t(`desk.itemStatus.${status}`)}</span>
        </p>
        <CorrectedNote made={made} meeting={meeting} />
        {may && (
          <p className="desk-row">
            {status === "suggested" && button(t(`desk.confirmItem.${of}`), CONFIRMED[of], "item-confirm")}
            {of === "question" &&
              (status === "suggested" || status === "open") &&
              button(t("desk.answered"), "answered", "item-answered")}
            {(status === "dropped" || status === "answered") &&
              button(t("desk.takeUpAgain"), CONFIRMED[of], "item-again")}
            <button
              type="button"
              className="desk-link desk-quiet"
              data-testid="item-edit"
              onClick={() => setEditing(true)}
            >
              {t("desk.change")}
            </button>
            {status !== "dropped" &&
              status !== "answered" &&
              button(t(`desk.notItem.${of}`), "dropped", "item-drop", true)}
          </p>
        )}
      </div>
    </li>
  );
}

type Facts = { text?: string; status?: Decision["status"] | Question["status"] };

function decided({ text, status }: Facts) {
  return {
    ...(text === undefined ? {} : { text }),
    ...(status === "suggested" || status === "confirmed" || status === "dropped" ? { status } : {}),
  };
}

function asked({ text, status }: Facts) {
  return {
    ...(text === undefined ? {} : { text }),
    ...(status !== undefined && status !== "confirmed" ? { status } : {}),
  };
}
