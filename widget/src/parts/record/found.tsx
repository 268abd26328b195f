/** A text in which what was searched for is marked. */
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

/** Whether somebody who searches for this wants to see the text. */
export function isFound(text: string, query: string): boolean {
  return query === "" || text.toLocaleLowerCase().includes(query.toLocaleLowerCase());
}

/** Every second piece is what was searched for. */
function split(text: string, query: string): string[] {
  const escaped = query.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
  return text.split(new RegExp(`(${escaped})`, "giu"));
}
