import { useTranslation } from "react-i18next";
import type { AssemblyMap, RingOnMap, SeatRequest } from "@mindminder/protocol/assembly-map.ts";
import { Avatar } from "../../look/avatar.tsx";
import { Button } from "../../look/button.tsx";
import { Icon } from "../../look/icons.tsx";
import { PicturesContext } from "../../look/pictures.ts";
import { PictureStore } from "../../model/pictures/picture-store.ts";
import { plainName } from "../../model/meeting/seats.ts";
import { useMeeting } from "../../sitting/meeting.ts";
import { BringHere } from "./bring-here.tsx";
import { WaitingFor } from "./waiting-for.tsx";

/** Pictures of others would be a request each, a hundred at once: their letters do. */
const LETTERS = new PictureStore(async () => null);

/** More than these who listen are a number. */
const MOST_VISITORS = 3;

type Props = {
  map: AssemblyMap;
  ring: RingOnMap;
  name: string;
  /** Number of one's own group. */
  mine: number | null;
  onSit: (seat: SeatRequest) => void;
  onVisit: (ring: number) => void;
};

/** A group in full: who sits there, whose turn it is, how far it is, and the way to it. */
export function RingDetails({ map, ring, name: title, mine, onSit, onVisit }: Props) {
  const { t } = useTranslation("assembly");
  const { me, pictures } = useMeeting();
  const { number, status, theme, people, speaker, delegate, turns } = ring;
  const isMine = number === mine;
  const keeps = map.keeper === me.id;
  const asked = map.asked.some(({ who, to }) => who === me.id && to === number);
  const speaks = people.find(({ id }) => id === speaker);
  const listensHere = ring.visitors.some(({ id }) => id === me.id);
  const listeners = people.filter(({ seated }) => !seated).length;
  return (
    <div
      id="ring-details"
      className="ring-details"
      role="tabpanel"
      aria-labelledby={`ring-tab-${number}`}
      tabIndex={0}
      data-testid="ring-details"
    >
      <h3>
        {title}
        {isMine && map.rings.length > 1 && <span className="pill">{t("yours")}</span>}
      </h3>
      {theme !== null && (
        <p>
          <bdi>{theme}</bdi>
        </p>
      )}
      <p className="ring-state">
        {status === "running" && speaks ? t("hasWord", { name: plainName(speaks.name) }) : t(`${status}`)}
        {turns && status === "running" && <span className="quiet"> · {t("turns", turns)}</span>}
      </p>
      <WaitingFor map={map} ring={ring} />
      <PicturesContext value={isMine ? pictures : LETTERS}>
        <ul className="ring-people" aria-label={t("people", { count: people.length })}>
          {people
            .filter(({ seated }) => seated)
            .map(({ id, name, here, speaksFor }) => (
              <li key={id} data-speaks={id === speaker} data-here={here}>
                <Avatar id={id} name={name} size={24} />
                <bdi>
                  {speaksFor === undefined ? plainName(name) : t("forGroup", { name: plainName(name), n: speaksFor })}
                </bdi>
                {id === delegate && <span className="pill">{t("speaksForIt")}</span>}
                {!here && <span className="quiet">{t("notHere")}</span>}
                {id === speaker && <Icon name="sound" size={16} />}
              </li>
            ))}
        </ul>
      </PicturesContext>
      {listeners > 0 && <p className="quiet small">{t("listen", { count: listeners })}</p>}
      {ring.visitors.slice(0, MOST_VISITORS).map(({ id, name }) => (
        <p className="quiet small" key={id}>
          {t("visits", { name: plainName(name) })}
        </p>
      ))}
      {ring.visitors.length > MOST_VISITORS && (
        <p className="quiet small">{t("listen", { count: ring.visitors.length })}</p>
      )}
      {mine === null && !listensHere && (
        <div className="ring-ways">
          <Button data-testid={`listen-in-${number}`} onClick={() => onVisit(number)}>
            {t("listenHere")}
          </Button>
        </div>
      )}
      {!isMine && mine !== null && (
        <div className="ring-ways">
          {asked && !keeps ? (
            <p>{t("asked")}</p>
          ) : (
            <Button data-testid={`sit-in-${number}`} onClick={() => onSit({ to: number })}>
              {t(keeps ? "sitHere" : "askToSit")}
            </Button>
          )}
          {keeps && (
            <Button data-testid={`listen-in-${number}`} onClick={() => onVisit(number)}>
              {t("listenIn")}
            </Button>
          )}
        </div>
      )}
      {keeps && <BringHere map={map} to={number} onSit={onSit} />}
    </div>
  );
}
