import type { Actor } from "../protocol/actor.ts";
import type { Shown } from "../protocol/agreement.ts";
import type { Language, MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { HandKind } from "../protocol/scenario-words.ts";
import type { KindRequest } from "./kinds/words.ts";
import type { Quote } from "./quotes.ts";
import type { Plan } from "./scenario.ts";

type By = {
  readonly actor: Actor;
  readonly at: number;
  /** Version of the state the person saw; null where they cannot know it (a typed or spoken command). */
  readonly expectedVersion: number | null;
  /** The message in which it was typed: taking that back takes its words back. */
  readonly message?: string;
};

type FromService = { readonly at: number };

/** Command that a meeting understands. */
export type Command =
  | ({
      readonly type: "gather";
      readonly id: MeetingId;
      readonly roomId: RoomId;
      readonly language: Language;
      readonly asks?: Shown;
    } & FromService)
  /** `agreement`: their answer to the items they were shown; `message`: the one in which they asked for the seat. */
  | ({
      readonly type: "join";
      readonly name: string;
      readonly agreement?: { readonly agreed: boolean; readonly shown: Shown };
      readonly message?: string;
    } & By)
  | ({ readonly type: "leave" } & By)
  /** `seed`: any number; lots are drawn from it. `quotes`: whose words topic and plan are, where not of who begins. */
  | ({
      readonly type: "start";
      readonly plan: Plan;
      readonly topic: string;
      readonly seed: number;
      readonly quotes?: readonly Quote[];
    } & By)
  | ({ readonly type: "accept" | "pass" | "skip" | "pause" | "resume" | "next-circle" | "end" | "lower-hand" } & By)
  | ({ readonly type: "extend"; readonly byMs: number } & By)
  | ({ readonly type: "hand-over"; readonly to: ParticipantId } & By)
  | ({ readonly type: "give-word"; readonly to: ParticipantId } & By)
  | ({ readonly type: "end-circle" } & By)
  | ({ readonly type: "reorder"; readonly order: readonly ParticipantId[] } & By)
  | ({ readonly type: "draw-order"; readonly seed: number } & By)
  | ({ readonly type: "take-out"; readonly who: ParticipantId } & By)
  | ({ readonly type: "give-turn"; readonly to: ParticipantId } & By)
  | ({ readonly type: "more-time"; readonly byMs: number } & By)
  /** `circle`: index of the one that is meant; null: the one that runs, or comes next. */
  | ({ readonly type: "set-theme"; readonly theme: string; readonly circle: number | null } & By)
  | ({ readonly type: "raise-hand"; readonly hand: HandKind } & By)
  | KindCommand
  /** Answers whether the person's words may be written down, and names the items they had been shown. */
  | ({ readonly type: "agree"; readonly agreed: boolean; readonly shown: Shown } & By)
  | ({ readonly type: "send-scribe-away" | "ask-scribe-back" } & By)
  /** Asks the person in the room, because of this message of theirs. */
  | ({ readonly type: "seek-agreement"; readonly name: string; readonly message: string } & By)
  /** Sets the items that people are shown from now on. */
  | ({ readonly type: "ask-agreement"; readonly asks: Shown } & FromService)
  | ({ readonly type: "connected"; readonly who: ParticipantId } & FromService)
  | ({ readonly type: "dropped"; readonly who: ParticipantId } & FromService)
  | ({ readonly type: "renamed"; readonly who: ParticipantId; readonly name: string } & FromService)
  | ({ readonly type: "removed"; readonly who: ParticipantId } & FromService)
  | ({ readonly type: "call-lost" } & FromService)
  | ({ readonly type: "call-back" } & FromService)
  /**
   * `since`: moment from which on the service could hear nobody: it was not there, stood still, or could keep nothing.
   */
  | ({ readonly type: "service-returned"; readonly since: number } & FromService)
  | ({ readonly type: "clock" } & FromService);

/** Command that belongs to one kind of circle alone. */
export type KindCommand = KindRequest & By;

export type PersonCommand = Extract<Command, By>;

/** A command of the meeting as typed; who asks and when is filled in by the receiver. */
export type PersonRequest = DistributiveOmit<PersonCommand, "actor" | "at" | "expectedVersion">;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
