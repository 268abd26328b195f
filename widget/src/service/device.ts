const PLACE = "mindminder:device";

/** Chance letters for this tab, kept as long as it lives, where the browser lets a frame keep anything at all. */
export function deviceOfTab(): string {
  const fresh = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  try {
    const known = sessionStorage.getItem(PLACE);
    if (known) return known;
    sessionStorage.setItem(PLACE, fresh);
  } catch {
    // Without a place for it a page loaded anew is another device, and proves who it is again.
  }
  return fresh;
}
