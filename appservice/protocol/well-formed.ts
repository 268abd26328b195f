/**
 * For `JSON.parse` and `JSON.stringify`: half of a character (a lone surrogate), which JSON can name and UTF-8 cannot hold,
 * becomes U+FFFD. A homeserver answers such an event with 500 forever.
 */
export function wellFormed(_key: string, value: unknown): unknown {
  return typeof value === "string" ? value.toWellFormed() : value;
}
