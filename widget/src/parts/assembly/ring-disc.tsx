import type { RingOnMap } from "@mindminder/protocol/assembly-map.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import { Avatar } from "../../look/avatar.tsx";
import { Icon } from "../../look/icons.tsx";
import { plainName } from "../../model/meeting/seats.ts";
import { colourOf } from "../../look/twins.ts";
import { placesOn, type SeatPlace, seatsAround } from "./seats-around.ts";

type Props = {
  ring: RingOnMap;
  width: number;
  me: ParticipantId;
  /** Its number stands in the middle where there are others. */
  numbered: boolean;
  /** A chair stands empty, for anybody of those who listen. */
  chair: boolean;
  calls: boolean;
};

type Person = RingOnMap["people"][number];

/** A letter on a smaller seat cannot be read: a dot of the person's colour stands there. */
const LEAST_LETTERED = 22;
/** Names stand under the seats of a ring that is this wide, if it has no more people than these. */
const NAMED = { width: 230, people: 8, line: 18 };
/** In the middle of a smaller ring there is room for its number alone. */
const COUNTED = 72;
/** Part of the width that the seats take where listeners sit around them. */
const BEFORE_LISTENERS = 0.78;
const LISTENERS_AT = 0.465;
const MOST_DOTS = 120;

/** One ring, small: its seats on a circle that fills with its turns, lit where the word is. */
export function RingDisc({ ring, width: place, me, numbered, chair, calls }: Props) {
  const { number, status, people, visitors, speaker, turns } = ring;
  const seated = people.filter(({ seated: sits }) => sits);
  const listeners = [...people.filter(({ seated: sits }) => !sits), ...visitors].slice(0, MOST_DOTS);
  // The speaker and oneself are seen, however many sit there.
  const first = ({ id }: Person) => (id === speaker ? 2 : 0) + (id === me ? 1 : 0);
  const inOrder = seated.length > 24 ? seated.toSorted((one, other) => first(other) - first(one)) : seated;
  const named = place >= NAMED.width && seated.length <= NAMED.people && listeners.length === 0;
  const width = named ? place - NAMED.line : place;
  const { places, seat, radius, left } = seatsAround(
    inOrder.length + (chair ? 1 : 0),
    listeners.length > 0 ? BEFORE_LISTENERS : undefined,
  );
  const around = placesOn(listeners.length, LISTENERS_AT);
  const size = Math.round(seat * width);
  const done = turns && status === "running" ? turns.done / Math.max(1, turns.of) : status === "done" ? 1 : 0;
  const hasMiddle = width * (listeners.length > 0 ? BEFORE_LISTENERS : 1) >= COUNTED;
  const at = ({ x, y }: SeatPlace) => ({ left: x * width, top: y * width });
  return (
    <span
      className="ring-disc"
      style={{ width, height: width, marginBottom: place - width }}
      data-small={size < LEAST_LETTERED}
      aria-hidden="true"
    >
      <svg viewBox={`0 0 ${width} ${width}`}>
        <circle cx={width / 2} cy={width / 2} r={radius * width} />
        <circle
          cx={width / 2}
          cy={width / 2}
          r={radius * width}
          className="disc-done"
          pathLength={1}
          strokeDasharray={`${done} 1`}
        />
      </svg>
      {listeners.map(({ id }, index) => {
        const spot = around[index];
        return (
          spot && (
            <span
              key={id}
              className="ring-listener seat-dot"
              data-color={colourOf(id)}
              data-me={id === me}
              style={at(spot)}
            />
          )
        );
      })}
      {places.map((spot, index) => {
        const person = inOrder[index];
        if (!person)
          return <span key="chair" className="ring-chair" style={{ ...at(spot), width: size, height: size }} />;
        const { id, name, here } = person;
        return (
          <span
            key={id}
            className="ring-seat"
            data-here={here}
            data-speaks={id === speaker}
            data-me={id === me}
            style={at(spot)}
          >
            {size < LEAST_LETTERED ? (
              <i className="seat-dot" data-color={colourOf(id)} style={{ width: size, height: size }} />
            ) : (
              <Avatar id={id} name={name} size={size} />
            )}
            {named && <bdi className="seat-name">{plainName(name)}</bdi>}
          </span>
        );
      })}
      <span className="disc-middle">
        {numbered && <b>{number}</b>}
        {status === "done" && hasMiddle && <Icon name="check" size={18} />}
        {status === "waiting" && hasMiddle && <Icon name="extend" size={16} />}
        {turns && status === "running" && hasMiddle && (
          <span>
            {turns.done}/{turns.of}
          </span>
        )}
        {left > 0 && <span>+{left}</span>}
      </span>
      {calls && (
        <span className="disc-calls">
          <Icon name="hand" size={16} />
        </span>
      )}
    </span>
  );
}
