import { z } from "zod";

const Line = z.number().int().positive();

/** Decisions, questions and relations that a careful reader finds in a meeting: `NAME.matters.json`. */
export const Matters = z.strictObject({
  decisions: z.array(z.string().trim().min(1)).default([]),
  /** All questions that were asked; those nobody answered are the open ones. */
  questions: z.array(z.strictObject({ text: z.string().trim().min(1), answered: z.boolean() })).default([]),
  /** Lines of NAME.txt, counted from 1: the one that agrees, objects or answers, and the one that it speaks of. */
  relations: z
    .array(z.strictObject({ kind: z.enum(["supports", "objects", "answers"]), line: Line, to: Line }))
    .default([]),
});
export type Matters = z.infer<typeof Matters>;

export const MATTERS_FORM =
  'Write { "decisions": ["…"], "questions": [{ "text": "…", "answered": true or false }], "relations": [{ "kind": "supports", "objects" or "answers", "line": number, "to": number }] }.';
