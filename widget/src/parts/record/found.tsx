/** A text with the searched words marked. */
export function Found({ text, query }: { text: string; query: string }) {
  if (query === "") return text;
  const pieces = split(text, query);
  return pieces.map((piece, place) =>
    place % 2 === 1 ? (
      <mark key={place} className="found" data-testid="found">
        {piece}
      </mark>
    ) : (
      piece
    ),
  );
}

/** True when the text holds the searched words, or nothing is searched. */
export function isFound(text: string, query: string): boolean {
  return query === "" || text.toLocaleLowerCase().includes(query.toLocaleLowerCase());
}

/** Splits a text into pieces; every second one is the searched words. */
function split(text: string, query: string): string[] {
  const escaped = query.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
  return text.split(new RegExp(`(${escaped})`, "giu"));
}
