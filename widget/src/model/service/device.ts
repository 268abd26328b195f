import { keepText, keptText } from "../preferences/kept-text.ts";

const PLACE = "mindminder:device";
const BROWSER = "mindminder:browser";

/**
 * The same for this browser, kept for good: of a new one its person is told. Undefined where nothing is kept: the tab
 * stands for it.
 */
export function thisBrowser(): string | undefined {
  if (keptText(BROWSER) === null) keepText(BROWSER, chance());
  return keptText(BROWSER) ?? undefined;
}

function chance(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Chance letters for this tab, kept as long as it lives, where the browser lets a frame keep anything at all. */
export function deviceOfTab(): string {
  const fresh = chance();
  try {
    const known = sessionStorage.getItem(PLACE);
    if (known) return known;
    sessionStorage.setItem(PLACE, fresh);
  } catch {
    // Without a place for it a page loaded anew is another device, and proves who it is again.
  }
  return fresh;
}
