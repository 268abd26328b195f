import { useTranslation } from "react-i18next";
import type { AssemblyMap, SeatRequest } from "@mindminder/protocol/assembly-map.ts";
import { Button } from "../../look/button.tsx";
import { plainName } from "../../model/meeting/seats.ts";
import { useMeeting } from "../../sitting/meeting.ts";
import { RingCard } from "./ring-card.tsx";
import "./assembly.css";

type Props = { map: AssemblyMap; onSit: (seat: SeatRequest) => void; onVisit: (ring: number) => void };

/** All groups of an assembly side by side, one's own marked, and the way to sit in another. */
export function RingMap({ map: { rings, phase, asked, keeper }, onSit, onVisit }: Props) {
  const { t } = useTranslation("assembly");
  const { me } = useMeeting();
  if (phase.kind === "topics") return <p className="quiet">{t("topics")}</p>;
  const mine = rings.find(({ people }) => people.some(({ id }) => id === me.id))?.number ?? null;
  const keeps = keeper === me.id;
  const wish = asked.find(({ who }) => who === me.id)?.to ?? null;
  const seatIn = (ring: number) => {
    if (mine === null || ring === mine) return null;
    if (keeps) return "sitHere";
    return ring === wish ? "asked" : "askToSit";
  };
  const names = new Map(rings.flatMap(({ people }) => people.map(({ id, name }) => [id, plainName(name)])));
  return (
    <div className="ring-map" data-testid="ring-map">
      {keeps &&
        asked.map(({ who, to }) => (
          <p className="ring-wish" key={who}>
            <span>{t("wants", { name: names.get(who) ?? who, n: to })}</span>
            <Button kind="word" data-testid="move-who-asked" onClick={() => onSit({ who, to })}>
              {t("move")}
            </Button>
          </p>
        ))}
      <ul className="ring-cards" data-size={sizeOf(rings.length)}>
        {rings.map((ring) => (
          <RingCard
            key={ring.number}
            ring={ring}
            mine={ring.number === mine}
            width={WIDTHS[sizeOf(rings.length)]}
            seat={seatIn(ring.number)}
            onSit={() => onSit({ to: ring.number })}
            onVisit={keeps && ring.number !== mine ? () => onVisit(ring.number) : null}
          />
        ))}
      </ul>
    </div>
  );
}

const WIDTHS = { large: 220, middle: 150, small: 104 } as const;

function sizeOf(rings: number): keyof typeof WIDTHS {
  if (rings <= 3) return "large";
  return rings <= 16 ? "middle" : "small";
}
