import type { Actor } from "../protocol/actor.ts";
import type { CompanyWish } from "../protocol/assembly-gathering.ts";
import type { AssemblyId, Language, MeetingId, ParticipantId, RingNumber, RoomId } from "../protocol/identity.ts";
import type { AssemblyPlan } from "./scenario.ts";

type ByMember = { readonly actor: Actor; readonly at: number };
type ByService = { readonly at: number };

/** A command of each of these types, which has nothing more. */
type Each<T extends string> = T extends string ? { readonly type: T } : never;

/** Command of a person that an assembly understands. */
export type MemberCommand =
  /** `language` null: a group of any; left out: nothing is said of it. */
  (
    | { readonly type: "join"; readonly name: string; readonly language?: Language | null }
    | Each<"leave" | "go-on" | "ready" | "call-keeper" | "agree-delegate" | "refuse-delegate" | "end">
    | Each<"take-chair" | "leave-chair" | "give-along" | "speak-to-all" | "stop-speaking">
    | { readonly type: "start"; readonly plan: AssemblyPlan; readonly topic: string; readonly seed: number }
    | { readonly type: "wish"; readonly wish: CompanyWish; readonly people: readonly ParticipantId[] }
    | { readonly type: "move"; readonly who: ParticipantId; readonly to: RingNumber }
    | { readonly type: "ask-move"; readonly to: RingNumber }
    | { readonly type: "take-out"; readonly who: ParticipantId }
    | { readonly type: "name-delegate"; readonly who: ParticipantId }
    | { readonly type: "propose-topic"; readonly text: string }
    | { readonly type: "choose-topic"; readonly topic: number }
    | { readonly type: "more-time"; readonly byMs: number }
    | { readonly type: "tell-all"; readonly text: string }
    | { readonly type: "visit"; readonly to: RingNumber }
    | { readonly type: "listen-in"; readonly name: string; readonly to: RingNumber }
    | { readonly type: "hand-over"; readonly to: ParticipantId }
  ) &
    ByMember;

/** A command of a person as typed; who asks and when is filled in by the receiver. */
export type AssemblyRequest = DistributiveOmit<MemberCommand, keyof ByMember>;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** Command that an assembly understands. `ring-over`: the meeting of a ring has ended. */
export type AssemblyCommand =
  | MemberCommand
  | ({
      readonly type: "gather";
      readonly id: AssemblyId;
      readonly roomId: RoomId;
      readonly language: Language;
    } & ByService)
  | (Each<"arrived" | "dropped"> & { readonly who: ParticipantId; readonly ring: RingNumber } & ByService)
  | (Each<"removed" | "spoke-from-chair"> & { readonly who: ParticipantId } & ByService)
  | ({ readonly type: "ring-gathered"; readonly ring: RingNumber; readonly meeting: MeetingId } & ByService)
  | ({ readonly type: "ring-over"; readonly ring: RingNumber; readonly spoken: readonly Spoken[] } & ByService)
  | ({ readonly type: "returned"; readonly since: number } & ByService)
  | ({ readonly type: "clock" } & ByService);

/** Milliseconds for which somebody spoke in a ring. */
export type Spoken = { readonly who: ParticipantId; readonly ms: number };

export type AssemblyCommandOf<T extends AssemblyCommand["type"]> = Extract<AssemblyCommand, { type: T }>;
