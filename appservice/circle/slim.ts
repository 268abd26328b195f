import { KINDS } from "./kinds/kinds.ts";
import type { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";

/** An event holds 65,536 bytes (Client-Server API, "Size limits"), and a call's metadata about as much. */
const MOST_BYTES = 48_000;
const SHORTEST = 60;

/**
 * The snapshot as it fits into one event: when people wrote much, their texts and reasons are shortened, all alike. In
 * full they stand in the room's messages and in the service's answers.
 */
export function slim(snapshot: MeetingSnapshot): MeetingSnapshot {
  let most = 1_000;
  let fitting = snapshot;
  while (sizeOf(fitting) > MOST_BYTES && most >= SHORTEST) {
    fitting = shortened(snapshot, most);
    most = Math.floor(most / 2);
  }
  return sizeOf(fitting) > MOST_BYTES ? shortened(snapshot, 0) : fitting;
}

function shortened(snapshot: MeetingSnapshot, most: number): MeetingSnapshot {
  const cut = (text: string) => (text.length <= most ? text : `${[...text].slice(0, most).join("")}…`);
  const circles = snapshot.circles.map((circle) => KINDS[circle.kind].shorten?.(circle, cut, most) ?? circle);
  return { ...snapshot, circles };
}

function sizeOf(snapshot: MeetingSnapshot): number {
  return Buffer.byteLength(JSON.stringify(snapshot));
}
