import { z } from "zod";
import { Door } from "./actor.ts";
import { Instant, ParticipantId } from "./identity.ts";
import type { Searchable } from "./searchable.ts";

const id = z.string().min(1).max(600);
const title = z.string().trim().min(1).max(300);
const due = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(isDay)
  .nullable();

/** `Date` takes the 31st of February for a day in March. */
function isDay(date: string): boolean {
  const day = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}

/**
 * `suggested`: found, and nobody has said that it is one. `dropped`: somebody said that it is none, or it is not found
 * any more.
 */
export const TaskStatus = z.enum(["suggested", "open", "done", "dropped"]);
export type TaskStatus = z.infer<typeof TaskStatus>;

const TaskFacts = z.object({ title, owner: ParticipantId.nullable(), due, status: TaskStatus });
export type TaskFacts = z.infer<typeof TaskFacts>;

const text = z.string().trim().min(1).max(1_000);

/**
 * `suggested`: read as a decision, and nobody has said that it is one. `dropped`: somebody said that it is none, or it
 * is not found any more.
 */
export const DecisionStatus = z.enum(["suggested", "confirmed", "dropped"]);
export type DecisionStatus = z.infer<typeof DecisionStatus>;

/**
 * `suggested`: nobody seems to have answered it. `open`: somebody said so. `dropped`: it was none, or it is settled
 * without an answer.
 */
export const QuestionStatus = z.enum(["suggested", "open", "answered", "dropped"]);
export type QuestionStatus = z.infer<typeof QuestionStatus>;

const DecisionFacts = z.object({ text, status: DecisionStatus });
const QuestionFacts = z.object({ text, status: QuestionStatus });

/** Change that somebody wants in the record. Of a task, a decision or a question only the named fields change. */
export const Correction = z.discriminatedUnion("of", [
  z.object({ of: z.literal("utterance"), id, text: z.string().trim().max(4_000) }),
  z.object({ of: z.literal("summary"), id, sentences: z.array(z.string().trim().min(1).max(1_000)).max(40) }),
  z.object({ of: z.literal("task"), id, ...TaskFacts.partial().shape }),
  z.object({ of: z.literal("decision"), id, ...DecisionFacts.partial().shape }),
  z.object({ of: z.literal("question"), id, ...QuestionFacts.partial().shape }),
]);
export type Correction = z.infer<typeof Correction>;

const made = { id, by: ParticipantId, name: z.string(), at: Instant, door: Door };

/** A correction that was made, with what stood there before: nothing is ever overwritten. */
export const CorrectionMade = z.discriminatedUnion("of", [
  z.object({ of: z.literal("utterance"), ...made, before: z.string(), after: z.string() }),
  z.object({ of: z.literal("summary"), ...made, before: z.array(z.string()), after: z.array(z.string()) }),
  z.object({ of: z.literal("task"), ...made, before: TaskFacts, after: TaskFacts }),
  z.object({ of: z.literal("decision"), ...made, before: DecisionFacts, after: DecisionFacts }),
  z.object({ of: z.literal("question"), ...made, before: QuestionFacts, after: QuestionFacts }),
]);
export type CorrectionMade = z.infer<typeof CorrectionMade>;

/** Thing in the record that can be corrected, and the id under which it can. */
export type Corrigible = Pick<Correction, "of" | "id">;

export function correctionsOf(corrections: Searchable<CorrectionMade>, { of, id }: Corrigible): CorrectionMade[] {
  return corrections.filter((made) => made.of === of && made.id === id);
}
