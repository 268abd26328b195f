import { z } from "zod";
import { CompanyWish, GatheringAssembly, WishedSize } from "./assembly-gathering.ts";
import { InEachLanguage, Instant, Language, ParticipantId, RingNumber } from "./identity.ts";

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
      /** Ring for which they speak among the delegates; left out: they speak for themselves. */
      speaksFor: RingNumber.optional(),
      /** Left out: they do not sit on the empty chair. */
      onChair: z.literal(true).optional(),
    }),
  ),
  /** Keeper of the whole who listens here, away from their own seat, and those who only listen. */
  visitors: z.array(z.object({ id: ParticipantId, name: z.string() })),
  /** Person named to speak for it, and those who said yes; null while nobody is. */
  named: z.object({ who: ParticipantId, agreed: z.array(ParticipantId) }).nullable(),
  /** Its summary, which its delegate takes along: people who agreed to it as it stands, and whether it was given. */
  summary: z.object({ agreed: z.array(ParticipantId), given: z.boolean() }),
  /** People who are ready to go on. */
  ready: z.array(ParticipantId),
  /** Person who has the word. */
  speaker: ParticipantId.nullable(),
  /** Turns that are over in the circle that runs, and all that it has; none while no circle runs. */
  turns: z.object({ done: z.number().int().nonnegative(), of: z.number().int().nonnegative() }).nullable(),
});
export type RingOnMap = z.infer<typeof RingOnMap>;

/** A running assembly as everybody in it may see it: its rings side by side. */
export const AssemblyMap = z.object({
  title: z.string(),
  /** The same in each language; left out where there is one text for all. */
  titles: InEachLanguage.optional(),
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
    /** Groups that still wait for somebody begin at this time, whoever is there. */
    beginsBy: Instant,
    /** True once the time is over: whoever speaks comes to an end. */
    closing: z.boolean(),
    /** Its groups say by consent who speaks for them. */
    choosing: z.boolean(),
    /** Its groups give a summary along with somebody who speaks for them. */
    sends: z.boolean(),
  }),
  rings: z.array(RingOnMap),
  /** Topics that were proposed, and those who chose each; left out where none are gathered. */
  topics: z
    .array(z.object({ id: z.number().int().positive(), text: z.string(), chosen: z.array(ParticipantId) }))
    .optional(),
  /** People who asked to sit elsewhere; the keeper moves them. */
  asked: z.array(z.object({ who: ParticipantId, to: RingNumber })),
  /** Groups that call the keeper, and who did. */
  calls: z.array(z.object({ ring: RingNumber, by: ParticipantId })),
  /** Newest words of the keeper to all. */
  told: z.object({ by: z.string(), text: z.string(), at: Instant }).nullable(),
  /** Person whom all groups hear now, until then at most: their pages come into the call for it. */
  voice: z.object({ by: ParticipantId, name: z.string(), endsAt: Instant }).nullable(),
});
export type AssemblyMap = z.infer<typeof AssemblyMap>;

/**
 * `GET /rooms/ROOM/assembly`: null while none runs; `gathering`: one that has not begun, left out where there is none.
 */
export const AssemblyMapResponse = z.object({
  assembly: AssemblyMap.nullable(),
  gathering: GatheringAssembly.optional(),
});
export type AssemblyMapResponse = z.infer<typeof AssemblyMapResponse>;

/** `POST /rooms/ROOM/assembly/seat`: where somebody shall sit; left out: whoever asks. */
export const SeatRequest = z.strictObject({ who: ParticipantId.optional(), to: RingNumber });
export type SeatRequest = z.infer<typeof SeatRequest>;

/** Most letters of words to all, and of a topic. */
export const MOST_TOLD = 300;
const Words = z.string().trim().min(1).max(MOST_TOLD);

const plain = <T extends string>(type: T) => z.strictObject({ type: z.literal(type) });

/** `POST /rooms/ROOM/assembly/commands`: what somebody asks of the assembly, beside a seat. */
export const AssemblyCommandRequest = z.discriminatedUnion("type", [
  plain("call-keeper"),
  plain("ready"),
  plain("go-on"),
  plain("take-chair"),
  plain("leave-chair"),
  plain("speak-to-all"),
  plain("stop-speaking"),
  plain("give-along"),
  plain("agree-delegate"),
  plain("refuse-delegate"),
  z.strictObject({ type: z.literal("name-delegate"), who: ParticipantId }),
  z.strictObject({ type: z.literal("more-time"), byMs: z.number().int().min(10_000).max(3_600_000) }),
  z.strictObject({ type: z.literal("tell-all"), text: Words }),
  z.strictObject({ type: z.literal("visit"), to: RingNumber }),
  z.strictObject({ type: z.literal("take-out"), who: ParticipantId }),
  z.strictObject({ type: z.literal("hand-over"), to: ParticipantId }),
  plain("open"),
  /** `language` null: a group of any; left out: nothing is said of it. */
  z.strictObject({ type: z.literal("join"), language: Language.nullable().optional() }),
  plain("leave"),
  z.strictObject({ type: z.literal("wish"), wish: CompanyWish, people: z.array(ParticipantId).min(2).max(20) }),
  /** `scenario` left out: the usual one; `size` left out: as the scenario has it. */
  z.strictObject({
    type: z.literal("start"),
    scenario: z.string().max(60).optional(),
    topic: z.string().trim().max(MOST_TOLD),
    size: WishedSize.optional(),
  }),
  z.strictObject({ type: z.literal("propose-topic"), text: Words }),
  z.strictObject({ type: z.literal("choose-topic"), topic: z.number().int().positive() }),
  plain("end"),
]);
export type AssemblyCommandRequest = z.infer<typeof AssemblyCommandRequest>;
