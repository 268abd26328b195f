import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { loadKept } from "../configuration/load-config.ts";
import { BadFiles } from "../configuration/problems.ts";
import { RoomId } from "../protocol/identity.ts";
import { Accesses } from "../store/accesses.ts";
import { openDatabase } from "../store/database.ts";
import { refuseHalfRestored } from "../store/restore.ts";

export type AuditOptions = { readonly config: string };

/** Lists who read, heard or took away what of a room's meetings, the newest first. */
export function audit(wanted: string, options: AuditOptions): void {
  const { folder, ...config } = loadKept(options.config);
  const database = resolve(folder, config.database);
  const room = RoomId.safeParse(wanted).data;
  const bad = (key: string, problem: string, remedy: string) =>
    new BadFiles([{ file: database, key, problem, remedy }]);
  refuseHalfRestored(database);
  if (!existsSync(database))
    throw bad("", "there is no such database.", "It is made when the service runs for the first time.");
  if (!room) throw bad(wanted, "is no id of a room.", "“npx --no mindminder export” lists meetings with their rooms.");
  const db = openDatabase(database);
  try {
    for (const { at, who, door, what, meeting, times } of new Accesses(db).of(room))
      console.log([new Date(at).toISOString(), who ?? "admin", door, what, meeting ?? "", times].join("\t"));
  } finally {
    db.close();
  }
}
