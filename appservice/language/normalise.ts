/** Lower case, with what writers vary on made the same: ё and е, curly and straight apostrophes. */
export function normalise(text: string): string {
  return text.toLowerCase().replaceAll("ё", "е").replaceAll("’", "'");
}
