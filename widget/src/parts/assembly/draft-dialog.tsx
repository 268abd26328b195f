import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { RingOnMap } from "@mindminder/protocol/assembly-map.ts";
import type { MeetingRecord } from "@mindminder/protocol/meeting-record.ts";
import { Button } from "../../look/button.tsx";
import { Dialog } from "../../look/dialog.tsx";
import { plainName } from "../../model/meeting/seats.ts";
import { useMeeting, useMeetingState } from "../../sitting/meeting.ts";
import { useRecord } from "../../sitting/record.ts";

type Props = {
  mine: RingOnMap;
  /** True for the group's keeper, or that of all: their word is enough. */
  keeps: boolean;
  onGive: () => void;
  onClose: () => void;
};

/** The group's summary as its delegate takes it along: the group puts it right, and says that it stands. */
export function DraftDialog({ mine: { people, delegate, summary }, keeps, onGive, onClose }: Props) {
  const { t } = useTranslation("assembly");
  const { me } = useMeeting();
  const { panel } = useRecord();
  const { record } = useMeetingState();
  const draft = useMemo(() => (record ? sentencesIn(record) : []), [record]);
  const name = people.find(({ id }) => id === delegate)?.name;
  const agreed = summary.agreed.length;
  return (
    <Dialog title={t("ourSummary")} name="our-summary" onClose={onClose}>
      <p className="quiet">
        {name === undefined ? t("goesAlong") : t("goesAlongWith", { name: plainName(name) })} {t("putRight")}
      </p>
      {draft.length === 0 && <p>{t("outcome.nothing")}</p>}
      <ul className="sentences">
        {draft.map((text) => (
          <li key={text} dir="auto">
            {text}
          </li>
        ))}
      </ul>
      <div className="give-along">
        {summary.given ? (
          <p role="status">{t("given")}</p>
        ) : (
          <>
            {agreed > 0 && <p role="status">{t("agreedToIt", { n: agreed, m: people.length })}</p>}
            <Button
              data-testid="correct-draft"
              onClick={() => {
                panel.turnTo("minutes", "top");
                onClose();
              }}
            >
              {t("desk.correct", { ns: "widget" })}
            </Button>
            {!summary.agreed.includes(me.id) && (
              <Button kind="word" data-testid="give-along" onClick={onGive}>
                {t(keeps ? "giveAlong" : "agreeToIt")}
              </Button>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}

/** Sentences of the whole, or of its circles as far as they have come. */
function sentencesIn({ minutes, growing = [] }: MeetingRecord): readonly string[] {
  const summaries = minutes.flatMap(({ about, result }) => (result.form === "summary" ? [{ about, ...result }] : []));
  const whole = summaries.filter(({ about }) => about.kind === "meeting");
  const finished = whole.length > 0 ? whole : summaries.filter(({ about }) => about.kind === "circle");
  const shown = finished.length > 0 ? finished : growing.filter(({ about }) => about.kind === "circle");
  return shown.flatMap(({ sentences }) => sentences.map(({ text }) => text));
}
