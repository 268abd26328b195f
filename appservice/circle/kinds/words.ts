import { z } from "zod";
import { consentWords } from "./consent/words.ts";
import { dotVoteWords } from "./dot-vote/words.ts";
import type { KindWords, StageWords } from "./kind-words.ts";
import { openFloorWords } from "./open-floor/words.ts";
import { plainWords } from "./plain/words.ts";
import { silentWritingWords } from "./silent-writing/words.ts";

/** The kinds of circle. A new one is a folder beside this file, with its words and its rules, and a line here. */
export const KIND_WORDS = {
  "check-in": plainWords,
  statement: plainWords,
  clarify: plainWords,
  reactions: plainWords,
  consent: consentWords,
  "open-floor": openFloorWords,
  "silent-writing": silentWritingWords,
  "dot-vote": dotVoteWords,
  tasks: plainWords,
  "check-out": plainWords,
} as const satisfies Readonly<Record<string, KindWords>>;

type Kinds = typeof KIND_WORDS;
type Words = Kinds[CircleKind];

export type CircleKind = keyof Kinds;
/** Purpose of a circle. */
export const CircleKind = z.enum(Object.keys(KIND_WORDS) as [CircleKind, ...CircleKind[]]);

const EACH: readonly Words[] = [...new Set(Object.values(KIND_WORDS))];

export type CircleStage = "round" | KeysOf<Words["stages"]>;
const STAGES = Object.assign({ round: { word: "ring", seats: true } }, ...EACH.map(({ stages }) => stages)) as Readonly<
  Record<CircleStage, StageWords>
>;
/** `round`: the word goes round. The others are of one kind of circle each. */
export const CircleStage = z.enum(Object.keys(STAGES) as [CircleStage, ...CircleStage[]]);

/** Way in which the word moves in a stage. */
export function stageWords(stage: CircleStage): StageWords {
  return STAGES[stage];
}

/**
 * Requests that the kinds let people make, events that they write into the journal, and fields that they add to a
 * circle's snapshot.
 */
export const KIND_REQUESTS = EACH.flatMap((words): readonly Words["requests"][number][] => words.requests);
export const KIND_EVENTS = EACH.flatMap((words): readonly Words["events"][number][] => words.events);
export const KIND_REFUSALS = EACH.flatMap((words): readonly Words["refusals"][number][] => words.refusals);
export const KIND_FIELDS = Object.assign({}, ...EACH.map(({ shown }) => shown)) as AllOf<Words["shown"]>;

export const KIND_MINE = Object.assign({}, ...EACH.map(({ mine }) => mine)) as AllOf<Words["mine"]>;

/** The kinds' fields of a circle of which nothing is to be shown. */
export const NOTHING_SHOWN = Object.assign({}, ...EACH.map(({ nothing }) => nothing)) as ShownFields;

export type ShownFields = z.infer<z.ZodObject<AllOf<Words["shown"]>>>;
export type KindRequest = z.output<Words["requests"][number]>;
export type KindEvent = z.output<Words["events"][number]>;
export type RequestOf<K extends CircleKind> = z.output<Kinds[K]["requests"][number]>;
export type EventOf<K extends CircleKind> = z.output<Kinds[K]["events"][number]>;
export type StageOf<K extends CircleKind> = KeysOf<Kinds[K]["stages"]> & CircleStage;
export type DataOf<K extends CircleKind> = Kinds[K]["empty"];

type KeysOf<Union> = Union extends unknown ? keyof Union & string : never;
type AllOf<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;
