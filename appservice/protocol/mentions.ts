const LONGEST_LABEL = 300;
const LONGEST_TARGET = 600;

/** A mention of somebody in a plain text, and where it stands. */
type Mention = { readonly from: number; readonly to: number; readonly id: string; readonly label: string };

/**
 * Clients write whom a message mentions into its plain words, each in its own way: as a Markdown link (Element X), as a
 * bare address (Client-Server API, "matrix.to navigation" and "Matrix URI scheme"), or in angle brackets. Links to
 * rooms are none.
 */
export function withMentions(
  text: string,
  written: (mention: { readonly id: string; readonly label: string }) => string,
): string {
  let done = "";
  let at = 0;
  for (const { from, to, id, label } of mentionsIn(text)) {
    if (from < at) continue;
    done += text.slice(at, from) + written({ id, label });
    at = to;
  }
  return done + text.slice(at);
}

function mentionsIn(text: string): Mention[] {
  if (!text.includes("matrix") && !text.includes("/#/user/") && !text.includes("<@")) return [];
  return [...linked(text), ...bare(text)].toSorted((one, other) => one.from - other.from);
}

function linked(text: string): Mention[] {
  const found: Mention[] = [];
  let before = 0;
  for (let middle = text.indexOf("]("); middle >= 0; middle = text.indexOf("](", middle + 2)) {
    const end = text.slice(middle, middle + LONGEST_TARGET).indexOf(")");
    const id = end < 0 ? null : userOf(text.slice(middle + 2, middle + end).split(/\s/)[0] ?? "");
    const from = id === null ? -1 : openedAt(text, middle, before);
    if (id === null || from < 0) continue;
    const to = middle + end + 1;
    found.push({ from, to, id, label: text.slice(from + 1, middle).replace(/\\([\p{P}\p{S}])/gu, "$1") });
    before = to;
  }
  return found;
}

/** Place where the bracket opens that closes at another: names have brackets of their own. */
function openedAt(text: string, close: number, least: number): number {
  let open = 1;
  for (let at = close - 1; at >= Math.max(least, close - LONGEST_LABEL); at--) {
    const escaped = text.charAt(at - 1) === "\\";
    if (!escaped && text.charAt(at) === "]") open++;
    if (!escaped && text.charAt(at) === "[" && --open === 0) return at;
  }
  return -1;
}

function bare(text: string): Mention[] {
  return [...text.matchAll(/<@[^\s<>]{1,255}>|<?(?:https?:\/\/|matrix:)[^\s<>()[\]]{1,600}>?/gu)].flatMap(
    ({ 0: whole, index }): Mention[] => {
      const written = whole.replace(/^</, "").replace(/[>,;!]$/, "");
      const id = written.startsWith("@") ? written : userOf(written);
      const to = index + whole.length - (/[,;!]$/.test(whole) ? 1 : 0);
      return id === null ? [] : [{ from: index, to, id, label: id }];
    },
  );
}

function userOf(address: string): string | null {
  const target = decoded(address.replace(/^</, "").replace(/>$/, ""));
  const [, of] = /^matrix:u(?:ser)?\/([^/?#\s]{1,250})/u.exec(target) ?? [];
  const [, to] = /^https?:\/\/(?:[^/\s]{1,100}\/){1,3}#\/(?:user\/)?(@[^/?\s]{1,254})/u.exec(target) ?? [];
  const id = of === undefined ? to : `@${of.replace(/^@/, "")}`;
  return id?.includes(":") ? id : null;
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
