import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import { entryId } from "@mindminder/protocol/minutes-key.ts";
import type { GroundedSentence, MinutesEntry } from "@mindminder/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { useMeeting } from "../../sitting/meeting.ts";
import { CorrectedNote } from "./corrected-note.tsx";
import { mayCorrectSummary } from "../../model/record/may-correct.ts";
import { useCorrecting } from "../../sitting/shown-record.ts";
import { TextEditor } from "./text-editor.tsx";
import { Translation } from "../translation/translation.tsx";

type Props = { entry: MinutesEntry; sentences: readonly GroundedSentence[]; meeting: MeetingSnapshot | null };

/** A summary, which those it belongs to put right line by line. */
export function SummaryEntry({ entry, sentences, meeting }: Props) {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const id = entryId(entry);
  const { made, correct } = useCorrecting({ of: "summary", id });
  const [editing, setEditing] = useState(false);
  if (editing) {
    const save = ([text = ""]: readonly string[]) =>
      correct({
        of: "summary",
        id,
        sentences: text
          .split("\n")
          .map((line) => line.trim())
          .filter(Boolean),
      });
    return (
      <TextEditor
        label={t("desk.correctSummary")}
        texts={[sentences.map(({ text }) => text).join("\n")]}
        hint={t("desk.linePerSentence")}
        onSave={save}
        onClose={() => setEditing(false)}
      />
    );
  }
  return (
    <>
      <ul className="sentences">
        {sentences.map(({ text, section }, index) => (
          <Fragment key={index}>
            {section !== undefined && section !== sentences[index - 1]?.section && (
              <li className="sentences-head" dir="auto">
                {section}
              </li>
            )}
            <li dir="auto">{text}</li>
          </Fragment>
        ))}
      </ul>
      <Translation of={sentences.map(({ text }) => text)} />
      <CorrectedNote made={made} meeting={meeting} />
      {mayCorrectSummary(entry, meeting, me) && (
        <button
          type="button"
          className="desk-link desk-quiet desk-correct"
          data-testid="correct-summary"
          onClick={() => setEditing(true)}
        >
          {t("desk.correct")}
        </button>
      )}
    </>
  );
}
