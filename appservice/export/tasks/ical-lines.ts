/** Lines that begin each calendar object of ours (RFC 5545 §3.6). */
export const HEAD = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mindminder//Mindminder//EN"] as const;

/** Reads the content lines of iCalendar (RFC 5545 §3.1). */
export function linesOf(object: string): string[] {
  return object
    .replace(/\r?\n[ \t]/g, "")
    .split(/\r?\n/)
    .filter((line) => line !== "");
}

export function textOf(lines: readonly string[]): string {
  return `${lines.map(folded).join("\r\n")}\r\n`;
}

export function nameOf(line: string): string {
  return (/^[A-Za-z0-9-]+/.exec(line)?.[0] ?? "").toUpperCase();
}

export type Property = { readonly parameters: readonly string[]; readonly value: string };

/** Reads a property. Signs within quotes part nothing: a time zone may be called "(UTC+03:00) Moscow; Volgograd". */
export function propertyOf(line: string): Property {
  const parts: string[] = [""];
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const sign = line[at] ?? "";
    if (sign === '"') quoted = !quoted;
    if (!quoted && sign === ":") return { parameters: parts.slice(1), value: line.slice(at + 1).trim() };
    if (!quoted && sign === ";") parts.push("");
    else parts[parts.length - 1] += sign;
  }
  return { parameters: parts.slice(1), value: "" };
}

/** Folds a line at 75 octets at most, no letter cut in two. */
function folded(line: string): string {
  let out = "";
  let octets = 0;
  for (const letter of line) {
    const more = Buffer.byteLength(letter);
    if (octets + more > 75) {
      out += "\r\n ";
      octets = 1;
    }
    out += letter;
    octets += more;
  }
  return out;
}

/** Writes an instant, in milliseconds, in UTC (§3.3.5). */
export function instant(at: number): string {
  return `${new Date(at).toISOString().replace(/[-:]|\.\d+/g, "")}`;
}

/** Writes people's words as a value of type TEXT (§3.3.11). */
export function quoted(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, " ")
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll("\n", "\\n");
}
