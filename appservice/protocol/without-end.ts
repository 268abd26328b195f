/**
 * A text without what stands at its end: each of its last letters for which `mark` holds. A pattern such as `[.!]+$`
 * would try anew at each place of a long run of marks, and take seconds for a text as long as the homeserver lets
 * through.
 */
export function withoutEnd(text: string, mark: RegExp): string {
  let end = text.length;
  while (end > 0 && mark.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
