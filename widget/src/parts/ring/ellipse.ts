import { fit, LABEL_HEIGHT, type Point, type Size } from "./layout.ts";

const STEPS = 720;

/** Distance in pixels at which seats may lie from the middle of a space. */
export function radiusIn({ width, height }: Size, seat: number): Point {
  return {
    x: fit((width - seat) / 2 - 14, 20, 640),
    y: fit((height - seat - LABEL_HEIGHT) / 2 - 8, 20, 520),
  };
}

/** Places at even distances along the ellipse, going with the clock; the first at the top, or half a step beside it. */
export function evenly(
  count: number,
  { centre, radius, aside }: { centre: Point; radius: Point; aside: boolean },
): Point[] {
  const lengths = [0];
  for (let step = 1; step <= STEPS; step += 1) {
    const [one, other] = [onEllipse(step - 1, radius), onEllipse(step, radius)];
    lengths.push((lengths[step - 1] ?? 0) + Math.hypot(one.x - other.x, one.y - other.y));
  }
  const whole = lengths[STEPS] ?? 0;
  return Array.from({ length: count }, (_, index) => {
    const along = (whole * (index + (aside ? 0.5 : 0))) / count;
    const point = onEllipse(
      Math.max(
        0,
        lengths.findIndex((length) => length >= along),
      ),
      radius,
    );
    return { x: centre.x + point.x, y: centre.y + point.y };
  });
}

function onEllipse(step: number, radius: Point): Point {
  const angle = (step / STEPS) * 2 * Math.PI - Math.PI / 2;
  return { x: radius.x * Math.cos(angle), y: radius.y * Math.sin(angle) };
}

/** Ramanujan's approximation of an ellipse's circumference. */
export function wayRound({ x, y }: Point): number {
  return Math.PI * (3 * (x + y) - Math.sqrt((3 * x + y) * (x + 3 * y)));
}
