import { memo } from "react";
import { useTranslation } from "react-i18next";
import type {
  About,
  Decision,
  Growing,
  MadeBy,
  MeetingRecord,
  MinutesEntry,
  Question,
  Task,
} from "@mindminder/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { nameOf } from "../../model/meeting/seats.ts";
import { FoundItem } from "./found-item.tsx";
import { mayChangeItem, mayChangeTask } from "../../model/record/may-correct.ts";
import { useMeeting } from "../../sitting/meeting.ts";
import { Remake } from "./remake.tsx";
import { useShownRecord } from "../../sitting/shown-record.ts";
import { SummaryEntry } from "./summary-entry.tsx";
import { TaskItem } from "./task-item.tsx";
import { CircleHead } from "./transcript.tsx";

type ItemsProps = {
  of: "decision" | "question";
  items: readonly (Decision | Question)[];
  meeting: MeetingSnapshot | null;
};
type Props = { record: MeetingRecord | null; meeting: MeetingSnapshot | null };

/** Minutes: those of the meeting first, then of each circle, then of each person in it. */
export const Minutes = memo(function Minutes({ record, meeting }: Props) {
  const { t } = useTranslation();
  const entries = record?.minutes ?? [];
  const growing = (record?.growing ?? []).filter(({ sentences }) => sentences.length > 0);
  if (entries.length + growing.length === 0) return <p className="empty">{t("record.nothingWritten")}</p>;
  const circles = [
    ...new Set([...entries, ...growing].flatMap(({ about }) => ("circle" in about ? [about.circle] : []))),
  ].sort((a, b) => a - b);
  const ofMeeting = [
    ...entries.filter(({ about }) => about.kind === "meeting").toSorted(byUse),
    ...entries.filter(({ about }) => about.kind === "person"),
  ];
  return (
    <>
      <Remake />
      {ofMeeting.length > 0 && (
        <section className="minutes-of">
          <h3>{t("record.summaryOfMeeting")}</h3>
          {ofMeeting.map((entry, index) => (
            <Entry key={index} entry={entry} meeting={meeting} />
          ))}
        </section>
      )}
      {circles.map((circle) => (
        <section key={circle} className="minutes-of" data-circle={circle}>
          <CircleHead circle={circle} meeting={meeting} />
          {growing
            .filter(({ about }) => "circle" in about && about.circle === circle)
            .map((each) => (
              <Grows key={each.plugin} growing={each} meeting={meeting} />
            ))}
          {inOrder(entries, circle).map((entry, index) => (
            <Entry key={index} entry={entry} meeting={meeting} />
          ))}
        </section>
      ))}
    </>
  );
});

/** Order of the minutes' forms: decisions and tasks come before summaries of what was said. */
const FORMS = [
  "decisions",
  "tasks",
  "questions",
  "note",
  "summary",
  "graph",
] as const satisfies readonly MinutesEntry["result"]["form"][];

function byUse(one: MinutesEntry, other: MinutesEntry): number {
  return FORMS.indexOf(one.result.form) - FORMS.indexOf(other.result.form);
}

function inOrder(entries: readonly MinutesEntry[], circle: number): MinutesEntry[] {
  const of = (kind: About["kind"]) =>
    entries.filter(({ about }) => about.kind === kind && "circle" in about && about.circle === circle);
  return [...of("circle"), ...of("participant"), ...of("turn")];
}

function Entry({ entry, meeting }: { entry: MinutesEntry; meeting: MeetingSnapshot | null }) {
  const { about, result, madeBy } = entry;
  const { t } = useTranslation();
  if (isEmpty(result)) return null;
  return (
    <article className="entry" data-form={result.form} data-about={about.kind} data-testid="minutes-entry">
      {"participant" in about && (
        <h4>
          <bdi>{t("record.summaryOf", { name: nameOf(meeting, about.participant) })}</bdi>
        </h4>
      )}
      {result.form === "summary" && <SummaryEntry entry={entry} sentences={result.sentences} meeting={meeting} />}
      {result.form === "tasks" && <Tasks tasks={result.tasks} meeting={meeting} />}
      {result.form === "decisions" && <Items of="decision" items={result.decisions} meeting={meeting} />}
      {result.form === "questions" && <Items of="question" items={result.questions} meeting={meeting} />}
      {result.form === "note" && (
        <>
          <h4>{result.title}</h4>
          <p dir="auto">{result.text}</p>
        </>
      )}
      <Maker madeBy={madeBy} />
    </article>
  );
}

/** Sentences of minutes still being written, which may change until they are finished. */
function Grows({ growing: { sentences, method }, meeting }: { growing: Growing; meeting: MeetingSnapshot | null }) {
  const { t } = useTranslation();
  const { record } = useShownRecord();
  const speakerOf = (id: string | undefined) => record?.utterances.find((utterance) => utterance.id === id)?.speaker;
  return (
    <article className="entry growing" data-testid="growing" aria-live="off">
      <h4>{t("desk.growing")}</h4>
      <ul className="sentences">
        {sentences.map(({ text, from }, index) => {
          const speaker = method === "highlights" ? speakerOf(from[0]) : undefined;
          return (
            <li key={index} dir="auto">
              {speaker && (
                <>
                  <bdi className="quiet">{nameOf(meeting, speaker)}</bdi>:{" "}
                </>
              )}
              {text}
            </li>
          );
        })}
      </ul>
      <p className="maker">{t(`record.madeBy.${method}`)}</p>
    </article>
  );
}

function isEmpty(result: MinutesEntry["result"]): boolean {
  switch (result.form) {
    case "summary":
      return result.sentences.length === 0;
    case "tasks":
      return result.tasks.length === 0;
    case "decisions":
      return result.decisions.length === 0;
    case "questions":
      return result.questions.length === 0;
    case "note":
      return result.text === "";
    // It is drawn in a view of its own.
    case "graph":
      return true;
  }
}

function Items({ items, meeting, of }: ItemsProps) {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const { record } = useShownRecord();
  const others = items.some((item) => item.status === "suggested" && !mayChangeItem(of, item, meeting, record, me));
  return (
    <>
      <h4>{t(`desk.items.${of}`)}</h4>
      <ul className="tasks items">
        {items.map((item) => (
          <FoundItem key={item.id} of={of} item={item} meeting={meeting} />
        ))}
      </ul>
      {others && (
        <p className="who-may" data-testid="who-may">
          {t("after.whoMayItem")}
        </p>
      )}
    </>
  );
}

function Tasks({ tasks, meeting }: { tasks: readonly Task[]; meeting: MeetingSnapshot | null }) {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const { record } = useShownRecord();
  const others = tasks.some((task) => task.status === "suggested" && !mayChangeTask(task, meeting, record, me));
  return (
    <>
      <h4>{t("record.tasks")}</h4>
      <ul className="tasks">
        {tasks.map((task) => (
          <TaskItem key={task.id} task={task} meeting={meeting} />
        ))}
      </ul>
      {others && (
        <p className="who-may" data-testid="who-may">
          {t("after.whoMay")}
        </p>
      )}
    </>
  );
}

/** Names the maker each time: sentences chosen from speech are not sentences written by a model. */
function Maker({ madeBy: { method, model, withoutModel } }: { madeBy: MadeBy }) {
  const { t } = useTranslation();
  const text = method === "llm" && model ? t("record.madeBy.llmNamed", { model }) : t(`record.madeBy.${method}`);
  return (
    <p className="maker" data-method={method}>
      {text}
      {withoutModel && ` · ${t(`record.withoutModel.${withoutModel}`)}`}
    </p>
  );
}
