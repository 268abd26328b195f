/** Most seats that are drawn of one ring; the others are counted. */
const MOST_SEATS = 24;
const LARGEST = 0.24;

export type SeatPlace = { readonly x: number; readonly y: number };

/** Seats of a small ring, the first on top: places as parts of its width, and the width of a seat. */
export type SeatsAround = { readonly places: readonly SeatPlace[]; readonly seat: number; readonly left: number };

export function seatsAround(people: number): SeatsAround {
  const count = Math.min(people, MOST_SEATS);
  // Neighbours do not touch: the chord between two is wider than a seat.
  const chord = count < 2 ? 1 : Math.sin(Math.PI / count);
  const seat = Math.min(LARGEST, (0.94 * chord) / (1 + 0.94 * chord));
  const radius = (1 - seat) / 2;
  const places = Array.from({ length: count }, (_, index) => {
    const angle = (2 * Math.PI * index) / count - Math.PI / 2;
    return { x: 0.5 + radius * Math.cos(angle), y: 0.5 + radius * Math.sin(angle) };
  });
  return { places, seat, left: people - count };
}
