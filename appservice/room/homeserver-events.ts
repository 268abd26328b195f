import { z } from "zod";
import { EventId, type ParticipantId } from "../protocol/identity.ts";

/** The homeserver has seen to it that these are user ids, however they are spelled. */
const sender = z.string().transform((id) => id as ParticipantId);
const state = { type: z.string(), state_key: z.string(), sender, content: z.unknown() };
export const StateEvent = z.object({ ...state, origin_server_ts: z.number().optional() });
export type StateEvent = z.infer<typeof StateEvent>;

/** A change of a room's state, some time ago; with what stood there before, where the homeserver says so. */
const PastEvent = z.object({
  ...state,
  event_id: EventId,
  origin_server_ts: z.number(),
  unsigned: z.object({ prev_content: z.unknown() }).optional().catch(undefined),
});
export type PastEvent = z.infer<typeof PastEvent>;
export const PastEvents = z.object({ chunk: z.array(PastEvent), end: z.string().optional() });

export const Messages = z.object({
  chunk: z.array(z.looseObject({ event_id: EventId, type: z.string(), content: z.record(z.string(), z.unknown()) })),
  end: z.string().optional(),
});

export const Edits = z.object({
  chunk: z.array(z.object({ event_id: EventId, sender })),
  next_batch: z.string().optional(),
});

export const Changes = z.object({
  chunk: z.array(z.looseObject({ event_id: EventId, type: z.string(), origin_server_ts: z.number() })),
  end: z.string().optional(),
});

export const Sent = z.object({ event_id: EventId });
