/** A value of JSON that has them as keys of its own throws when it is compared or printed, in a schema, too. */
const SHADOWED: ReadonlySet<string> = new Set(["toString", "valueOf", "toJSON", "__proto__"]);

export function isShadowing(key: string): boolean {
  return SHADOWED.has(key);
}

/**
 * For `JSON.parse`, of whatever strangers had a hand in. Keys that stand in for what every object can do are left out. Half
 * of a character (a lone surrogate), which JSON can name and UTF-8 cannot hold, becomes U+FFFD: a homeserver answers an event
 * with one by 500 forever.
 */
export function wellFormed(key: string, value: unknown): unknown {
  if (isShadowing(key)) return undefined;
  return typeof value === "string" ? value.toWellFormed() : value;
}
