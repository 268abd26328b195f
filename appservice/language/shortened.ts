/**
 * Shortens a text to at most so many letters, the last one an ellipsis where some are missing. An emoji is two units of
 * UTF-16: half of one is no text, and homeservers refuse it.
 */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const letters = [...text];
  return letters.length <= most
    ? text
    : `${letters
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`;
}
