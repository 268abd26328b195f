import { z } from "zod";
import { Instant, ParticipantId } from "../../../protocol/identity.ts";
import { Position } from "../../../protocol/scenario-words.ts";
import { type KindWords, typedMessage } from "../kind-words.ts";

export type Stance = {
  readonly who: ParticipantId;
  readonly position: Position;
  readonly reason: string;
  readonly at: number;
  readonly message?: string;
};

export type ConsentData = { readonly stances: readonly Stance[] };
const empty: ConsentData = { stances: [] };

/** Letters: all of a circle's reasons stand in its snapshot. */
export const MOST_REASON = 500;

/** Circle of consent: each may consent to what is proposed, or object with a reason. */
export const consentWords = {
  folder: "consent",
  stages: {},
  requests: [
    z.object({ type: z.literal("take-position"), position: Position, reason: z.string().max(MOST_REASON).default("") }),
  ],
  events: [
    z.object({
      type: z.literal("position-taken"),
      at: Instant,
      who: ParticipantId,
      position: Position,
      reason: z.string(),
      message: typedMessage,
    }),
  ],
  shown: {
    /** Consent and objections, in the order taken. */
    stances: z.array(z.object({ who: ParticipantId, position: Position, reason: z.string() })),
  },
  nothing: { stances: [] },
  refusals: [],
  mine: {},
  empty,
  page: "in `consent` each may consent or object, and an objection has a reason",
} as const satisfies KindWords;
