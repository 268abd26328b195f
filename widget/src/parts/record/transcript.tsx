import { lazy, memo, Suspense, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { MeetingRecord } from "@mindminder/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { Avatar } from "../../look/avatar.tsx";
import { nameOf } from "../../model/meeting/seats.ts";
import { CircleFacts, hasFacts } from "../circle/circle-facts.tsx";
import { spokenByTurn, type SpokenCircle, type SpokenTurn } from "./by-turn.ts";
import { useHearable } from "./use-hearable.ts";
import { useSome } from "./some-of-it.tsx";
import { isFound } from "./found.tsx";
import { CommentItem, SpokenCommandChip } from "./segments.tsx";
import { SpokenText } from "./spoken-text.tsx";
import { Translation } from "../translation/translation.tsx";

const HearButton = lazy(() => import("./hear-button.tsx"));

type Props = { record: MeetingRecord | null; meeting: MeetingSnapshot | null; query?: string; quiet?: boolean };

/**
 * Transcript, turn by turn; it stays at the newest turn unless the reader has scrolled back. `quiet`: as a part of
 * search results, it begins at the first circle, does not follow the newest turn, and is not there when nothing is
 * found.
 */
export const Transcript = memo(function Transcript({ record, meeting, query = "", quiet = false }: Props) {
  const { t } = useTranslation();
  const hearable = useHearable();
  const all = useMemo(() => withCircleFacts(record ? spokenByTurn(record) : [], meeting), [record, meeting]);
  const circles = useMemo(() => (query === "" ? all : searched(all, query)), [all, query]);
  const { shown, more } = useSome(circles, quiet ? "first" : "last");
  const end = useStayAtEnd(quiet ? undefined : record?.version);
  if (circles.length === 0)
    return quiet ? null : <p className="empty">{t(all.length === 0 ? "record.nothingSaid" : "desk.nothingFound")}</p>;
  return (
    <>
      {!quiet && more}
      {shown.map(({ circle, said }) => (
        <section key={circle} className="circle-said" data-circle={circle}>
          <CircleHead circle={circle} meeting={meeting} />
          {query === "" && <CircleFacts circle={circle} meeting={meeting} />}
          <ol>
            {said.map((each) =>
              each.what === "turn" ? (
                <SpokenItem
                  key={`t${each.turn.id}`}
                  turn={each.turn}
                  meeting={meeting}
                  query={query}
                  hearable={hearable}
                />
              ) : (
                <CommentItem key={`c${each.comment.id}`} comment={each.comment} />
              ),
            )}
          </ol>
        </section>
      ))}
      {quiet && more}
      <div ref={end} />
    </>
  );
});

/** The turns and comments in which it stands. */
function searched(circles: readonly SpokenCircle[], query: string): SpokenCircle[] {
  const found = (each: SpokenCircle["said"][number]) =>
    each.what === "turn"
      ? isFound([each.turn.text, ...each.turn.commands.map(({ text }) => text)].join(" "), query)
      : isFound(each.comment.text, query);
  return circles
    .map((circle) => ({ ...circle, said: circle.said.filter(found) }))
    .filter(({ said }) => said.length > 0);
}

/** Circles in which something was written or decided stand here even when nothing was heard in them. */
function withCircleFacts(spoken: readonly SpokenCircle[], meeting: MeetingSnapshot | null): SpokenCircle[] {
  const silent = (meeting?.circles ?? []).filter(
    (circle) => hasFacts(circle) && !spoken.some((each) => each.circle === circle.index),
  );
  return [...spoken, ...silent.map(({ index }) => ({ circle: index, turns: [], said: [] }))].sort(
    (one, other) => one.circle - other.circle,
  );
}

export function CircleHead({ circle, meeting }: { circle: number; meeting: MeetingSnapshot | null }) {
  const { t } = useTranslation();
  const theme = meeting?.circles[circle]?.theme;
  return (
    <h3>
      <span className="pill">{t("record.circle", { n: circle + 1 })}</span> <bdi>{theme}</bdi>
    </h3>
  );
}

/** Ends of turns whose speaker did not choose to be silent: they were moved on, or were not there. */
const CUT_SHORT: ReadonlySet<string> = new Set([
  "forced",
  "skipped",
  "not-taken",
  "dropped",
  "left",
  "circle-ended",
  "meeting-ended",
]);

const REASONS = ["time-up", "forced", "skipped", "not-taken", "dropped", "left", "meeting-ended"] as const;

type ItemProps = { turn: SpokenTurn; meeting: MeetingSnapshot | null; query: string; hearable: boolean };

function SpokenItem({ turn, meeting, query, hearable }: ItemProps) {
  const { t } = useTranslation();
  const name = nameOf(meeting, turn.speaker);
  const reason = REASONS.find((known) => known === turn.reason);
  return (
    <li className="said" data-turn={turn.id} data-speaker={turn.speaker} data-testid="said">
      <Avatar id={turn.speaker} name={name} size={28} />
      <div>
        <p className="said-name">
          <bdi>{name}</bdi>
          {reason && <span className="quiet"> · {t(`record.reason.${reason}`)}</span>}
        </p>
        <SpokenText turn={turn} meeting={meeting} query={query} />
        <Translation of={turn.pieces.map(({ text }) => text)} />
        {hearable && (
          <Suspense>
            <HearButton turn={turn} name={name} />
          </Suspense>
        )}
        {turn.commands.map((command, index) => (
          <SpokenCommandChip key={index} segment={command} />
        ))}
        {!turn.heard && <p className="quiet small writing">{t("record.beingWritten")}</p>}
        {turn.withheld && <p className="quiet small">{t("record.withheld")}</p>}
        {turn.unwritten && (
          <p className="quiet small">{t(turn.text ? "agreement.partlyUnwritten" : "agreement.turnUnwritten")}</p>
        )}
        {turn.withoutScribe && (
          <p className="quiet small">
            {t(turn.text ? "encryption.partlyWithoutScribe" : "encryption.turnWithoutScribe")}
          </p>
        )}
        {turn.heard &&
          !turn.withheld &&
          !turn.withoutScribe &&
          !turn.unwritten &&
          !turn.text &&
          turn.commands.length === 0 &&
          !CUT_SHORT.has(turn.reason) && <p className="quiet small">{t("record.silent")}</p>}
      </div>
    </li>
  );
}

function useStayAtEnd(version: number | undefined) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = end.current?.closest(".record-body");
    if (!box || version === undefined) return;
    const fromEnd = box.scrollHeight - box.scrollTop - box.clientHeight;
    if (box.scrollTop === 0 || fromEnd < 240) box.scrollTop = box.scrollHeight;
  }, [version]);
  return end;
}
