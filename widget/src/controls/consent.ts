import { keepText, keptText } from "../preferences/kept-text.ts";

/** Whether this person agreed on this device; where storage is closed to frames, they are asked each time. */
const key = (who: string) => `mindminder.consent.1.${who}`;

export function hasConsented(who: string): boolean {
  return keptText(key(who)) !== null;
}

export function keepConsent(who: string, given: boolean): void {
  keepText(key(who), given ? new Date().toISOString() : null);
}
