import { useTranslation } from "react-i18next";
import type { RingOnMap } from "@mindminder/protocol/assembly-map.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import { Button } from "../../look/button.tsx";
import { PicturesContext } from "../../look/pictures.ts";
import { PictureStore } from "../../model/pictures/picture-store.ts";
import { plainName } from "../../model/meeting/seats.ts";
import { useMeeting } from "../../sitting/meeting.ts";
import { RingDisc } from "./ring-disc.tsx";

/** Pictures of others would be a request each, a hundred at once: their letters do. */
const LETTERS = new PictureStore(async () => null);

type Props = {
  ring: RingOnMap;
  mine: boolean;
  width: number;
  /** The way to a seat here; null: there is none to ask for. */
  seat: "sitHere" | "askToSit" | "asked" | null;
  onSit: () => void;
  /** Listens here, away from one's own seat; null: that is not one's to do. */
  onVisit: (() => void) | null;
};

/** One group of the map: who sits there, whose turn it is, how far it is. */
export function RingCard({ ring, mine, width, seat, onSit, onVisit }: Props) {
  const { t } = useTranslation("assembly");
  const { pictures } = useMeeting();
  const { number, status, theme, people, speaker, delegate, turns } = ring;
  const nameOf = (who: ParticipantId) => plainName(people.find(({ id }) => id === who)?.name ?? who);
  const listeners = people.filter(({ seated }) => !seated).length;
  const names = people
    .filter(({ seated }) => seated)
    .map(({ name, speaksFor }) =>
      speaksFor === undefined ? plainName(name) : t("forGroup", { name: plainName(name), n: speaksFor }),
    );
  return (
    <li className="ring-card" data-mine={mine} data-status={status} data-testid={`ring-on-map-${number}`}>
      <PicturesContext value={mine ? pictures : LETTERS}>
        <RingDisc ring={ring} width={width} />
      </PicturesContext>
      <h3>
        {t("group", { n: number })}
        {mine && <span className="pill">{t("yours")}</span>}
      </h3>
      {theme !== null && (
        <p className="ring-theme">
          <bdi>{theme}</bdi>
        </p>
      )}
      <p className="ring-state">
        {status === "running" && speaker ? t("hasWord", { name: nameOf(speaker) }) : t(`${status}`)}
      </p>
      {turns && status === "running" && (
        <>
          <progress value={turns.done} max={Math.max(1, turns.of)} aria-hidden="true" />
          <p className="unseen">{t("turns", turns)}</p>
        </>
      )}
      <p className="ring-names">
        <bdi>{names.join(", ")}</bdi>
      </p>
      {listeners > 0 && <p className="ring-names">{t("listen", { count: listeners })}</p>}
      {ring.visitors.map(({ id, name }) => (
        <p className="ring-names" key={id}>
          {t("visits", { name: plainName(name) })}
        </p>
      ))}
      {delegate !== null && <p className="ring-names">{t("delegate", { name: nameOf(delegate) })}</p>}
      {seat === "asked" ? (
        <p className="ring-state">{t("asked")}</p>
      ) : (
        seat && (
          <div className="ring-sit">
            <Button
              data-testid={`sit-in-${number}`}
              aria-label={`${t(`${seat}`)}: ${t("group", { n: number })}`}
              onClick={onSit}
            >
              {t(`${seat}`)}
            </Button>
            {onVisit && (
              <Button
                kind="ghost"
                data-testid={`listen-in-${number}`}
                aria-label={`${t("listenIn")}: ${t("group", { n: number })}`}
                onClick={onVisit}
              >
                {t("listenIn")}
              </Button>
            )}
          </div>
        )
      )}
    </li>
  );
}
