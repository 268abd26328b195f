import { useDeferredValue, useId, useMemo, useState, useSyncExternalStore, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { RoundButton } from "../../look/button.tsx";
import { useRecord } from "../../sitting/record.ts";
import { type Tab, TABS } from "../../model/record/panel-state.ts";
import { ExportButton } from "./export-button.tsx";
import { MeetingChoice } from "./meeting-choice.tsx";
import { RecordBody } from "./record-body.tsx";
import { useShownRecord } from "../../sitting/shown-record.ts";
import "./record.css";
import "./desk.css";
import "./tasks.css";

/** Panel of the record beside the ring: the words, the minutes made of them, and the shares of talk time. */
export function RecordPanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { past, panel } = useRecord();
  const { meeting, record } = useShownRecord();
  const { tab: chosen, sent } = useSyncExternalStore(panel.subscribe, panel.get);
  const { meetings } = useSyncExternalStore(past.subscribe, past.get);
  const [written, setWritten] = useState("");
  const query = written.trim();
  // The tab of most use until one is chosen: the words while they come, the minutes afterwards.
  const tab: Tab = chosen ?? (meeting?.phase === "ended" && (record?.minutes.length ?? 0) > 0 ? "minutes" : "said");
  const id = useId();
  const choose = (to: Tab) => {
    setWritten("");
    panel.turnTo(to);
  };
  // A press is answered first; what it opens may be long, and is drawn when the page has time for it.
  const view = useDeferredValue(
    useMemo(() => ({ tab, query, sent, meeting, record }), [tab, query, sent, meeting, record]),
    null,
  );

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
              key={name}
              type="button"
              role="tab"
              className="tab"
              data-tab={name}
              id={`${id}-${name}`}
              aria-selected={tab === name}
              aria-controls={`${id}-body`}
              tabIndex={tab === name ? 0 : -1}
              onClick={() => choose(name)}
            >
              {t(name === "graph" ? "graph.tab" : `record.${name}`)}
            </button>
          ))}
        </div>
        <RoundButton icon="close" kind="small" className="record-close" label={t("act.hideRecord")} onClick={onClose} />
      </div>
      <div className="record-tools">
        <MeetingChoice />
        {(tab === "said" || tab === "minutes" || written !== "") &&
          ((record?.utterances.length ?? 0) + (record?.comments.length ?? 0) > 0 || meetings.length > 0) && (
            <input
              className="desk-field"
              type="search"
              placeholder={t("desk.search")}
              aria-label={t("desk.search")}
              value={written}
              data-testid="search"
              onChange={({ target }) => setWritten(target.value)}
              onKeyDown={(event) => event.stopPropagation()}
            />
          )}
        <ExportButton meeting={meeting} record={record} />
      </div>
      {view ? <RecordBody view={view} id={id} /> : <div className="record-body" />}
    </aside>
  );
}
