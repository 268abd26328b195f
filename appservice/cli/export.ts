import { existsSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { snapshotOf } from "../circle/snapshot.ts";
import { loadConfig } from "../configuration/config.ts";
import { BadFiles } from "../configuration/problems.ts";
import { recordFile } from "../export/record-formats.ts";
import { openDatabase } from "../journal/database.ts";
import { Journal } from "../journal/journal.ts";
import { Meetings } from "../journal/meetings.ts";
import { recordOf } from "../journal/record.ts";
import { FILE_FORMATS, FileFormat } from "../protocol/http-api.ts";
import { MeetingId } from "../protocol/identity.ts";

export type ExportOptions = { readonly config: string; readonly format: string; readonly out?: string };

/** Writes a meeting's record into a file, or to the standard output; without a meeting it lists them all. */
export function exportRecord(wanted: string | undefined, options: ExportOptions): void {
  const { config, folder } = loadConfig(options.config);
  const database = resolve(folder, config.database);
  const bad = (key: string, problem: string, remedy: string) => new BadFiles([{ file: database, key, problem, remedy }]);
  // Opening would make a new one.
  if (!existsSync(database)) throw bad("", "there is no such database.", "It is made when the service runs for the first time.");
  const db = openDatabase(database);
  try {
    const journal = new Journal(db);
    const meetings = new Meetings({ journal, now: Date.now, languageOf: () => config.language, onUnreadable: (_, error) => { throw error; } });
    if (wanted === undefined) return list(journal);

    const format = FileFormat.safeParse(options.format);
    if (!format.success) throw new BadFiles([{ file: "--format", key: "", problem: `“${options.format}” is no format.`, remedy: `There are: ${FILE_FORMATS.join(", ")}.` }]);
    const id = MeetingId.safeParse(wanted);
    const room = id.success ? journal.roomOf(id.data) : null;
    const live = id.success && room ? meetings.find(room, id.data) : null;
    if (!live) throw bad(wanted, "there was no such meeting.", "“npx mindminder export” lists them.");
    const { content } = recordFile(format.data, { meeting: snapshotOf(live.meeting, Date.now()), record: recordOf(live.meeting, live.record) });
    if (options.out === undefined) process.stdout.write(content);
    else writeFileSync(options.out, content);
  } finally {
    db.close();
  }
}

function list(journal: Journal): void {
  for (const room of journal.rooms()) {
    for (const { id, startedAt, title, topic, people } of journal.past(room)) {
      console.log([id, new Date(startedAt).toISOString(), room, topic ? `${title}: ${topic}` : title, people.join(", ")].join("\t"));
    }
  }
}
