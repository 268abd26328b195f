import { z } from "zod";

/**
 * Reason why a hand is up, between circles and on the open floor. A point of order comes before all, a question before
 * a reply.
 */
export const HandKind = z.enum(["point-of-order", "clarify", "reply"]);
export type HandKind = z.infer<typeof HandKind>;

export const Position = z.enum(["consent", "object"]);
export type Position = z.infer<typeof Position>;
