import { useRef } from "react";

const TURN = 2 * Math.PI;

/** The word itself: a hand that points at whoever has it, and goes the shorter way round when it is passed on. */
export function Word({ direction, size }: { direction: number; size: number }) {
  const shown = useRef(direction);
  const way = (((direction - shown.current) % TURN) + 1.5 * TURN) % TURN - TURN / 2;
  shown.current += way;
  return <span className="word" style={{ transform: `rotate(${shown.current}rad)`, "--reach": `${size / 2 + 3}px` }} aria-hidden="true" />;
}
