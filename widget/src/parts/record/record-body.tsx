import { lazy, memo, Suspense, useCallback, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { MeetingRecord } from "@mindminder/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { useRecord } from "../../sitting/record.ts";
import { BeforeMeeting } from "./before-meeting.tsx";
import { CarriedTasks } from "./carried-tasks.tsx";
import { ConfirmMine } from "./confirm-mine.tsx";
import { Minutes } from "./minutes.tsx";
import { TaskTargets } from "./task-targets.tsx";
import { Transcript } from "./transcript.tsx";
import type { PanelState, Tab } from "../../model/record/panel-state.ts";

/** Fetched when somebody looks at it; most people never do. */
const GraphView = lazy(() => import("../graph/graph-view.tsx"));
const SearchResults = lazy(async () => ({ default: (await import("./search-results.tsx")).SearchResults }));
const TalkTime = lazy(async () => ({ default: (await import("./talk-time.tsx")).TalkTime }));

export type RecordView = {
  readonly tab: Tab;
  /** The searched words; empty when there is no search. */
  readonly query: string;
  readonly sent: PanelState["sent"];
  readonly meeting: MeetingSnapshot | null;
  readonly record: MeetingRecord | null;
};

/** Body of the record: the chosen tab, or the places where the searched words stand. */
export const RecordBody = memo(function RecordBody({ view, id }: { view: RecordView; id: string }) {
  const { t } = useTranslation();
  const { panel } = useRecord();
  const { tab, query, sent, meeting, record } = view;
  const body = useSentTo(sent);
  const toTranscript = useCallback(() => panel.turnTo("said"), [panel]);
  const before = query === "" && tab === "said" && (meeting === null || meeting.phase === "gathering");
  // Before and during a meeting what is still open is of more use than what there is of minutes.
  const over = meeting?.phase === "ended";
  return (
    <div
      ref={body}
      className="record-body"
      role="tabpanel"
      id={`${id}-body`}
      aria-labelledby={`${id}-${tab}`}
      tabIndex={0}
    >
      {query !== "" && (
        <Suspense>
          <SearchResults query={query} record={record} meeting={meeting} onOpened={toTranscript} />
        </Suspense>
      )}
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
      {query === "" && tab === "graph" && (
        <Suspense fallback={<p className="empty">{t("graph.loading")}</p>}>
          <GraphView record={record} meeting={meeting} />
        </Suspense>
      )}
      {query === "" && tab === "time" && (
        <Suspense>
          <TalkTime meeting={meeting} record={record} />
        </Suspense>
      )}
    </div>
  );
});

/** Goes to the first suggestion, or to the top, whenever somebody was sent there. */
function useSentTo({ to, times }: PanelState["sent"]) {
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (times === 0 || !body.current) return;
    const suggested =
      to === "suggestion" ? [...body.current.querySelectorAll<HTMLElement>("li[data-status=suggested]")] : [];
    // One that the reader may answer, before one that others answer.
    const at = suggested.find((each) => each.querySelector("button")) ?? suggested[0];
    if (!at) return void (body.current.scrollTop = 0);
    at.scrollIntoView?.({ block: "center" });
    at.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  }, [to, times]);
  return body;
}
