import type Database from "better-sqlite3";

/** Most statements that are kept; far more than the service has. */
const MOST = 500;

/**
 * Keeps each statement that was prepared: compiling SQL takes longer than most of it takes to run. A kept statement is
 * one object, so its mode (`pluck`, `raw`, `expand`, `safeIntegers`) is not to be changed, and no `iterate` of it is to
 * be left half-way.
 */
export function keepStatements(db: Database.Database): void {
  const prepare = db.prepare.bind(db);
  const kept = new Map<string, Database.Statement>();
  const prepareOnce = (sql: string): Database.Statement => {
    let statement = kept.get(sql);
    if (!statement) {
      statement = prepare(sql);
      if (kept.size < MOST) kept.set(sql, statement);
    }
    return statement;
  };
  Object.defineProperty(db, "prepare", { value: prepareOnce });
}
