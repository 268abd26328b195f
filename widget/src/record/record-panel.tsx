import { lazy, Suspense, useId, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { RoundButton } from "../controls/button.tsx";
import { CarriedTasks } from "./carried-tasks.tsx";
import { MeetingChoice } from "./meeting-choice.tsx";
import { Minutes } from "./minutes.tsx";
import { useShownRecord } from "./shown-record.ts";
import { TaskTargets } from "./task-targets.tsx";
import { TalkTime } from "./talk-time.tsx";
import { Transcript } from "./transcript.tsx";
import "./record.css";
import "./desk.css";
import "./tasks.css";

/** Cytoscape is large, and most people never look. */
const GraphView = lazy(() => import("../graph/graph-view.tsx"));

const TABS = ["said", "minutes", "graph", "time"] as const;
type Tab = (typeof TABS)[number];

/** Beside the ring: what was said, what was made of it, and how the time was shared. */
export function RecordPanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { meeting, record } = useShownRecord();
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState<Tab | null>(null);
  // Who has not chosen sees what is of most use: the words while they come, the minutes afterwards.
  const tab = chosen ?? (meeting?.phase === "ended" && (record?.minutes.length ?? 0) > 0 ? "minutes" : "said");
  const id = useId();
  // Before and during a meeting what is still open is of more use than what there is of minutes.
  const over = meeting?.phase === "ended";

  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const to = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length] ?? "said";
    setChosen(to);
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
              aria-controls={`${id}-body`} tabIndex={tab === name ? 0 : -1} onClick={() => setChosen(name)}
            >
              {t(name === "graph" ? "graph.tab" : `record.${name}`)}
            </button>
          ))}
        </div>
        <RoundButton icon="close" kind="small" className="record-close" label={t("act.hideRecord")} onClick={onClose} />
      </div>
      <div className="record-tools">
        <MeetingChoice />
        {tab === "said" && (record?.utterances.length ?? 0) + (record?.comments.length ?? 0) > 0 && (
          <input
            className="desk-field" type="search" placeholder={t("desk.search")} aria-label={t("desk.search")} value={query} data-testid="search"
            onChange={({ target }) => setQuery(target.value)} onKeyDown={(event) => event.stopPropagation()}
          />
        )}
      </div>
      <div className="record-body" role="tabpanel" id={`${id}-body`} aria-labelledby={`${id}-${tab}`} tabIndex={0}>
        {tab === "said" && <Transcript record={record} meeting={meeting} query={query.trim()} />}
        {tab === "minutes" && (
          <>
            {!over && <CarriedTasks />}
            <Minutes record={record} meeting={meeting} />
            {over && <CarriedTasks />}
            <TaskTargets />
          </>
        )}
        {tab === "graph" && <Suspense fallback={<p className="empty">{t("graph.loading")}</p>}><GraphView record={record} meeting={meeting} /></Suspense>}
        {tab === "time" && <TalkTime meeting={meeting} />}
      </div>
    </aside>
  );
}
