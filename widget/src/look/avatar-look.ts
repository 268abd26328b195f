/** One of six colours that stays with a person, and the letters that stand for them. */
export function colourOf(id: string): number {
  let hash = 0;
  for (const letter of id) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return (hash % 6) + 1;
}

export function initialsOf(name: string): string {
  const words = name.replace(/^[@!#]/, "").split(/[\s._-]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => firstLetter(word ?? ""));
  return letters.join("") || "?";
}

function firstLetter(word: string): string {
  return word.match(/[\p{L}\p{N}]/u)?.[0]?.toLocaleUpperCase() ?? "";
}
