import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCallState, useMeetingState, useSitting } from "../sitting/sitting.ts";
import { Announcer } from "./announcer.tsx";
import { layRing, type RingLayout } from "./geometry.ts";
import { SeatItem } from "./seat-item.tsx";
import { seatsOf, type Seat } from "./seats.ts";
import { TurnSounds } from "./sounds.ts";
import { Stage } from "./stage.tsx";
import { TravellingWord } from "./travelling-word.tsx";
import "./ring.css";

/** The circle as it sits: everybody in their place, the word in the middle, and a mark that travels with it. */
export function Ring() {
  const { t } = useTranslation();
  const { me } = useSitting();
  const { meeting } = useMeetingState();
  const { voices } = useCallState();
  const [box, size] = useSize();

  const seats = useMemo(() => seatsOf(meeting), [meeting]);
  const layout = useMemo(() => layRing(seats.length, size.width, size.height), [seats.length, size]);
  const longest = Math.max(1, ...seats.map(({ person }) => person.spokenMs));
  const speaking = seats.findIndex(({ person }) => person.id === meeting?.turn?.speaker);
  const speakerAt = directionOf(layout, speaking);
  const alone = seats.length === 1 ? seats[0] : undefined;
  return (
    <section className="ring" ref={box} aria-label={t("ring.label")} data-shape={layout.shape} data-testid="ring">
      <Orbit layout={layout} />
      <div className="ring-middle" style={{ left: layout.centre.x, top: layout.centre.y }} {...(alone && layout.places.length === 0 && seatData(alone))}>
        <Stage meeting={meeting} voices={voices} size={layout.stage} words={layout.words} speakerAt={speakerAt} />
      </div>
      <ol className="seats">
        {layout.places.map((at, index) => {
          const seat = seats[index];
          if (!seat) return null;
          const { id, spokenMs } = seat.person;
          return (
            <SeatItem
              key={id} seat={seat} at={at} size={layout.seat} label={labelAt(layout, at.x, size.width)} voice={voices.get(id)}
              mine={id === me.id} keeper={id === meeting?.keeper} talk={spokenMs / longest}
            />
          );
        })}
      </ol>
      <TravellingWord turn={meeting?.turn?.id ?? null} at={layout.places[speaking] ?? null} />
      <Announcer />
      <TurnSounds />
    </section>
  );
}

function seatData({ person, state }: Seat) {
  return { "data-participant": person.id, "data-state": state, "data-presence": person.presence };
}

function Orbit({ layout: { shape, centre, radius, places } }: { layout: RingLayout }) {
  if (shape !== "ring" || places.length < 2) return null;
  return (
    <svg className="orbit" aria-hidden="true">
      <ellipse cx={centre.x} cy={centre.y - 10} rx={radius.x} ry={radius.y} />
    </svg>
  );
}

/** A name near the edge has less room than one above or below. */
function labelAt({ label, seat }: RingLayout, x: number, width: number): number {
  return label && Math.max(seat, Math.min(label, 2 * Math.min(x, width - x) - 6));
}

/** From the face in the middle to a seat; the face stands above the middle by half of the words under it. */
function directionOf({ shape, centre, places }: RingLayout, place: number): number | null {
  const seat = places[place];
  return seat && shape === "ring" ? Math.atan2(seat.y - (centre.y - 32), seat.x - centre.x) : null;
}

function useSize() {
  const box = useRef<HTMLElement>(null);
  const [size, setSize] = useState({ width: 640, height: 480 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || typeof ResizeObserver === "undefined") return;
    const look = () => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width > 0 && height > 0) setSize((old) => (old.width === width && old.height === height ? old : { width, height }));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [box, size] as const;
}
