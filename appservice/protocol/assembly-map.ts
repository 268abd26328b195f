import { z } from "zod";
import { InEachLanguage, Instant, ParticipantId, RingNumber } from "./identity.ts";

const RingOnMap = z.object({
  number: RingNumber,
  /** `waiting`: for those who are not there yet. */
  status: z.enum(["waiting", "running", "done"]),
  /** Topic that its people chose; null where all groups have the same. */
  theme: z.string().nullable(),
  keeper: ParticipantId.nullable(),
  /** Person who speaks for it among the delegates. */
  delegate: ParticipantId.nullable(),
  people: z.array(
    z.object({
      id: ParticipantId,
      name: z.string(),
      /** In the call of their ring. */
      here: z.boolean(),
      /** Has a turn; whoever has none listens. */
      seated: z.boolean(),
    }),
  ),
  /** Person who has the word. */
  speaker: ParticipantId.nullable(),
  /** Turns that are over in the circle that runs, and all that it has; none while no circle runs. */
  turns: z.object({ done: z.number().int().nonnegative(), of: z.number().int().nonnegative() }).nullable(),
});
export type RingOnMap = z.infer<typeof RingOnMap>;

/** A running assembly as everybody in it may see it: its rings side by side. */
export const AssemblyMap = z.object({
  title: z.string(),
  topic: z.string(),
  keeper: ParticipantId.nullable(),
  phase: z.object({
    number: z.number().int().positive(),
    of: z.number().int().positive(),
    kind: z.enum(["plenary", "rings", "delegates", "closing", "topics"]),
    title: z.string(),
    /** The same in each language; null where there is one text for all. */
    titles: InEachLanguage.nullable(),
    endsAt: Instant,
    /** True once the time is over: whoever speaks comes to an end. */
    closing: z.boolean(),
  }),
  rings: z.array(RingOnMap),
  /** People who asked to sit elsewhere; the keeper moves them. */
  asked: z.array(z.object({ who: ParticipantId, to: RingNumber })),
});
export type AssemblyMap = z.infer<typeof AssemblyMap>;

/** `GET /rooms/ROOM/assembly`: null while none runs. */
export const AssemblyMapResponse = z.object({ assembly: AssemblyMap.nullable() });
export type AssemblyMapResponse = z.infer<typeof AssemblyMapResponse>;

/** `POST /rooms/ROOM/assembly/seat`: where somebody shall sit; left out: whoever asks. */
export const SeatRequest = z.strictObject({ who: ParticipantId.optional(), to: RingNumber });
export type SeatRequest = z.infer<typeof SeatRequest>;
