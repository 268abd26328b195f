import type { z } from "zod";
import type { CommandName } from "../../language/command-words.ts";
import type { Line } from "../../language/line.ts";
import type { MessageKey, Translate } from "../../language/translate.ts";
import type { ParticipantId } from "../../protocol/identity.ts";
import type { CircleSnapshot, MeetingSnapshot } from "../../protocol/meeting-snapshot.ts";
import type { Refusal, RefusalCode } from "../../protocol/refusal.ts";
import type { PersonRequest, KindCommand } from "../command.ts";
import type { CircleEvent } from "../event.ts";
import type { Circle, EndedCircle } from "../circle.ts";
import type { Meeting } from "../meeting.ts";
import type { PlannedCircle } from "../scenario.ts";
import type { TurnEnd } from "../turn-end.ts";
import type { TextsBefore, WrittenText } from "./kind-words.ts";
import type { CircleKind, DataOf, EventOf, RequestOf, ShownFields, StageOf } from "./words.ts";

/** The meeting in the middle of a decision, and what a kind of circle may bring about in it. */
export type Table = {
  /** Meeting as the events so far leave it. */
  readonly meeting: Meeting;
  readonly add: (event: CircleEvent) => void;
  /** Hands the word to whoever is next; where nobody is, the circle ends, or goes on as its kind has it. */
  readonly goOn: (at: number) => void;
  /** Ends the present turn, if there is one, and leaves open who comes next. */
  readonly closeTurn: (reason: TurnEnd, at: number) => void;
  readonly endCircle: (at: number) => void;
};

export type StageRules = {
  /** Ends the stage, at its time or when the keeper goes on. */
  readonly close: (table: Table, at: number) => void;
  /** Comes before the whole circle is ended in the middle of it. */
  readonly breakOff?: (table: Table, at: number) => void;
  /** Tells where the meeting is. */
  readonly status: MessageKey;
};

/** Words of the service for people. */
export type Saying = { readonly t: Translate; readonly nameOf: (id: ParticipantId) => string };

/** A circle of consent that is over, or how it stands. */
export type Verdict = "consented" | "objected" | "open";
export type DecisionMade = {
  readonly circle: number;
  readonly step: number;
  readonly round: number;
  readonly verdict: Verdict;
  readonly consents: readonly ParticipantId[];
  readonly objections: readonly { readonly who: ParticipantId; readonly reason: string }[];
};

/** A typed command of one kind of circle. */
export type TypedCommand = {
  readonly name: CommandName;
  /** Checks the words behind its name. */
  readonly args: z.ZodType<readonly string[]>;
  readonly run: (words: readonly string[], typed: Typing) => TypedAnswer;
};
export type Typing = {
  readonly by: ParticipantId;
  readonly meeting: Meeting | null;
  /** Text behind the command's name, as it was typed. */
  readonly rest: string;
  readonly t: Translate;
  readonly ask: (what: PersonRequest) => Refusal | null;
};
/** Answer to a typed command; null: done, and there is nothing to say. */
export type TypedAnswer = { readonly refusal: Refusal } | { readonly say: readonly Line[] } | null;

/** Outcome of a circle in an export, besides what was said in it. */
export type ExportedOutcome = {
  readonly points: readonly string[];
  readonly texts: readonly { readonly name: string; readonly text: string }[];
};

type CommandOf<K extends CircleKind, Type> = Extract<KindCommand, { readonly type: Type & RequestOf<K>["type"] }>;

/**
 * A kind of circle: all that is different in it. Found by its folder's name in `words.ts`; the rules of the circle, the
 * room, the record and its exports ask here, and nowhere by name. Pure; imports neither the flow nor the registry.
 */
