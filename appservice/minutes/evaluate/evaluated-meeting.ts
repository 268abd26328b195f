import type { ClaimsCounts } from "./claims.ts";
import type { FoundCounts } from "./found-scores.ts";
import type { TakenBack } from "./taken-back.ts";
import type { Rouge, TaskCounts } from "./scores.ts";

export type EvaluatedMeeting = {
  readonly name: string;
  readonly language: string;
  /** Makers of the meeting's summary and its tasks: highlights, rules, or a model. */
  readonly methods: readonly string[];
  /** Null where there is no reference. */
  readonly rouge: Rouge | null;
  /** ROUGE of the meeting's first sentences, and of sentences drawn from it, at as many words as its summary has. */
  readonly lead: Rouge | null;
  readonly random: Rouge | null;
  readonly tasks: TaskCounts | null;
  readonly decisions: FoundCounts | null;
  /** Open questions. */
  readonly questions: FoundCounts | null;
  readonly relations: FoundCounts | null;
  /** Claims that pass the check of what a model writes. */
  readonly claims: ClaimsCounts | null;
  readonly growing: TakenBack;
  readonly wordsSaid: number;
  /** Words of all results together, which is what there is to read. */
  readonly wordsMade: number;
  readonly sentences: number;
  readonly resting: number;
  readonly failed: readonly string[];
};
