import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { RingOnMap } from "@mindminder/protocol/assembly-map.ts";
import type { MeetingRecord } from "@mindminder/protocol/meeting-record.ts";
import { Button } from "../../look/button.tsx";
import { Dialog } from "../../look/dialog.tsx";
import { plainName } from "../../model/meeting/seats.ts";
import { useMeeting, useMeetingState } from "../../sitting/meeting.ts";
import { Minutes } from "../record/minutes.tsx";

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
  const { meeting, record } = useMeetingState();
  const draft = useMemo(() => record && summaryIn(record), [record]);
  const name = people.find(({ id }) => id === delegate)?.name;
  const agreed = summary.agreed.length;
  return (
    <Dialog title={t("ourSummary")} name="our-summary" onClose={onClose}>
      <p className="quiet">
        {name === undefined ? t("goesAlong") : t("goesAlongWith", { name: plainName(name) })} {t("putRight")}
      </p>
      <Minutes record={draft} meeting={meeting} />
      <div className="give-along">
        {summary.given ? (
          <p role="status">{t("given")}</p>
        ) : (
          <>
            {agreed > 0 && <p role="status">{t("agreedToIt", { n: agreed, m: people.length })}</p>}
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

/** Summaries of the whole and of its circles, finished ones and those that grow; of one person none. */
function summaryIn(record: MeetingRecord): MeetingRecord {
  const minutes = record.minutes.filter(
    ({ about, result }) => result.form === "summary" && (about.kind === "meeting" || about.kind === "circle"),
  );
  const whole = minutes.filter(({ about }) => about.kind === "meeting");
  return { ...record, minutes: whole.length > 0 ? whole : minutes };
}
