/** Whether this person agreed on this device; where storage is closed to frames, they are asked each time. */
const key = (who: string) => `mindminder.consent.1.${who}`;

export function hasConsented(who: string): boolean {
  try {
    return localStorage.getItem(key(who)) !== null;
  } catch {
    return false;
  }
}

export function keepConsent(who: string, given: boolean): void {
  try {
    if (given) localStorage.setItem(key(who), new Date().toISOString());
    else localStorage.removeItem(key(who));
  } catch {
    // Asked again next time.
  }
}
