import type { ParticipantId } from "../../protocol/identity.ts";
import type { Happening } from "../happening.ts";

/** Correction of a text, and the people who said that it is right as it then stood. */
export type Change = {
  readonly id: string;
  readonly place: number;
  readonly by: ParticipantId;
  readonly at: number;
  readonly before: string;
  readonly after: string;
  readonly confirmations: readonly { readonly id: string; readonly by: ParticipantId; readonly at: number }[];
};

/** A text with all its corrections. `author`: whose words it is; null: nobody's, as a summary's. */
export type Changed = { readonly author: ParticipantId | null; readonly changes: readonly Change[] };

/** All texts of a meeting that somebody corrected: utterances and summaries. */
export function changedTexts(happenings: readonly Happening[]): Changed[] {
  const speakers = new Map<string, ParticipantId>();
  const texts = new Map<string, { author: ParticipantId | null; changes: Change[] }>();
  for (const { id, place, event, made } of happenings) {
    if (event.type === "utterance-heard") speakers.set(event.utterance.id, event.utterance.speaker);
    if (made?.of === "utterance" || made?.of === "summary") {
      const key = `${made.of} ${made.id}`;
      const author = made.of === "utterance" ? (speakers.get(made.id) ?? null) : null;
      const text = texts.get(key) ?? { author, changes: [] };
      const { by, at, before, after } = made;
      text.changes.push({ id, place, by, at, before: textOf(before), after: textOf(after), confirmations: [] });
      texts.set(key, text);
    }
    if (event.type === "correction-confirmed") {
      const changes = texts.get(`${event.of} ${event.id}`)?.changes;
      const last = changes?.at(-1);
      if (!changes || !last) continue;
      const confirmations = [...last.confirmations, { id, by: event.by, at: event.at }];
      changes[changes.length - 1] = { ...last, confirmations };
    }
  }
  return [...texts.values()];
}

function textOf(text: string | readonly string[]): string {
  return typeof text === "string" ? text : text.join("\n");
}
