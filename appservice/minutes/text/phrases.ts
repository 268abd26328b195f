const BEFORE = "(?<![\\p{L}\\p{N}'])";
const AFTER = "(?![\\p{L}\\p{N}'])";

/** Sign of a question at the end, before or within quotation marks. */
export const ENDS_ASKING = /\?["»”')]*$/u;

/** Matches any of these as whole words, in normalised text; each is a piece of a regular expression. */
export function anyOf(...phrases: readonly string[]): RegExp {
  return new RegExp(`${BEFORE}(?:${phrases.join("|")})${AFTER}`, "u");
}

/** Matches any of these at the beginning. */
export function opensWith(...phrases: readonly string[]): RegExp {
  return new RegExp(`^(?:${phrases.join("|")})${AFTER}`, "u");
}