export type Kind<K extends CircleKind> = {
  /** First stage, and when its time is over. */
  readonly open: (
    planned: PlannedCircle,
    at: number,
    before: TextsBefore | null,
  ) => { readonly stage: "round" | StageOf<K>; readonly endsAt: number | null };
  /** Data as the circle begins, where it takes something from an earlier one. */
  readonly begin?: (before: TextsBefore | null) => DataOf<K>;
  readonly stages: { readonly [S in StageOf<K>]: StageRules };

  /** Code by which its commands are refused while no circle of the kind runs. */
  readonly elsewhere?: RefusalCode;
  /** Adds the events of a command, or refuses it. */
  readonly decide: {
    readonly [C in RequestOf<K>["type"]]: (table: Table, circle: Circle<K>, command: CommandOf<K, C>) => Refusal | null;
  };
  readonly evolve: {
    readonly [E in EventOf<K>["type"]]: (
      circle: Circle<K>,
      event: Extract<EventOf<K>, { readonly type: E }>,
    ) => Circle<K>;
  };
  /** Goes on with something else when everybody has spoken; false: the circle ends. */
  readonly afterRound?: (table: Table, circle: Circle<K>, at: number) => boolean;

  /** People who have done what the stage asks of everybody. */
  readonly finished?: (data: DataOf<K>) => readonly ParticipantId[];
  /**
   * Shows its part of the circle's snapshot. `over`: nothing can change in it any more; `past`: another circle has
   * begun since.
   */
  readonly shown?: (data: DataOf<K>, when: { readonly over: boolean; readonly past: boolean }) => Partial<ShownFields>;
  /** Makes its data again from what the room's state shows. */
  readonly takeUp?: (circle: CircleSnapshot, snapshot: MeetingSnapshot) => DataOf<K>;
  /** Cuts long texts in its part of a snapshot; `most` letters are left of each. */
  readonly shorten?: (circle: CircleSnapshot, cut: (text: string) => string, most: number) => CircleSnapshot;
  /** Shows its part of what somebody alone may see of their own while the circle runs. */
  readonly mine?: (circle: Circle<K>, who: ParticipantId) => object;

  /** Sources of its words, by which they are taken back; see `sourceOf`. */
  readonly sources?: (data: DataOf<K>) => readonly string[];
  /** The data without the words of a source. */
  readonly forget?: (data: DataOf<K>, source: string) => DataOf<K>;
  /** Removes the words from one of its events; folded, it comes to the same as `forget`. */
  readonly forgetEvent?: (event: EventOf<K>) => EventOf<K>;
  readonly wordsIn?: (event: EventOf<K>) => readonly string[];

  /** Texts written in it, once everybody may read them; null before that. */
  readonly texts?: (data: DataOf<K>, over: boolean) => readonly WrittenText[] | null;
  readonly decision?: (circle: EndedCircle<K>) => DecisionMade;
  /** True where the circle sends back a scenario that goes back while somebody objects. */
  readonly goesBack?: (data: DataOf<K>) => boolean;

  /** Lines in the circle's message, between who has the word and how it goes. */
  readonly lines?: (circle: EndedCircle<K>, over: boolean, saying: Saying) => readonly Line[];
  /** The same for machines. */
  readonly machine?: (circle: EndedCircle<K>, over: boolean) => object;
  /** Tells how the circle goes; `ring` is the line with the order of speaking. */
  readonly how?: (ring: Line, planned: PlannedCircle, saying: Saying) => readonly Line[];
  /** Line on the outcome where nobody spoke; null: none. */
  readonly outcome?: (data: DataOf<K>, saying: Saying) => string | null;
  readonly commands?: readonly TypedCommand[];
  readonly exported?: (circle: CircleSnapshot, saying: Saying) => Partial<ExportedOutcome>;
};

/** The word goes round, in a time for the whole circle where the plan has one. */
export function openRound(
  { circleMs }: PlannedCircle,
  at: number,
): { readonly stage: "round"; readonly endsAt: number | null } {
  return { stage: "round", endsAt: circleMs === null ? null : at + circleMs };
}

/** Marks what a kind's file exports as one. */
export function kind<K extends CircleKind>(rules: Kind<K>): Kind<K> {
  return rules;
}
