import { z } from "zod";
import { Instant } from "./identity.ts";

/**
 * Item that people are shown: who gets their words. `outside`: by name; null: nobody but this service's own machine.
 */
export const ShownItem = z.discriminatedUnion("what", [
  z.object({ what: z.literal("speech"), outside: z.string().max(200).nullable() }),
  z.object({ what: z.literal("minutes"), outside: z.string().max(200) }),
  /** Comments typed in the room meanwhile. */
  z.object({ what: z.literal("comments") }),
  /** Chat in Telegram into which the record is written, too: its title, and when it came to belong to the room. */
  z.object({ what: z.literal("telegram"), chat: z.string().max(200), since: Instant }),
]);
export type ShownItem = z.infer<typeof ShownItem>;

/**
 * Items that people are shown before they say whether their words may be written down. `wording` counts up when the
 * sentences change their meaning.
 */
export const Shown = z.object({ wording: z.number().int().positive(), items: z.array(ShownItem).max(12) });
export type Shown = z.infer<typeof Shown>;

export const WORDING = 1;

/** Tells whether a person who was shown this knows all of that. */
export function covers(shown: Shown, asks: Shown): boolean {
  return (
    shown.wording === asks.wording && asks.items.every((item) => shown.items.some((known) => isAlike(known, item)))
  );
}

function isAlike(one: ShownItem, other: ShownItem): boolean {
  return one.what === other.what && outsideOf(one) === outsideOf(other) && sinceOf(one) === sinceOf(other);
}

/** A chat that was given another title is the same; one that was bound anew is another. */
function sinceOf(item: ShownItem): number | null {
  return item.what === "telegram" ? item.since : null;
}

function outsideOf(item: ShownItem): string | null {
  return "outside" in item ? item.outside : null;
}

/** Part of a join, and a command by itself: the items that somebody was shown, and their answer. */
export const AgreementRequest = z.object({ agreed: z.boolean(), shown: Shown });
export type AgreementRequest = z.infer<typeof AgreementRequest>;

/**
 * `GET /rooms/ROOM/agreement`: items to be shown, and the answer that the person who asks has given in the room's
 * meeting; null: none yet.
 */
export const AgreementResponse = z.object({ shown: Shown.nullable(), agreed: z.boolean().nullable() });
export type AgreementResponse = z.infer<typeof AgreementResponse>;
