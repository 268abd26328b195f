import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { LocalCallState } from "../../model/call/call-state.ts";
import { useSize } from "../../look/use-size.ts";
import { isUnwritten } from "../agreement/use-agreement.ts";
import { useMeeting, useMeetingSnapshot } from "../../sitting/meeting.ts";
import { useCallState } from "../../sitting/call.ts";
import { Announcer } from "./announcer.tsx";
import { hasRoomForTheme, layRing, type RingLayout } from "./geometry.ts";
import { SeatItem } from "./seat-item.tsx";
import { seatsOf, type RingSeat } from "../../model/meeting/seats.ts";
import { TurnSounds } from "../signs/sounds.ts";
import { inTheMiddle, Middle } from "./middle.tsx";
import { TravellingWord } from "./travelling-word.tsx";
import { twinsAmong } from "../../look/twins.ts";
import { WordLine } from "./word.tsx";
import "./ring.css";
import "./middle.css";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";

/** The circle as it sits: everybody in their place, the word in the middle, and a mark that travels with it. */
export function Ring() {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const meeting = useMeetingSnapshot();
  const { voices, status } = useCallState();
  const [box, size] = useSize<HTMLElement>({ width: 640, height: 480 });

  const inCall = useWhoIsIn(status === "in", me.id, voices);
  const seats = useMemo(() => seatsOf(meeting, { inCall, me }), [meeting, inCall, me]);
  const speaking = seats.findIndex(({ person }) => person.id === meeting?.turn?.speaker);
  const mine = meeting?.turn?.speaker === me.id;
  const roomy = hasRoomForTheme(size);
  const middle = inTheMiddle(meeting, { mine, roomy });
  const pictures = seats.some(({ person }) => voices.get(person.id)?.picture);
  const absent = mine ? -1 : speaking;
  const layout = useMemo(
    () => layRing(seats.length, size.width, size.height, { middle, pictures, absent }),
    [seats.length, size, middle, pictures, absent],
  );
  const longest = Math.max(1, ...seats.map(({ person }) => person.spokenMs));
  const twins = useMemo(() => twinsAmong(seats.map(({ person }) => person.id)), [seats]);
  const alone = seats.length === 1 ? seats[0] : undefined;
  return (
    <section
      className="ring"
      ref={box}
      aria-label={t("ring.label")}
      data-shape={layout.shape}
      data-beside={layout.beside}
      data-theme={middle === "task"}
      data-testid="ring"
    >
      <Orbit layout={layout} speaking={absent} />
      <div
        className="ring-middle"
        style={{ left: layout.centre.x, top: layout.centre.y }}
        {...(alone && layout.places.length === 0 && seatData(alone))}
      >
        <Middle meeting={meeting} voices={voices} layout={layout} withTheme={middle === "task"} seats={seats} />
      </div>
      <ol className="seats">
        {layout.places.map((at, index) => {
          const seat = seats[index];
          if (!seat) return null;
          const { id, spokenMs } = seat.person;
          return (
            <SeatItem
              key={id}
              seat={seat}
              at={at}
              size={layout.seat}
              label={labelAt(layout, at.x, size.width)}
              voice={voices.get(id)}
              empty={index === absent}
              mine={id === me.id}
              keeper={id === meeting?.keeper}
              unwritten={isUnwritten(meeting, id)}
              talk={spokenMs / longest}
              twin={twins.get(id) ?? 0}
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

function seatData({ person, state }: RingSeat) {
  return { "data-participant": person.id, "data-state": state, "data-presence": person.presence };
}

/** The way round, and the line to the speaker. */
function Orbit({ layout: { orbit, centre, stage, seat, places }, speaking }: { layout: RingLayout; speaking: number }) {
  const to = places[speaking];
  if (!orbit) return null;
  return (
    <svg className="orbit" aria-hidden="true">
      <ellipse cx={orbit.centre.x} cy={orbit.centre.y} rx={orbit.radius.x} ry={orbit.radius.y} />
      {to && (
        <WordLine from={{ x: centre.x, y: centre.y - 33 }} to={to} clear={stage.width / 2} seat={seat.width / 2} />
      )}
    </svg>
  );
}

/** A name near the edge has less room than one above or below. */
function labelAt({ label, seat: { width: seat } }: RingLayout, x: number, width: number): number {
  return label && Math.max(seat, Math.min(label, 2 * Math.min(x, width - x) - 6));
}

/** People in the call; the list stays the same object for as long as nobody comes or goes. */
function useWhoIsIn(joined: boolean, me: ParticipantId, voices: LocalCallState["voices"]): readonly ParticipantId[] {
  const ids = joined ? [...new Set([me, ...voices.keys()])].join(" ") : "";
  return useMemo(() => (ids === "" ? [] : (ids.split(" ") as ParticipantId[])), [ids]);
}
