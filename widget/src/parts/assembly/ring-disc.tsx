import type { RingOnMap } from "@mindminder/protocol/assembly-map.ts";
import { Avatar } from "../../look/avatar.tsx";
import { Icon } from "../../look/icons.tsx";
import { seatsAround } from "./seats-around.ts";

type Props = { ring: RingOnMap; width: number };

/** One ring, small: its seats on a circle, lit where the word is, and how far it is in the middle. */
export function RingDisc({ ring: { number, status, people, speaker, turns }, width }: Props) {
  const seated = people.filter(({ seated: sits }) => sits);
  // The speaker is seen, however many sit there.
  const shown = seated.toSorted((one, other) => Number(other.id === speaker) - Number(one.id === speaker));
  const inOrder = seated.length > 24 ? shown : seated;
  const { places, seat, left } = seatsAround(inOrder.length);
  const size = Math.round(seat * width);
  return (
    <div className="ring-disc" style={{ width, height: width }} aria-hidden="true">
      {places.map(({ x, y }, index) => {
        const person = inOrder[index];
        if (!person) return null;
        return (
          <span
            key={person.id}
            className="ring-seat"
            data-here={person.here}
            data-speaks={person.id === speaker}
            title={person.name}
            style={{ left: x * width, top: y * width }}
          >
            <Avatar id={person.id} name={person.name} size={size} />
          </span>
        );
      })}
      <span className="disc-middle">
        {status === "done" ? <Icon name="check" size={22} /> : <b>{number}</b>}
        {turns && status === "running" && (
          <span>
            {turns.done}/{turns.of}
          </span>
        )}
        {left > 0 && <span>+{left}</span>}
      </span>
    </div>
  );
}
