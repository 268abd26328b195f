/** Byte order mark of our tables (comma-separated values, RFC 4180), by which spreadsheets know UTF-8. */
const MARK = "\ufeff";

export function csvText(rows: readonly (readonly string[])[]): string {
  return `${MARK}${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
}

function cell(text: string): string {
  // Quotes are a help even to programs that part cells by something else than a comma.
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Signs that begin a formula, in the width of Chinese letters, too. */
const SIGNS: ReadonlySet<string> = new Set("=+-@＝＋－＠﹦﹢﹣﹫");
/**
 * Signs by which some spreadsheet parts cells: a semicolon where the comma stands in numbers, as in Russian and German.
 */
const PARTS: ReadonlySet<string> = new Set(";|\t\r\n");
/** Signs that may stand before a formula. */
const BEFORE = /[\s"\p{Cf}]/u;

/** Makes sure that words of people are never a formula, in whatever way a spreadsheet parts cells. */
export function harmless(text: string): string {
  let out = text.startsWith("\t") || text.startsWith("\r") ? "'" : "";
  let begins = out === "";
  for (const sign of text) {
    if (begins && SIGNS.has(sign)) out += "'";
    begins = PARTS.has(sign) || (begins && BEFORE.test(sign));
    out += sign;
  }
  return out;
}

/** Reads a table; null where a quote is not closed, or stands where none may. */
export function csvRows(text: string): string[][] | null {
  const rows: string[][] = [];
  let row: string[] = [];
  const plain = text.replace(/^\ufeff/, "");
  // A cell, quoted or not, with the sign that ends it.
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  while (cells.lastIndex < plain.length) {
    const [, quoted, bare = "", end] = cells.exec(plain) ?? [];
    if (end === undefined) return null;
    row.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
