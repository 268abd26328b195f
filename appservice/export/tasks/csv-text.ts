/** Tables as comma-separated values (RFC 4180), with a byte order mark, by which spreadsheets know UTF-8. */
const MARK = "\ufeff";

export function csvText(rows: readonly (readonly string[])[]): string {
  return `${MARK}${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
}

function cell(text: string): string {
  // A quote begins a cell for those, too, who part cells by something else.
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What begins a formula, in the width of Chinese letters, too. */
const SIGNS: ReadonlySet<string> = new Set("=+-@＝＋－＠﹦﹢﹣﹫");
/** What some spreadsheet parts cells by: a semicolon where the comma stands in numbers, as in Russian and German. */
const PARTS: ReadonlySet<string> = new Set(";|\t\r\n");
/** What may stand before it all the same. */
const BEFORE = /[\s"\p{Cf}]/u;

/** Spreadsheets would reckon with what begins so, in whatever way they part cells. What somebody said is never a formula. */
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

/** Null where a quote is not closed, or stands where none may. */
export function csvRows(text: string): string[][] | null {
  const rows: string[][] = [];
  let row: string[] = [];
  const plain = text.replace(/^\ufeff/, "");
  // A cell, quoted or not, and what ends it.
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
