import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AssemblyMap, SeatRequest } from "@mindminder/protocol/assembly-map.ts";
import { useSize } from "../../look/use-size.ts";
import { useMeeting } from "../../sitting/meeting.ts";
import { mapLayout } from "./map-layout.ts";
import { RingDetails } from "./ring-details.tsx";
import { RingTab } from "./ring-tab.tsx";
import { WishesOfGroups } from "./wishes-of-groups.tsx";
import "./assembly.css";

/** Beside the map; in a narrower place a group in full stands below it. */
const DETAILS = 284;
const NARROW = 640;
/** In a narrow place the map is as high as it needs to be, and about as high as this many times its width at first. */
const TALL = 1.15;

type Props = { map: AssemblyMap; onSit: (seat: SeatRequest) => void; onVisit: (ring: number) => void };

/** All groups of an assembly as one map, one's own marked; a press shows one in full, and the way to it. */
export function RingMap({ map, onSit, onVisit }: Props) {
  const { t } = useTranslation("assembly");
  const { me } = useMeeting();
  const [chosen, setChosen] = useState<number | null>(null);
  const [box, { width, height }] = useSize<HTMLDivElement>({ width: 900, height: 480 });
  const tabs = useRef<HTMLDivElement>(null);
  const { rings, phase, keeper, calls } = map;
  const mine = rings.find(({ people }) => people.some(({ id }) => id === me.id))?.number ?? null;
  const listens = rings.find(({ visitors }) => visitors.some(({ id }) => id === me.id))?.number ?? null;
  const shown = rings.find(({ number }) => number === (chosen ?? listens ?? mine)) ?? rings[0];
  // Where all sit in one, its number would tell nothing.
  const numbered = rings.length > 1;
  const nameOf = (ring: number) => (numbered ? t("group", { n: ring }) : t(`kind.${phase.kind}`));
  const narrow = width < NARROW;
  const layout = mapLayout(
    rings.length,
    narrow ? { width, height: width * TALL } : { width: width - DETAILS, height: height - 8 },
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepOf(event.key, layout.columns, rings.length);
    if (step === null || !shown) return;
    event.preventDefault();
    const at = Math.min(rings.length - 1, Math.max(0, rings.indexOf(shown) + step));
    setChosen(rings[at]?.number ?? null);
    tabs.current?.querySelectorAll<HTMLElement>("[role=tab]")[at]?.focus();
  };
  return (
    <div className="ring-map" data-testid="ring-map">
      {keeper === me.id && <WishesOfGroups map={map} onSit={onSit} onVisit={onVisit} />}
      <div className="map-place" ref={box} data-narrow={narrow}>
        <div
          ref={tabs}
          className="ring-tabs"
          role="tablist"
          aria-label={t("groups")}
          style={{ width: layout.columns * layout.cell }}
          onKeyDown={onKeyDown}
        >
          {rings.map((ring) => (
            <RingTab
              key={ring.number}
              ring={ring}
              mine={ring.number === mine}
              chosen={ring === shown}
              calls={calls.some((call) => call.ring === ring.number)}
              layout={layout}
              name={nameOf(ring.number)}
              numbered={numbered}
              chair={phase.kind === "delegates"}
              onChoose={() => setChosen(ring.number)}
            />
          ))}
        </div>
        {shown && <RingDetails {...{ map, mine, onSit, onVisit }} ring={shown} name={nameOf(shown.number)} />}
      </div>
    </div>
  );
}

/** Groups from the chosen one to the one that a key leads to. */
function stepOf(key: string, columns: number, rings: number): number | null {
  switch (key) {
    case "ArrowRight":
      return 1;
    case "ArrowLeft":
      return -1;
    case "ArrowDown":
      return columns;
    case "ArrowUp":
      return -columns;
    case "Home":
      return -rings;
    case "End":
      return rings;
    default:
      return null;
  }
}
