import Database from "better-sqlite3";

/**
 * Opens a file of the router's. What it has answered for stays, whenever the machine stops: every change is on the
 * disk.
 */
export function openRouterFile(file: string, tables: string): Database.Database {
  const db = new Database(file);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.exec(tables);
  return db;
}
