import { useTranslation } from "react-i18next";
import { rightsOf } from "../../../../model/meeting/rights.ts";
import { useMeeting } from "../../../../sitting/meeting.ts";
import { Panel } from "../../panel.tsx";
import { StageClock } from "../../stage-clock.tsx";
import type { KindProps } from "../kind-view.ts";
import { GroupBody } from "./group-body.tsx";
import { DOTS, type Group, numberOf, titleOf } from "./groups.ts";
import { useMyDots } from "./use-my-dots.ts";

/** Everybody gives their dots; how many lie where nobody sees before the end. */
export function VotingPanel({ meeting, circle }: KindProps) {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const { takesPart } = rightsOf(meeting, me);
  const here = meeting.people.filter(({ presence }) => presence === "call" || presence === "room");
  const done = here.filter(({ id }) => meeting.wrote.includes(id)).length;
  return (
    <Panel
      name="voting"
      title={t("circle.dots.voteTitle")}
      aside={<StageClock meeting={meeting} />}
      lead={takesPart ? t("circle.dots.voteLead") : t("circle.dots.voteWatch")}
    >
      {takesPart ? (
        <MyDots key={circle.index} meeting={meeting} circle={circle} />
      ) : (
        <ul className="vote" aria-label={t("circle.dots.groups")}>
          {(circle.vote ?? []).map((group) => (
            <li key={numberOf(group)} className="vote-group">
              <GroupBody group={group} meeting={meeting} />
            </li>
          ))}
        </ul>
      )}
      <p className="quiet small" data-testid="dots-done">
        {t("circle.dots.done", { n: done, m: here.length })}
      </p>
    </Panel>
  );
}

function MyDots({ meeting, circle }: KindProps) {
  const { t } = useTranslation();
  const { on, busy, put } = useMyDots(circle);
  const given = on ?? [];
  const left = DOTS - given.length;
  const still = on === null || busy || meeting.paused;
  return (
    <>
      <p className="dots-left" aria-live="polite" data-testid="dots-left">
        {left > 0 ? t("circle.dots.left", { count: left }) : t("circle.dots.noneLeft")}
      </p>
      <ul className="vote" aria-label={t("circle.dots.groups")}>
        {(circle.vote ?? []).map((group) => (
          <li key={numberOf(group)} className="vote-group vote-line" data-testid="vote-group">
            <GroupBody group={group} meeting={meeting} />
            <Dots group={group} given={given} left={left} still={still} put={(next) => void put(next)} />
          </li>
        ))}
      </ul>
    </>
  );
}

type DotsProps = {
  readonly group: Group;
  readonly given: readonly number[];
  readonly left: number;
  readonly still: boolean;
  readonly put: (on: readonly number[]) => void;
};

/** My dots on one group, with a button for one more and one for one less. */
function Dots({ group, given, left, still, put }: DotsProps) {
  const { t } = useTranslation();
  const number = numberOf(group);
  const here = given.filter((each) => each === number).length;
  const title = titleOf(group);
  const without = given.toSpliced(given.indexOf(number), 1);
  return (
    <div className="dots" data-dots={here}>
      <button
        type="button"
        className="dots-button"
        aria-disabled={still || here === 0}
        aria-label={t("circle.dots.less", { title })}
        data-testid="dot-less"
        onClick={() => !still && here > 0 && put(without)}
      >
        −
      </button>
      <span className="dots-shown">
        <span aria-hidden="true">
          {Array.from({ length: DOTS }, (_, place) => (
            <i key={place} className="dot" data-given={place < here || undefined} />
          ))}
        </span>
        <span className="unseen">{t("circle.dots.mine", { count: here })}</span>
      </span>
      <button
        type="button"
        className="dots-button"
        aria-disabled={still || left === 0}
        aria-label={t("circle.dots.more", { title })}
        data-testid="dot-more"
        onClick={() => !still && left > 0 && put([...given, number])}
      >
        +
      </button>
    </div>
  );
}
