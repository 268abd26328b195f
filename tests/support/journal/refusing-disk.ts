import type Database from "better-sqlite3";

/** Has the database refuse each write from now on, as a disk does that is full or may be read alone. */
export function refuseWrites(db: Database.Database): void {
  db.pragma("query_only = ON");
}

export function takeWrites(db: Database.Database): void {
  db.pragma("query_only = OFF");
}
