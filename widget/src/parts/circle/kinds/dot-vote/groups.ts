import type { CircleSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";

/** Dots that each has to give. */
export const DOTS = 3;
export const MOST_NAME = 80;

export type Group = NonNullable<CircleSnapshot["vote"]>[number];

/** A group goes by the lowest number in it. */
export function numberOf({ texts }: Group): number {
  return texts[0]?.number ?? 0;
}

/** Its name, or the beginning of what is in it. */
export function titleOf({ name, texts }: Group): string {
  return name || texts.map(({ text }) => text.replace(/\s+/g, " ").slice(0, 60)).join(" · ") || "—";
}
