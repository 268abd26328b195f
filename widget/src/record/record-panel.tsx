import { lazy, Suspense, useEffect, useId, useRef, useState, useSyncExternalStore, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { RoundButton } from "../controls/button.tsx";
import { useSitting } from "../sitting/sitting.ts";
import { BeforeMeeting } from "./before-meeting.tsx";
import { CarriedTasks } from "./carried-tasks.tsx";
import { ConfirmMine } from "./confirm-mine.tsx";
import { type DeskState, type Tab, TABS } from "./desk.ts";
import { ExportButton } from "./export-button.tsx";
import { MeetingChoice } from "./meeting-choice.tsx";
import { Minutes } from "./minutes.tsx";
import { SearchResults } from "./search-results.tsx";
import { useShownRecord } from "./shown-record.ts";
import { TaskTargets } from "./task-targets.tsx";
import { TalkTime } from "./talk-time.tsx";
import { Transcript } from "./transcript.tsx";
import "./record.css";
import "./desk.css";
import "./tasks.css";

/** Cytoscape is large, and most people never look. */
const GraphView = lazy(() => import("../graph/graph-view.tsx"));

/** Beside the ring: what was said, what was made of it, and how the time was shared. */
export function RecordPanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { desk } = useSitting();
  const { meeting, record } = useShownRecord();
  const { tab: chosen, sent, meetings } = useSyncExternalStore(desk.subscribe, desk.get);
  const [written, setWritten] = useState("");
  const query = written.trim();
  // Who has not chosen sees what is of most use: the words while they come, the minutes afterwards.
  const tab: Tab = chosen ?? (meeting?.phase === "ended" && (record?.minutes.length ?? 0) > 0 ? "minutes" : "said");
  const id = useId();
  const body = useSentTo(sent);
  const choose = (to: Tab) => {
    setWritten("");
    desk.turnTo(to);
  };
  const before = query === "" && tab === "said" && (meeting === null || meeting.phase === "gathering");
  // Before and during a meeting what is still open is of more use than what there is of minutes.
  const over = meeting?.phase === "ended";

  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const to = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length] ?? "said";
    choose(to);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab=${to}]`)?.focus();
  };
  return (
    <aside className="record" aria-label={t("record.label")} data-testid="record">
      <h2 className="unseen">{t("record.label")}</h2>
      <div className="record-head">
        <div className="tabs" role="tablist" aria-label={t("record.label")} onKeyDown={onKey}>
          {TABS.map((name) => (
            <button
              key={name} type="button" role="tab" className="tab" data-tab={name} id={`${id}-${name}`} aria-selected={tab === name}
              aria-controls={`${id}-body`} tabIndex={tab === name ? 0 : -1} onClick={() => choose(name)}
            >
              {t(name === "graph" ? "graph.tab" : `record.${name}`)}
            </button>
          ))}
        </div>
        <RoundButton icon="close" kind="small" className="record-close" label={t("act.hideRecord")} onClick={onClose} />
      </div>
      <div className="record-tools">
        <MeetingChoice />
        {(tab === "said" || tab === "minutes" || written !== "") && ((record?.utterances.length ?? 0) + (record?.comments.length ?? 0) > 0 || meetings.length > 0) && (
          <input
            className="desk-field" type="search" placeholder={t("desk.search")} aria-label={t("desk.search")} value={written} data-testid="search"
            onChange={({ target }) => setWritten(target.value)} onKeyDown={(event) => event.stopPropagation()}
          />
        )}
        <ExportButton meeting={meeting} record={record} />
      </div>
      <div ref={body} className="record-body" role="tabpanel" id={`${id}-body`} aria-labelledby={`${id}-${tab}`} tabIndex={0}>
        {query !== "" && <SearchResults query={query} record={record} meeting={meeting} onOpened={() => desk.turnTo("said")} />}
        {before && <BeforeMeeting meeting={meeting} />}
        {query === "" && tab === "said" && !before && <Transcript record={record} meeting={meeting} />}
        {query === "" && tab === "minutes" && (
          <>
            {!over && <CarriedTasks />}
            <ConfirmMine record={record} meeting={meeting} />
            <Minutes record={record} meeting={meeting} />
            {over && <CarriedTasks />}
            <TaskTargets />
          </>
        )}
        {query === "" && tab === "graph" && <Suspense fallback={<p className="empty">{t("graph.loading")}</p>}><GraphView record={record} meeting={meeting} /></Suspense>}
        {query === "" && tab === "time" && <TalkTime meeting={meeting} record={record} />}
      </div>
    </aside>
  );
}

/** Goes to the first suggestion, or to the top, whenever somebody was sent there. */
function useSentTo({ to, times }: DeskState["sent"]) {
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (times === 0 || !body.current) return;
    const suggested = to === "suggestion" ? [...body.current.querySelectorAll<HTMLElement>("li[data-status=suggested]")] : [];
    // One that the reader may answer, before one that others answer.
    const at = suggested.find((each) => each.querySelector("button")) ?? suggested[0];
    if (!at) return void (body.current.scrollTop = 0);
    at.scrollIntoView?.({ block: "center" });
    at.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  }, [to, times]);
  return body;
}
