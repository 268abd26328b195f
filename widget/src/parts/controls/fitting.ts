import type { FrameShape } from "../../look/frame-shape.ts";

/** Something in the row of controls: what has the lower rank stays longer where there is little room. */
export type Ranked = { readonly key: string; readonly rank: number; readonly folds: boolean };

const BUTTON = { plain: 52, captioned: 66 };
/** The keeper's says its name there. */
const KEEPER_AS_WELL = 60;
const MAIN_AND_EDGES = { roomy: 264 + 56, plain: 216 + 48 };
const MOST_SLIM = 5;
const MOST_TINY = 4;

/** Width in pixels from which the main button also says its key. */
export const ROOMY_FROM = 760;

/** Number of round buttons that stand beside the main one, or below it. */
export function roomFor({ slim, tiny, stacked }: FrameShape, width: number): number {
  if (tiny) return MOST_TINY;
  if (stacked) return slim ? MOST_SLIM : 7;
  return Math.floor((width - (width >= ROOMY_FROM ? MAIN_AND_EDGES.roomy : MAIN_AND_EDGES.plain)) / BUTTON.plain);
}

/** True when all controls find room with a word under each. */
export function hasRoomForCaptions({ captions }: FrameShape, width: number, controls: readonly Ranked[]): boolean {
  const keeper = controls.some(({ key }) => key === "keeper") ? KEEPER_AS_WELL : 0;
  return captions && MAIN_AND_EDGES.roomy + controls.length * BUTTON.captioned + keeper <= width;
}

/**
 * Controls that stay in the row; the others go into the menu, whose button takes a place of its own as soon as there is
 * one.
 */
export function stays<Control extends Ranked>(
  controls: readonly Control[],
  room: number,
  hasMenu: boolean,
): ReadonlySet<string> {
  const needed = hasMenu || controls.length > room;
  const byRank = controls.toSorted((one, other) => one.rank - other.rank);
  const firm = byRank.filter(({ folds }) => !folds);
  const free = Math.max(0, room - firm.length - (needed ? 1 : 0));
  return new Set([...firm, ...byRank.filter(({ folds }) => folds).slice(0, free)].map(({ key }) => key));
}
