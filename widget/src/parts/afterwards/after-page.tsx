import { useTranslation } from "react-i18next";
import { Button } from "../../look/button.tsx";
import { PurposeQuestion } from "../purposes/purpose-question.tsx";
import { ExportButton } from "../record/export-button.tsx";
import { outcomeOf, suggestionsIn } from "../record/outcome.ts";
import { useMeeting, useMeetingState } from "../../sitting/meeting.ts";
import { useCallPart } from "../../sitting/call.ts";
import { useRecord } from "../../sitting/record.ts";
import { OutcomeLists } from "./outcome-lists.tsx";
import { whenItWas } from "./when-it-was.ts";
import "./afterwards.css";

/** Page in place of the ring once a meeting is over: its outcome, and the suggestions that wait for a yes or no. */
export function AfterPage({ onLook }: { onLook: () => void }) {
  const { t, i18n } = useTranslation();
  const { me } = useMeeting();
  const { past, panel } = useRecord();
  const status = useCallPart((state) => state.status);
  const { meeting, record } = useMeetingState();
  if (meeting?.phase !== "ended") return null;
  const outcome = outcomeOf(record);
  const { all, mine } = suggestionsIn(record, me.id);
  const made = (record?.minutes.length ?? 0) > 0;
  const look = (at: "suggestion" | "top") => {
    past.close();
    panel.turnTo("minutes", at);
    onLook();
  };
  const suggestions = [
    t("after.suggestions", { count: all }),
    ...(mine > 0 ? [t("after.yours", { count: mine })] : []),
  ].join(", ");
  const facts = [...whenItWas(t, meeting, i18n.language), t("after.people", { count: meeting.people.length })];
  return (
    <section className="after" data-in-call={status === "in"} data-testid="after" aria-label={t("after.over")}>
      <header className="after-head">
        <h2 className="after-over">{t("after.over")}</h2>
        <p className="after-facts">{facts.join(" · ")}</p>
      </header>
      {made && (
        <div className="after-actions">
          {all > 0 ? (
            <Button kind="word" icon="task" data-testid="look-through" onClick={() => look("suggestion")}>
              {t("after.lookThrough", { what: suggestions })}
            </Button>
          ) : (
            <Button icon="record" data-testid="read-minutes" onClick={() => look("top")}>
              {t("after.readMinutes")}
            </Button>
          )}
          <ExportButton meeting={meeting} record={record} />
        </div>
      )}
      {made ? (
        <OutcomeLists outcome={outcome} meeting={meeting} />
      ) : (
        <p className="after-none quiet">{t(isBeingMade(record) ? "after.beingMade" : "after.nothing")}</p>
      )}
      <PurposeQuestion />
      {status === "in" && <p className="after-talk quiet small">{t("after.talkOn")}</p>}
    </section>
  );

  /** True when something was said, and nothing stands in the minutes yet. */
  function isBeingMade(known: typeof record): boolean {
    return (known?.turns ?? []).some(({ heard }) => !heard) || (known?.utterances ?? []).length > 0;
  }
}
