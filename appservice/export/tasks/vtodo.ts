import { HEAD, instant, linesOf, nameOf, propertyOf, quoted, textOf } from "./ical-lines.ts";
import type { OutsideTask } from "./outside-task.ts";
import { timesOf } from "./todo-times.ts";

/**
 * Properties of a VTODO that are ours; a start that people gave it has to fit our day. Other properties, such as alarms
 * or categories, belong to the people there.
 */
const OURS: ReadonlySet<string> = new Set([
  "SUMMARY",
  "DESCRIPTION",
  "DUE",
  "DTSTART",
  "DURATION",
  "ATTENDEE",
  "DTSTAMP",
  "LAST-MODIFIED",
]);
const OF_STATUS: ReadonlySet<string> = new Set(["STATUS", "COMPLETED", "PERCENT-COMPLETE"]);

const STATUS = { open: "NEEDS-ACTION", done: "COMPLETED", dropped: "CANCELLED" } as const;

type Written = {
  readonly uid: string;
  readonly now: number;
  /** Calendar address of the owner; null where none is known. */
  readonly attendee: string | null;
};

/** Writes a new calendar object with one VTODO (RFC 5545 §3.6.2). */
export function newTodo(task: OutsideTask, written: Written): string {
  const head = [...HEAD, "BEGIN:VTODO", `UID:${written.uid}`, `CREATED:${instant(written.now)}`];
  return textOf([
    ...head,
    ...facts(task, written),
    ...timesOf(task.due, []),
    ...statusLines(task, written.now),
    "END:VTODO",
    "END:VCALENDAR",
  ]);
}

/**
 * Puts our facts into an object that stands there; its status only where that is to change. Changes that people made to
 * single occurrences of an entry that repeats stay theirs. Null where the object holds no entry.
 */
export function changedTodo(
  before: string,
  task: OutsideTask,
  written: Written & { readonly withStatus: boolean },
): string | null {
  const replaced = new Set([...OURS, ...(written.withStatus ? OF_STATUS : [])]);
  const all = linesOf(before);
  const todos = todosIn(all);
  const ours = todos.find((todo) => !todo.ofOccurrence) ?? todos[0];
  if (!ours) return null;
  const kept = ours.own.filter(({ line }) => replaced.has(nameOf(line)));
  const gone = new Set(kept.map(({ at }) => at));
  const status = written.withStatus ? statusLines(task, written.now) : [];
  const fresh = [
    ...facts(task, written),
    ...timesOf(
      task.due,
      kept.map(({ line }) => line),
    ),
    ...status,
  ];
  return textOf(all.flatMap((line, at) => (gone.has(at) ? [] : at === ours.end ? [...fresh, line] : [line])));
}

/** Tells whether the entry is done; one that repeats is not done by one of its occurrences. */
export function isDone(object: string): boolean {
  const todos = todosIn(linesOf(object));
  const whole = todos.filter(({ ofOccurrence }) => !ofOccurrence);
  const asked = whole.length > 0 ? whole : todos;
  return asked.length > 0 && asked.every(({ own }) => isCompleted(own.map(({ line }) => line)));
}

function isCompleted(lines: readonly string[]): boolean {
  const status = lines.find((line) => nameOf(line) === "STATUS");
  return status === undefined
    ? lines.some((line) => nameOf(line) === "COMPLETED")
    : propertyOf(status).value.toUpperCase() === "COMPLETED";
}

/**
 * `own`: lines of the entry, without those of alarms within it; `end`: index of its last line; `ofOccurrence`: it
 * stands for one of several (RFC 5545 §3.8.4.4).
 */
type Todo = {
  readonly own: readonly { readonly line: string; readonly at: number }[];
  readonly end: number;
  readonly ofOccurrence: boolean;
};

function todosIn(lines: readonly string[]): Todo[] {
  const todos: Todo[] = [];
  let own: { line: string; at: number }[] = [];
  let depth = 0;
  for (const [at, line] of lines.entries()) {
    const name = nameOf(line);
    const begins = name === "BEGIN" && (depth > 0 || propertyOf(line).value.toUpperCase() === "VTODO");
    if (begins) depth += 1;
    else if (name === "END" && depth > 0) depth -= 1;
    else if (depth === 1) own.push({ line, at });
    else continue;
    if (begins && depth === 1) own = [];
    if (name === "END" && depth === 0)
      todos.push({ own, end: at, ofOccurrence: own.some((each) => nameOf(each.line) === "RECURRENCE-ID") });
  }
  return todos;
}

function facts({ title, description, owner }: OutsideTask, { now, attendee }: Written): string[] {
  const written = [
    `DTSTAMP:${instant(now)}`,
    `LAST-MODIFIED:${instant(now)}`,
    `SUMMARY:${quoted(title)}`,
    `DESCRIPTION:${quoted(description)}`,
  ];
  // Keeps the server from writing invitations for us (RFC 6638 §7.1).
  if (owner)
    written.push(`ATTENDEE;CN="${parameter(owner.name)}";SCHEDULE-AGENT=NONE:${attendee ?? matrixUri(owner.id)}`);
  return written;
}

function statusLines({ status }: OutsideTask, now: number): string[] {
  return [
    `STATUS:${STATUS[status]}`,
    ...(status === "done" ? [`COMPLETED:${instant(now)}`, "PERCENT-COMPLETE:100"] : []),
  ];
}

/**
 * Writes a person in the `matrix:` URI scheme (Matrix specification, appendices); people with another identity are
 * named by that.
 */
function matrixUri(id: string): string {
  return id.startsWith("@") ? `matrix:u/${encodeURIComponent(id.slice(1)).replaceAll("%3A", ":")}` : encodeURI(id);
}

function parameter(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]/g, " ").replaceAll('"', "'");
}
