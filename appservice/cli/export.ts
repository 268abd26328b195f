import { existsSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { snapshotOf } from "../circle/snapshot.ts";
import { loadKept } from "../configuration/load-config.ts";
import { BadFiles } from "../configuration/problems.ts";
import { recordFile, roomGraphFile } from "../export/file-formats.ts";
import { Accesses } from "../store/accesses.ts";
import { openDatabase } from "../store/database.ts";
import { Journal } from "../journal/journal.ts";
import type { LiveMeeting } from "../journal/live-meeting.ts";
import { Meetings } from "../journal/meetings.ts";
import { recordOf } from "../record/view.ts";
import { refuseHalfRestored } from "../store/restore.ts";
import { buildGraph } from "../minutes/graph/build.ts";
import { onTheSpot } from "../minutes/rules.ts";
import { roomGraph } from "../minutes/graph/room-graph.ts";
import type { Embeddings } from "../minutes/embeddings/embeddings.ts";
import { embeddingsFrom } from "../minutes/minutes.ts";
import type { MinutesOptions } from "../minutes/options.ts";
import { FileFormat, GraphFileFormat } from "../protocol/file-formats.ts";
import { FILE_FORMATS, GRAPH_FORMATS } from "../protocol/format-list.ts";
import { MeetingId, RoomId } from "../protocol/identity.ts";
import { wallClock } from "../time/time.ts";

export type ExportCommandOptions = {
  readonly config: string;
  readonly format: string;
  readonly out?: string;
  readonly room?: string;
};

/** Writes a meeting's record into a file, or to the standard output; without a meeting it lists them all. */
export async function exportRecord(wanted: string | undefined, options: ExportCommandOptions): Promise<void> {
  const { folder, ...config } = loadKept(options.config);
  const database = resolve(folder, config.database);
  const bad = (key: string, problem: string, remedy: string) =>
    new BadFiles([{ file: database, key, problem, remedy }]);
  refuseHalfRestored(database);
  // Opening would make a new one.
  if (!existsSync(database))
    throw bad("", "there is no such database.", "It is made when the service runs for the first time.");
  const db = openDatabase(database);
  try {
    const journal = new Journal(db);
    const meetings = new Meetings({
      journal,
      now: wallClock,
      languageOf: () => config.language,
      onUnreadable: leftOut,
    });
    const write = (content: string) => {
      if (options.out === undefined) process.stdout.write(content);
      else writeFileSync(options.out, content);
    };
    const accesses = new Accesses(db);
    /** The one way out of the database, which is noted for those whose words go by it. */
    const takenAway = ({ meeting, record }: LiveMeeting) => {
      const { roomId: room, id } = meeting;
      accesses.note({ room, meeting: id, who: null, door: "admin", what: "export" }, wallClock());
      return { meeting: snapshotOf(meeting, wallClock()), record: recordOf(meeting, record) };
    };
    if (options.room !== undefined) {
      const format = GraphFileFormat.safeParse(options.format);
      if (!format.success)
        throw new BadFiles([
          {
            file: "--format",
            key: "",
            problem: `“${options.format}” is no format of a room's graph.`,
            remedy: `There are: ${GRAPH_FORMATS.join(", ")}.`,
          },
        ]);
      const room = RoomId.safeParse(options.room).data;
      const all =
        room === undefined ? [] : (await meetings.past(room)).flatMap(({ id }) => meetings.readNow(room, id) ?? []);
      if (room === undefined || all.length === 0)
        throw bad(
          options.room,
          "there was no meeting in such a room.",
          "“npx --no mindminder export” lists them with their rooms.",
        );
      const of = all.map(takenAway);
      return write(
        roomGraphFile(
          format.data,
          await roomGraph(
            of.map(({ meeting, record }) => buildGraph(meeting, record)),
            onTheSpot,
            embeddings(config.minutes, folder),
            (error) => console.error(String(error)),
          ),
          config.language,
        ).content,
      );
    }
    if (wanted === undefined) return await list(journal);

    const format = FileFormat.safeParse(options.format);
    if (!format.success)
      throw new BadFiles([
        {
          file: "--format",
          key: "",
          problem: `“${options.format}” is no format.`,
          remedy: `There are: ${FILE_FORMATS.join(", ")}.`,
        },
      ]);
    const id = MeetingId.safeParse(wanted);
    const room = id.success ? journal.roomOf(id.data) : null;
    const live = id.success && room ? meetings.readNow(room, id.data) : null;
    if (!live) throw bad(wanted, "there was no such meeting.", "“npx --no mindminder export” lists them.");
    const of = takenAway(live);
    write(recordFile(format.data, of, () => buildGraph(of.meeting, of.record)).content);
  } finally {
    db.close();
  }
}

/** One that is damaged keeps nobody from the others. */
function leftOut(meeting: MeetingId, error: unknown): void {
  console.error(
    `${meeting}: cannot be read (${error instanceof Error ? error.message : String(error)}), and is left out.`,
  );
}

/**
 * Embeddings where they can be had. Without them the graph is joined by words alone: better than none where only the
 * running service has the key.
 */
function embeddings(options: MinutesOptions, folder: string): Embeddings | null {
  try {
    return embeddingsFrom(options, folder);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return null;
  }
}

async function list(journal: Journal): Promise<void> {
  for (const room of journal.rooms()) {
    for (const { id, startedAt, title, topic, people } of await journal.past(room)) {
      console.log(
        [id, new Date(startedAt).toISOString(), room, topic ? `${title}: ${topic}` : title, people.join(", ")].join(
          "\t",
        ),
      );
    }
  }
}
