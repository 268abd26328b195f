import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { correctionsOf } from "@mindminder/protocol/correction.ts";
import { useMeeting } from "../../sitting/meeting.ts";
import { useRecord } from "../../sitting/record.ts";
import type { SpokenTurn } from "./by-turn.ts";
import { CorrectedNote } from "./corrected-note.tsx";
import { Found } from "./found.tsx";
import { mayCorrectUtterance } from "../../model/record/may-correct.ts";
import { useShownRecord } from "../../sitting/shown-record.ts";
import { TextEditor } from "./text-editor.tsx";

type Props = { turn: SpokenTurn; meeting: MeetingSnapshot | null; query: string };

/** Text of a turn. People who may correct it do so in its place, as one text however many pieces it was heard in. */
export function SpokenText({ turn, meeting, query }: Props) {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const { corrector } = useRecord();
  const { record } = useShownRecord();
  const [editing, setEditing] = useState(false);
  const corrections = record?.corrections ?? [];
  const made = turn.pieces.flatMap(({ id }) => correctionsOf(corrections, { of: "utterance", id }));
  const mayCorrect = turn.pieces.length > 0 && mayCorrectUtterance(turn, meeting, me);

  if (editing) {
    return (
      <TextEditor
        label={t("desk.correctTranscript")}
        texts={[turn.text]}
        hint={t("after.correctedThen")}
        onSave={save}
        onClose={() => setEditing(false)}
      />
    );
  }
  return (
    <>
      {turn.text && (
        <p className="said-text" dir="auto">
          <Found text={turn.text} query={query} />
        </p>
      )}
      <CorrectedNote made={made} meeting={meeting} />
      {mayCorrect && (
        <button
          type="button"
          className="desk-link desk-quiet desk-correct"
          data-testid="correct"
          onClick={() => setEditing(true)}
        >
          {t("desk.correct")}
        </button>
      )}
    </>
  );

  async function save([whole = ""]: readonly string[]): Promise<boolean> {
    const { spreadText } = await import("./spread-text.ts");
    const texts = spreadText(
      turn.pieces.map(({ text }) => text),
      whole,
    );
    for (const [place, { id, text: before }] of turn.pieces.entries()) {
      const text = texts[place] ?? "";
      const seen = correctionsOf(corrections, { of: "utterance", id }).length;
      if (
        text !== before.trim() &&
        (!meeting || !(await corrector.correct(meeting.id, { of: "utterance", id, text }, seen)))
      )
        return false;
    }
    return true;
  }
}
