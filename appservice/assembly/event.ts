import { z } from "zod";
import { CompanyWish } from "../protocol/assembly-gathering.ts";
import { AssemblyId, Instant, Language, MeetingId, ParticipantId, RingNumber, RoomId } from "../protocol/identity.ts";
import { AssemblyPlan } from "./scenario.ts";

const at = Instant;
const who = ParticipantId;
const ring = RingNumber;
const type = <Name extends string>(name: Name) => z.literal(name);

/**
 * A ring as a phase begins with it: whoever sits in it, and whoever listens there. `topic`: number of the topic that
 * its people chose; `theme`: in its place in journals from before there were numbers.
 */
export const PlacedRing = z.object({
  number: ring,
  seats: z.array(who),
  listeners: z.array(who),
  keeper: who.nullable(),
  topic: z.number().int().positive().nullable(),
  theme: z.string().nullable(),
});
export type PlacedRing = z.infer<typeof PlacedRing>;

export const MoveReason = z.enum(["keeper", "late", "merged", "back"]);

/** Event in an assembly. Its state is nothing but the fold of these. */
export const AssemblyEvent = z.discriminatedUnion("type", [
  z.object({ type: type("assembly-gathered"), at, id: AssemblyId, roomId: RoomId, language: Language }),
  /** `ring`: where a late comer sits down; null: nobody is placed yet. */
  z.object({
    type: type("member-joined"),
    at,
    who,
    name: z.string(),
    language: Language.nullable(),
    ring: ring.nullable(),
    seated: z.boolean(),
  }),
  /** Name of somebody who does something in it without taking part: they are known by it from then on. */
  z.object({ type: type("actor-named"), at, who, name: z.string() }),
  /** `by`: who took them out; null: they went themselves, or out of the room. */
  z.object({ type: type("member-left"), at, who, by: who.nullable() }),
  /** The call of that ring has them. */
  z.object({ type: type("member-arrived"), at, who }),
  z.object({ type: type("member-dropped"), at, who }),
  /** The newest wish about the same people counts. */
  z.object({ type: type("wish-made"), at, wish: CompanyWish, people: z.array(who).min(2), by: who }),
  /** `seed` is what all lots of the assembly are drawn from. */
  z.object({
    type: type("assembly-started"),
    at,
    by: who,
    plan: AssemblyPlan,
    topic: z.string(),
    seed: z.number(),
  }),
  z.object({
    type: type("phase-started"),
    at,
    step: z.number().int().nonnegative(),
    rings: z.array(PlacedRing).min(1),
    endsAt: Instant,
  }),
  z.object({ type: type("absent-asked"), at, ring, who: z.array(who).min(1) }),
  /** `missing` have not arrived: a turn is kept for them. */
  z.object({ type: type("ring-began"), at, ring, missing: z.array(who) }),
  z.object({
    type: type("member-moved"),
    at,
    who,
    to: ring,
    seated: z.boolean(),
    reason: MoveReason,
    by: who.nullable(),
  }),
  z.object({ type: type("move-asked"), at, who, to: ring }),
  /** The meeting that the ring has in this phase. */
  z.object({ type: type("ring-gathered"), at, ring, meeting: MeetingId }),
  z.object({ type: type("ring-merged"), at, ring, into: ring }),
  /** `spoken`: milliseconds for which each spoke there. */
  z.object({ type: type("ring-done"), at, ring, spoken: z.array(z.object({ who, ms: z.number().nonnegative() })) }),
  z.object({ type: type("ready-said"), at, who }),
  z.object({ type: type("keeper-called"), at, ring, by: who }),
  z.object({ type: type("words-told"), at, by: who, text: z.string() }),
  /** All rings hear the keeper, and nobody else, until then at most; the time of all rings stands still meanwhile. */
  z.object({ type: type("voice-began"), at, by: who, endsAt: Instant }),
  z.object({ type: type("voice-ended"), at }),
  /** The keeper listens in another ring than their own. */
  z.object({ type: type("visit-began"), at, who, ring }),
  z.object({ type: type("visit-ended"), at, who }),
  /** Somebody who only listens comes to a ring, or from another. */
  z.object({ type: type("listener-came"), at, who, name: z.string(), ring }),
  /** `by`: who took them out; null: they went themselves, or out of the room. */
  z.object({ type: type("listener-left"), at, who, by: who.nullable() }),
  z.object({ type: type("delegate-named"), at, ring, who, by: who }),
  z.object({ type: type("delegate-agreed"), at, ring, by: who }),
  z.object({ type: type("delegate-refused"), at, ring, by: who }),
  z.object({ type: type("delegate-chosen"), at, ring, who, how: z.enum(["consent", "lot", "quietest"]) }),
  /** Somebody agrees that the ring's summary goes along with its delegate as it stands. */
  z.object({ type: type("summary-agreed"), at, ring, by: who }),
  /** `by`: the keeper who gave it along; null: more than half of the ring agreed. */
  z.object({ type: type("summary-given"), at, ring, by: who.nullable() }),
  /** Somebody of a ring takes its empty chair among the delegates, and gives it back after a turn. */
  z.object({ type: type("chair-taken"), at, who }),
  z.object({ type: type("chair-left"), at, who }),
  z.object({ type: type("topic-proposed"), at, topic: z.number().int().positive(), by: who, text: z.string() }),
  z.object({ type: type("topic-chosen"), at, who, topic: z.number().int().positive() }),
  z.object({ type: type("time-marked"), at, seconds: z.number() }),
  z.object({ type: type("time-added"), at, by: who, byMs: z.number(), endsAt: Instant }),
  /** Nobody begins a turn any more; one that runs has until `closesAt`. `by`: the keeper who goes on. */
  z.object({ type: type("time-ran-out"), at, by: who.nullable(), closesAt: Instant }),
  z.object({ type: type("phase-ended"), at, step: z.number().int().nonnegative() }),
  z.object({ type: type("keeper-passed"), at, to: who.nullable() }),
  /** The service heard nobody from `since` on; all that was to come by time comes that much later. */
  z.object({ type: type("time-given-back"), at, since: Instant }),
  z.object({ type: type("assembly-ended"), at, by: who.nullable() }),
  /** All words that somebody had given were erased, as they asked. */
  z.object({ type: type("words-erased"), at, who }),
]);
export type AssemblyEvent = z.infer<typeof AssemblyEvent>;
