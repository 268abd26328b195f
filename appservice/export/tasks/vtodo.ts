import type { OutsideTask } from "./outside-task.ts";

/** What of a VTODO is ours. What else stands in it, such as alarms or categories, belongs to the people there. */
const OURS: ReadonlySet<string> = new Set(["SUMMARY", "DESCRIPTION", "DUE", "ATTENDEE", "DTSTAMP", "LAST-MODIFIED"]);
const OF_STATUS: ReadonlySet<string> = new Set(["STATUS", "COMPLETED", "PERCENT-COMPLETE"]);

const STATUS = { open: "NEEDS-ACTION", done: "COMPLETED", dropped: "CANCELLED" } as const;

type Written = { readonly uid: string; readonly now: number; /** Calendar address of the owner, where one is known. */ readonly attendee: string | null };

/** A new calendar object with one VTODO (RFC 5545 §3.6.2). */
export function newTodo(task: OutsideTask, written: Written): string {
  const head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mindminder//Mindminder//EN", "BEGIN:VTODO", `UID:${written.uid}`, `CREATED:${instant(written.now)}`];
  return lines([...head, ...facts(task, written), ...statusLines(task, written.now), "END:VTODO", "END:VCALENDAR"]);
}

/** The same object with our facts in it; its status only where that is to change. */
export function changedTodo(before: string, task: OutsideTask, written: Written & { readonly withStatus: boolean }): string {
  const replaced = new Set([...OURS, ...(written.withStatus ? OF_STATUS : [])]);
  let depth = 0;
  const kept = unfolded(before).flatMap((line): string[] => {
    const name = nameOf(line);
    if (name === "BEGIN" && (depth > 0 || /^BEGIN:VTODO$/i.test(line))) depth += 1;
    if (depth === 1 && replaced.has(name)) return [];
    if (depth > 0 && name === "END") depth -= 1;
    return /^END:VTODO$/i.test(line) ? [...facts(task, written), ...(written.withStatus ? statusLines(task, written.now) : []), line] : [line];
  });
  return lines(kept);
}

export function isDone(object: string): boolean {
  return unfolded(object).some((line) => /^STATUS(;[^:]*)?:\s*COMPLETED\s*$/i.test(line) || /^COMPLETED[;:]/i.test(line));
}

function facts({ title, description, due, owner }: OutsideTask, { now, attendee }: Written): string[] {
  const written = [`DTSTAMP:${instant(now)}`, `LAST-MODIFIED:${instant(now)}`, `SUMMARY:${escaped(title)}`, `DESCRIPTION:${escaped(description)}`];
  if (due) written.push(`DUE;VALUE=DATE:${due.replaceAll("-", "")}`);
  // The server is not to write invitations for us (RFC 6638 §7.1).
  if (owner) written.push(`ATTENDEE;CN="${parameter(owner.name)}";SCHEDULE-AGENT=NONE:${attendee ?? matrixUri(owner.id)}`);
  return written;
}

function statusLines({ status }: OutsideTask, now: number): string[] {
  return [`STATUS:${STATUS[status]}`, ...(status === "done" ? [`COMPLETED:${instant(now)}`, "PERCENT-COMPLETE:100"] : [])];
}

/** The `matrix:` URI scheme (Matrix specification, appendices). Whoever has another identity is named by that. */
function matrixUri(id: string): string {
  return id.startsWith("@") ? `matrix:u/${encodeURIComponent(id.slice(1)).replaceAll("%3A", ":")}` : encodeURI(id);
}

function instant(at: number): string {
  return `${new Date(at).toISOString().replace(/[-:]|\.\d+/g, "")}`;
}

function escaped(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, " ").replace(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll("\n", "\\n");
}

function parameter(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]/g, " ").replaceAll('"', "'");
}

function nameOf(line: string): string {
  return (/^[A-Za-z0-9-]+/.exec(line)?.[0] ?? "").toUpperCase();
}

function unfolded(object: string): string[] {
  return object.replace(/\r?\n[ \t]/g, "").split(/\r?\n/).filter((line) => line !== "");
}

/** Lines of 75 octets at most, no letter cut in two (RFC 5545 §3.1). */
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

function lines(all: readonly string[]): string {
  return `${all.map(folded).join("\r\n")}\r\n`;
}
