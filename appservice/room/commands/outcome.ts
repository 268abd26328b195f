import type { Refusal, RefusalCode } from "../../protocol/refusal.ts";
import type { Line } from "../messages/message.ts";

/** `done` is answered by a ✅ on the message, `say` by a text. */
export type CommandOutcome =
  | { readonly outcome: "done" }
  /** `inThread`: in a thread on the command, where it is long and concerns nobody else. */
  | { readonly outcome: "say"; readonly lines: readonly Line[]; readonly inThread?: boolean }
  | { readonly outcome: "refused"; readonly refusal: Refusal }
  | { readonly outcome: "bad-argument" };

export const done: CommandOutcome = { outcome: "done" };

export function say(...lines: readonly Line[]): CommandOutcome {
  return { outcome: "say", lines };
}

export function sayInThread(...lines: readonly Line[]): CommandOutcome {
  return { outcome: "say", lines, inThread: true };
}

export function outcomeOf(refusal: Refusal | null): CommandOutcome {
  return refusal ? { outcome: "refused", refusal } : done;
}

export function refused(code: RefusalCode, detail: Refusal["detail"] = {}): CommandOutcome {
  return { outcome: "refused", refusal: { code, detail } };
}
