import { useRef } from "react";
import type { Point } from "./geometry.ts";

type Way = { readonly from: Point; readonly turn: number };

/**
 * A light that goes from the last speaker to the next, each time the word is passed on; not when only the ring changes.
 */
export function TravellingWord({ turn, at }: { turn: number | null; at: Point | null }) {
  const last = useRef<{ turn: number | null; at: Point | null; way: Way | null }>({ turn, at, way: null });
  const { turn: before, at: from } = last.current;
  if (turn !== null && turn !== before) {
    last.current.way = from && before !== null ? { from, turn } : null;
    last.current.turn = turn;
  }
  last.current.at = at ?? from;
  const { way } = last.current;
  if (!way || !at || way.turn !== turn) return null;
  return (
    <span
      key={way.turn}
      className="travelling"
      aria-hidden="true"
      style={{
        "--from-x": `${way.from.x}px`,
        "--from-y": `${way.from.y}px`,
        "--to-x": `${at.x}px`,
        "--to-y": `${at.y}px`,
      }}
    />
  );
}
