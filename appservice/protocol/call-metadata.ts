import { z } from "zod";
import { RingNumber } from "./identity.ts";
import { ListeningPeople } from "./listening.ts";
import { MeetingSnapshot } from "./meeting-snapshot.ts";
import { RecordedCall } from "./recorded-call.ts";

/**
 * Metadata of the LiveKit room, as JSON: what every client in the call draws. It is set by the server alone and reaches
 * all of them within milliseconds of a pass. A participant's LiveKit identity is their `ParticipantId`.
 */
export const CallMetadata = z.object({
  /** Ring of an assembly whose call it is; left out: the room's own. */
  ring: RingNumber.optional(),
  meeting: MeetingSnapshot.nullable(),
  /** `version` of the record; when it grew, the widget asks `/record` again. */
  record: z.number().int().nonnegative(),
  /** People in the call without a seat; left out by a service that does not know. */
  listening: ListeningPeople.optional(),
  /** Epoch of the newest key of an encrypted call; whoever has an older one asks for it. Left out: the call is open. */
  epoch: z.number().int().nonnegative().optional(),
  /** An assembly gathers in the room: the service tells more of it. Left out: none does. */
  gathering: z.literal(true).optional(),
  /** People of whom it is recorded; left out: of nobody. */
  recorded: RecordedCall.optional(),
});
export type CallMetadata = z.infer<typeof CallMetadata>;
