const NAMED: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", " "],
]);
const LARGEST_LETTER = 0x10ffff;

/**
 * The words of HTML, for where a message has them in no other form. What it shows of another message above a reply is
 * none of them.
 */
export function textOfHtml(html: string): string {
  const quoted = html.indexOf("</mx-reply>");
  const own = quoted < 0 ? html : html.slice(quoted);
  return own
    .replace(/<(?:br|\/p|\/li|\/div|\/h[1-6])\b[^<>]*>/gi, "\n")
    .replace(/<[/!a-z][^<>]*>/gi, "")
    .replace(
      /&(?:#([0-9]{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi,
      (whole, decimal?: string, hex?: string, name?: string) => {
        if (name !== undefined) return NAMED.get(name.toLowerCase()) ?? whole;
        const letter = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
        return letter <= LARGEST_LETTER ? String.fromCodePoint(letter).toWellFormed() : whole;
      },
    )
    .trim();
}
