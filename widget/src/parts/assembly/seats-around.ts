/** Most seats that are drawn of one ring; the others are counted. */
const MOST_SEATS = 24;
const LARGEST = 0.23;
/** Part of the width on which seats stand; the rest is for the ring of the speaker. */
const WITHIN = 0.94;

export type SeatPlace = { readonly x: number; readonly y: number };

/** Seats of a small ring, the first on top: places as parts of its width, and the width of a seat. */
export type SeatsAround = {
  readonly places: readonly SeatPlace[];
  readonly seat: number;
  /** Half of the circle on which the middles of the seats stand. */
  readonly radius: number;
  readonly left: number;
};

export function seatsAround(people: number, within = WITHIN): SeatsAround {
  const count = Math.min(people, MOST_SEATS);
  // Neighbours do not touch, and the circle is seen between them: the chord between two is wider than a seat.
  const chord = 0.82 * (count < 2 ? 1 : Math.sin(Math.PI / count));
  const seat = Math.min(LARGEST, within * (chord / (1 + chord)));
  const radius = (within - seat) / 2;
  return { places: placesOn(count, radius), seat, radius, left: people - count };
}

/** Places on a circle around the middle, the first on top. */
export function placesOn(count: number, radius: number): SeatPlace[] {
  return Array.from({ length: count }, (_, index) => {
    const angle = (2 * Math.PI * index) / count - Math.PI / 2;
    return { x: 0.5 + radius * Math.cos(angle), y: 0.5 + radius * Math.sin(angle) };
  });
}
