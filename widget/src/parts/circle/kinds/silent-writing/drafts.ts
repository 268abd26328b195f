import { keepText, keptText } from "../../../../model/preferences/kept-text.ts";

/**
 * Drafts that the service does not have yet, kept on the device so that a reload loses nothing. Where
 * storage is closed to frames, the service's copy is all there is.
 */
const key = (who: string, circle: string) => `mindminder.draft.1.${who}.${circle}`;

export function keptDraft(who: string, circle: string): string | null {
  return keptText(key(who, circle));
}

/** Null once the service has it. */
export function keepDraft(who: string, circle: string, text: string | null): void {
  keepText(key(who, circle), text);
}
