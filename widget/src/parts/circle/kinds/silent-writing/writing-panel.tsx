import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { CircleSnapshot, MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { Button } from "../../../../look/button.tsx";
import { Avatar } from "../../../../look/avatar.tsx";
import { Icon } from "../../../../look/icons.tsx";
import { nameOf } from "../../../../model/meeting/seats.ts";
import { useMeeting } from "../../../../sitting/meeting.ts";
import { Panel } from "../../panel.tsx";
import { StageClock } from "../../stage-clock.tsx";
import { useDraft } from "./use-draft.ts";

const MOST_LETTERS = 2_000;
/** Number of letters left from which it is shown. */
const LEFT_FROM = 300;

/** Everybody writes, nobody is heard, and nobody's text is seen before all are. */
export function WritingPanel({ meeting, circle }: { meeting: MeetingSnapshot; circle: CircleSnapshot }) {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const mine = meeting.ring.includes(me.id);
  return (
    <Panel
      name="writing"
      title={t("circle.writing.title")}
      aside={<StageClock meeting={meeting} />}
      lead={mine ? t("circle.writing.lead") : t("circle.writing.watch")}
    >
      {mine && <MyText key={`${meeting.id}.${circle.index}`} meeting={meeting} circle={circle} />}
      <Writers meeting={meeting} />
    </Panel>
  );
}

function MyText({ meeting, circle }: { meeting: MeetingSnapshot; circle: CircleSnapshot }) {
  const { t } = useTranslation();
  const draft = useDraft(meeting, circle);
  const id = useId();
  const left = MOST_LETTERS - draft.text.length;
  const empty = draft.text.trim() === "";
  if (draft.finished) {
    return (
      <div className="my-text" data-finished="true">
        <p className="finished">
          <Icon name="check" size={18} />
          {empty ? t("circle.writing.finishedEmpty") : t("circle.writing.finished")}
        </p>
        {!empty && (
          <p className="text-body" dir="auto">
            {draft.text}
          </p>
        )}
        {/* An empty text cannot be opened again as such: it is simply written. */}
        <Button icon="pen" disabled={draft.busy} data-testid="reopen-text" onClick={() => void draft.reopen()}>
          {t("circle.writing.reopen")}
        </Button>
      </div>
    );
  }
  return (
    <div className="my-text">
      <label htmlFor={id} className="unseen">
        {t("circle.writing.label")}
      </label>
      <textarea
        id={id}
        className="field my-text-field"
        value={draft.text}
        maxLength={MOST_LETTERS}
        placeholder={t("circle.writing.placeholder")}
        disabled={!draft.ready}
        aria-describedby={`${id}-state`}
        data-testid="my-text"
        onChange={(event) => draft.write(event.target.value)}
        onBlur={draft.save}
      />
      <div className="my-text-foot">
        <p className="quiet small" id={`${id}-state`} data-testid="text-state" data-state={draft.state}>
          {t(`circle.writing.${draft.state}`)}
          {left <= LEFT_FROM && <> · {t("circle.writing.left", { count: left })}</>}
        </p>
        <Button
          kind={empty ? "plain" : "word"}
          icon="check"
          disabled={!draft.ready || draft.busy}
          data-testid="finish-text"
          onClick={() => void draft.finish()}
        >
          {empty ? t("circle.writing.finishEmpty") : t("circle.writing.finish")}
        </Button>
      </div>
    </div>
  );
}

function Writers({ meeting }: { meeting: MeetingSnapshot }) {
  const { t } = useTranslation();
  const here = meeting.ring.filter((id) =>
    meeting.people.some((person) => person.id === id && person.presence !== "left"),
  );
  const done = here.filter((id) => meeting.wrote.includes(id));
  return (
    <div className="writers">
      <p className="small" data-testid="writers-done">
        {t("circle.writing.done", { n: done.length, m: here.length })}
      </p>
      <ul aria-label={t("circle.writing.who")}>
        {here.map((id) => {
          const name = nameOf(meeting, id);
          const finished = done.includes(id);
          return (
            <li
              key={id}
              data-testid="writer"
              data-who={id}
              data-finished={finished}
              title={`${name}: ${finished ? t("circle.writing.hasFinished") : t("circle.writing.writes")}`}
            >
              <Avatar id={id} name={name} size={26} />
              <span className="writer-mark">
                <Icon name={finished ? "check" : "pen"} size={12} />
              </span>
              <span className="unseen">
                {name}: {finished ? t("circle.writing.hasFinished") : t("circle.writing.writes")}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
