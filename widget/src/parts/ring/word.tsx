import type { Point } from "./layout.ts";

/** A quiet line from the middle to the speaker. */
export function WordLine({ from, to, clear, seat }: { from: Point; to: Point; clear: number; seat: number }) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length < clear + seat + 12) return null;
  const at = (distance: number): Point => ({
    x: from.x + ((to.x - from.x) * distance) / length,
    y: from.y + ((to.y - from.y) * distance) / length,
  });
  const [one, other] = [at(clear + 6), at(length - seat - 6)];
  return <line className="word-line" x1={one.x} y1={one.y} x2={other.x} y2={other.y} />;
}
