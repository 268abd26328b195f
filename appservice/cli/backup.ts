import { dirname, resolve } from "node:path";
import { loadKept } from "../configuration/load-config.ts";
import { backUp } from "../store/backup.ts";
import { holdDatabase } from "../store/database-lock.ts";
import { giveToOwnerOf } from "../store/owner.ts";
import { refuseHalfRestored, restore } from "../store/restore.ts";
import { wallClock } from "../time/time.ts";

export type BackupOptions = { readonly config: string };

/**
 * Writes all that the service keeps into a folder. The configuration and the registration are the admin's own to keep.
 */
export async function writeBackup(to: string, options: BackupOptions): Promise<void> {
  process.umask(0o077);
  const { database, folder } = loadKept(options.config);
  refuseHalfRestored(resolve(folder, database));
  const about = await backUp(resolve(folder, database), resolve(to), wallClock());
  console.log(
    `${resolve(to)}: ${about.meetings} meetings, whole and checked. It holds what people said: keep it as safe as the rooms.`,
  );
}

/** Puts a backup back; the service must not run. */
export function restoreBackup(from: string, options: BackupOptions): void {
  process.umask(0o077);
  const { database: named, folder } = loadKept(options.config);
  const database = resolve(folder, named);
  const letGo = holdDatabase(database, 0);
  try {
    const aside = restore(resolve(from), database, wallClock());
    console.log(
      `${database}: restored.${aside ? ` What was there lies in ${aside}.` : ""} Start the service: it compares the rooms with it, and puts right what differs.`,
    );
  } finally {
    letGo();
    giveToOwnerOf(dirname(database), database);
  }
}
