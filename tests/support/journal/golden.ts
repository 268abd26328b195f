import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { courseOf } from "../../../appservice/circle/course.ts";
import { snapshotOf } from "../../../appservice/circle/snapshot.ts";
import { openDatabase } from "../../../appservice/store/database.ts";
import { Journal } from "../../../appservice/journal/journal.ts";
import { Meetings } from "../../../appservice/journal/meetings.ts";
import { recordOf } from "../../../appservice/record/view.ts";
import { meetingId, roomId } from "../protocol/ids.ts";

/**
 * Journals as released versions wrote them: `NAME.jsonl`, and in `NAME.state.json` what people saw of those meetings.
 */
export const GOLDEN = resolve(import.meta.dirname, "../../../appservice/journal/golden");
const ROOM = roomId("!room");
const LINES = ".jsonl";

/**
 * A line of a golden journal: a row of the table `events`, its body as an object. `v` left out: from before there were
 * versions.
 */
const GoldenLine = z.object({
  meeting: z.string(),
  kind: z.enum(["circle", "record"]),
  v: z.number().int().positive().default(1),
  event: z.looseObject({ type: z.string() }),
});
export type GoldenLine = z.infer<typeof GoldenLine>;

export function goldenNames(): string[] {
  return readdirSync(GOLDEN).flatMap((file) => (file.endsWith(LINES) ? [file.slice(0, -LINES.length)] : []));
}

export function linesOf(name: string): GoldenLine[] {
  const text = readFileSync(join(GOLDEN, name + LINES), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => GoldenLine.parse(JSON.parse(line)));
}

export function stateFile(name: string): string {
  return join(GOLDEN, `${name}.state.json`);
}

/** A database in which those meetings are, written as the lines say. */
export function databaseOf(lines: readonly GoldenLine[], file = ":memory:"): ReturnType<typeof openDatabase> {
  const db = openDatabase(file);
  const begin = db.prepare("INSERT OR IGNORE INTO meetings (id, room, started) VALUES (?, ?, 0)");
  const length = db.prepare("SELECT COUNT(*) AS n FROM events WHERE meeting = ?").pluck();
  const insert = db.prepare("INSERT INTO events (meeting, seq, kind, v, body) VALUES (?, ?, ?, ?, ?)");
  for (const { meeting, kind, v, event } of lines) {
    begin.run(meeting, ROOM);
    insert.run(meeting, Number(length.get(meeting)), kind, v, JSON.stringify(event));
  }
  return db;
}

/** Views of each of these meetings once it is read: snapshot, course and record. */
export function seenIn(lines: readonly GoldenLine[], db = databaseOf(lines)): unknown {
  const onUnreadable = (_: string, error: Error) => {
    throw error;
  };
  const journal = new Journal(db);
  const meetings = new Meetings({ journal, now: () => 1e12, languageOf: () => "en", onUnreadable });
  const ids = [...new Set(lines.map(({ meeting }) => meeting))];
  const seen = ids.map((id) => {
    const live = meetings.readNow(ROOM, meetingId(id));
    if (!live) throw new Error(`${id} is not there`);
    const { meeting, record } = live;
    return [
      id,
      { snapshot: snapshotOf(meeting, meeting.at), course: courseOf(meeting), record: recordOf(meeting, record) },
    ];
  });
  meetings.stop();
  return Object.fromEntries(seen);
}
