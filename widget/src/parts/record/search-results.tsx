import { memo, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { MeetingRecord } from "@mindminder/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { Button } from "../../look/button.tsx";
import { localeOf } from "./day-written.ts";
import { Found } from "./found.tsx";
import { excerpt, type Hit, hitsIn, hitsInMinutes } from "./search.ts";
import { Transcript } from "./transcript.tsx";
import { type FoundMeeting, usePastSearch } from "./use-past-search.ts";
import type { MeetingId } from "@mindminder/protocol/identity.ts";

type Props = { query: string; record: MeetingRecord | null; meeting: MeetingSnapshot | null; onOpened: () => void };

/**
 * Places where the searched words stand: in this meeting's minutes and transcript, and on asking in the room's earlier
 * meetings.
 */
export const SearchResults = memo(function SearchResults({ query, record, meeting, onOpened }: Props) {
  const { t } = useTranslation();
  const results = hitsInMinutes(record, query);
  const top = useRef<HTMLDivElement>(null);
  // Scrolls back to the first place when other words are searched.
  useEffect(() => {
    const box = top.current?.closest(".record-body");
    if (box) box.scrollTop = 0;
  }, [query]);
  const nothing = record === null || hitsIn(record, query).length === 0;
  return (
    <div ref={top} className="search-results" data-testid="search-results">
      {nothing && (
        <p className="empty" role="status">
          {t("desk.nothingFound")}
        </p>
      )}
      {results.length > 0 && <Hits hits={results} query={query} />}
      {!nothing && <Transcript record={record} meeting={meeting} query={query} quiet />}
      <PastResults query={query} shown={meeting?.id ?? null} onOpened={onOpened} />
    </div>
  );
});

function Hits({ hits, query }: { hits: readonly Hit[]; query: string }) {
  const { t } = useTranslation();
  return (
    <ul className="hits">
      {hits.map(({ where, text }, index) => (
        <li key={index} data-where={where} data-testid="hit">
          <span className="pill">{t(`after.where.${where}`)}</span>{" "}
          <bdi>
            <Found text={excerpt(text, query)} query={query} />
          </bdi>
        </li>
      ))}
    </ul>
  );
}

const MOST_SHOWN = 3;

function PastResults({ query, shown, onOpened }: { query: string; shown: MeetingId | null; onOpened: () => void }) {
  const { t, i18n } = useTranslation();
  const { known, state, found, begin, open } = usePastSearch(query, shown);
  if (!known) return null;
  if (state === "idle")
    return (
      <p className="search-past">
        <Button icon="back" data-testid="search-past" onClick={begin}>
          {t("after.searchPast")}
        </Button>
      </p>
    );
  const day = new Intl.DateTimeFormat(localeOf(i18n.language), { day: "numeric", month: "short", year: "numeric" });
  const show = (each: FoundMeeting) => {
    void open(each.meeting.id);
    onOpened();
  };
  return (
    <section className="past-found" data-testid="past-found" aria-busy={state === "searching"}>
      {found.length > 0 && <h3>{t("after.foundIn")}</h3>}
      {found.map((each) => (
        <article key={each.meeting.id} className="entry">
          <button
            type="button"
            className="desk-link"
            data-testid="past-hit"
            title={t("after.openFound")}
            onClick={() => show(each)}
          >
            <bdi>
              {day.format(each.meeting.startedAt)} · {each.meeting.topic || each.meeting.title}
            </bdi>
          </button>
          <Hits hits={each.hits.slice(0, MOST_SHOWN)} query={query} />
        </article>
      ))}
      <p className="quiet small" role="status">
        {state === "searching" ? t("after.searching") : found.length === 0 ? t("after.foundNowhere") : ""}
      </p>
    </section>
  );
}
