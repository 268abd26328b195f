/** A value of JSON that has them as keys of its own throws when it is compared or printed, in a schema, too. */
const SHADOWED: ReadonlySet<string> = new Set(["toString", "valueOf", "toJSON", "__proto__"]);

export function isShadowing(key: string): boolean {
  return SHADOWED.has(key);
}

/**
 * Signs that turn whatever stands behind them, also what others wrote: embeddings, overrides, isolates (UAX 9). Marks
 * that turn nothing else stay.
 */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

export function unturned(text: string): string {
  return text.replace(TURNING, "");
}

/**
 * Reviver for `JSON.parse`, for all that strangers had a hand in. Keys that stand in for what every object can do are
 * left out. Half of a character (a lone surrogate), which JSON can name and UTF-8 cannot hold, becomes U+FFFD: a
 * homeserver answers an event with one by 500 forever. Signs that turn the direction of the text behind them are left
 * out.
 */
export function wellFormed(key: string, value: unknown): unknown {
  if (isShadowing(key)) return undefined;
  return typeof value === "string" ? unturned(value.toWellFormed()) : value;
}
