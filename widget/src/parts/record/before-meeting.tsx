import { useTranslation } from "react-i18next";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { Outline } from "../circle/outline.tsx";
import { useScenarios } from "../circle/use-scenarios.ts";
import { useRecord } from "../../sitting/record.ts";
import { CarriedTasks } from "./carried-tasks.tsx";
import { localeOf } from "./day-written.ts";
import { useLastDecisions } from "./use-last-decisions.ts";
import type { MeetingId } from "@mindminder/protocol/identity.ts";

/** The record before anything is said: the last decisions, tasks still to do, and the agenda. */
export function BeforeMeeting({ meeting }: { meeting: MeetingSnapshot | null }) {
  return (
    <div className="before" data-testid="before">
      <LastDecisions shown={meeting?.id ?? null} />
      <CarriedTasks />
      <Agenda topic={meeting?.topic ?? ""} />
    </div>
  );
}

const MOST_DECISIONS = 5;

function LastDecisions({ shown }: { shown: MeetingId | null }) {
  const { t, i18n } = useTranslation();
  const { past } = useRecord();
  const last = useLastDecisions(shown);
  if (!last) return null;
  const { meeting, decisions } = last;
  const day = new Intl.DateTimeFormat(localeOf(i18n.language), { day: "numeric", month: "long" });
  return (
    <section className="minutes-of" data-testid="last-decisions">
      <h3>{t("after.lastDecided")}</h3>
      <div className="entry">
        <ul className="sentences">
          {decisions.slice(0, MOST_DECISIONS).map(({ id, text }) => (
            <li key={id} dir="auto">
              {text}
            </li>
          ))}
        </ul>
        <button
          type="button"
          className="desk-link desk-quiet"
          title={t("after.openFound")}
          onClick={() => void past.open(meeting.id)}
        >
          <bdi>
            {day.format(meeting.startedAt)} · {meeting.topic || meeting.title}
          </bdi>
        </button>
      </div>
    </section>
  );
}

/** Agenda of the room's usual scenario, until somebody chooses. */
function Agenda({ topic }: { topic: string }) {
  const { t } = useTranslation();
  const known = useScenarios();
  const scenario = known.state === "there" ? known.scenarios.find(({ id }) => id === known.preferred) : undefined;
  if (!scenario) return <p className="empty">{t("record.nothingSaid")}</p>;
  return (
    <section className="minutes-of" data-testid="agenda">
      <h3>{t("after.agenda", { title: scenario.title })}</h3>
      <Outline circles={scenario.outline} topic={topic} testId="agenda-outline" />
    </section>
  );
}
