import { z } from "zod";
import type { CircleSnapshot } from "../../../protocol/meeting-snapshot.ts";
import type { ExportedOutcome, Saying, TypedCommand } from "../contract.ts";
import { textsIn } from "./rules.ts";
import type { WritingData } from "./words.ts";

/** Number of people who wrote. */
export function writingOutcome(data: WritingData, { t }: Saying): string | null {
  const wrote = textsIn(data).length;
  return wrote > 0 ? t("circle.wrote", { count: wrote }) : null;
}

export function exportedTexts({ texts }: CircleSnapshot, { nameOf }: Saying): Partial<ExportedOutcome> {
  return { texts: texts.map(({ who, text }) => ({ name: nameOf(who), text })) };
}

/** Commands for writing in the chat. Everybody sees texts there; people who want to write unseen are told where. */
export const writingCommands: readonly TypedCommand[] = [
  {
    name: "write",
    args: z.array(z.string()).min(1),
    run: (_, { ask, rest, t }) => {
      const refusal = ask({ type: "write", text: rest, finished: true });
      return refusal ? { refusal } : { say: [t("write.taken")] };
    },
  },
];
