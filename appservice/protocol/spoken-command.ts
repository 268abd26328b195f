import { z } from "zod";
import { ParticipantId } from "./identity.ts";
import { HandKind } from "./scenario-words.ts";

/** Request of a spoken command. The last two ask the record; the others ask the meeting. */
export const SpokenCommand = z.discriminatedUnion("type", [
  z.object({ type: z.literal("pass") }),
  z.object({ type: z.literal("skip") }),
  z.object({ type: z.literal("pause") }),
  z.object({ type: z.literal("resume") }),
  z.object({ type: z.literal("extend"), seconds: z.number().int().positive() }),
  /** `to` is null where the name fits nobody in the ring, or several. */
  z.object({ type: z.literal("give-word"), to: ParticipantId.nullable() }),
  z.object({ type: z.literal("raise-hand"), hand: HandKind }),
  /** `owner` is whoever was named as the one it is for; the text may name another. */
  z.object({ type: z.literal("task"), text: z.string(), owner: ParticipantId.nullable() }),
  z.object({ type: z.literal("decision"), text: z.string() }),
]);
export type SpokenCommand = z.infer<typeof SpokenCommand>;

/** Command said to the circle as well as to the record: no part of the speech, and worth reading all the same. */
export type CalledOut = Extract<SpokenCommand, { type: "task" | "decision" }>;

export function isCalledOut(command: SpokenCommand): command is CalledOut {
  return command.type === "task" || command.type === "decision";
}
