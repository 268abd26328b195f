import { type Meeting, isRunning } from "../circle/meeting.ts";

/** Signs to press on a circle's message. The bot puts them there itself, so that a tap is enough. */
export const CONTROLS = ["✋", "➡️", "⏭️", "⏸️"] as const;
export type Control = (typeof CONTROLS)[number];

/** Tells whether a circle's controls work: those of the circle that runs, or ran last before the next begins. */
export function controlsServe(meeting: Meeting, index: number): boolean {
  return isRunning(meeting) && meeting.circle.index === index;
}

/** Clients send emoji with and without the mark for colour, and hands in all shades. */
export function controlOf(key: string): Control | null {
  const plain = bare(key);
  return CONTROLS.find((control) => bare(control) === plain) ?? null;
}

function bare(emoji: string): string {
  return emoji.replace(/[\u{FE0F}\u{1F3FB}-\u{1F3FF}]/gu, "");
}
