import type Database from "better-sqlite3";
import type { MeetingId, RoomId } from "../protocol/identity.ts";
import { MeetingTexts } from "./meeting-texts.ts";

export type ExportedStatus = "open" | "done" | "dropped";

/** A task that should stand at a target, with what is known of its item there. */
export type ExportedTask = {
  readonly target: string;
  readonly meeting: MeetingId;
  readonly task: string;
  readonly room: RoomId;
  /** Task as it should stand there, as JSON. */
  readonly wanted: string;
  /** The same as it is kept: by it is known whether another is wanted since. */
  readonly stored: string;
  /** True after a try whose outcome we may not know. */
  readonly tried: boolean;
  readonly sentHash: string | null;
  readonly sentStatus: ExportedStatus | null;
  readonly externalId: string | null;
  readonly url: string | null;
  readonly etag: string | null;
  readonly failures: number;
  readonly error: string | null;
};

type Named = Pick<ExportedTask, "target" | "meeting" | "task">;
type Item = { readonly id: string; readonly url: string | null; readonly etag: string | null };

const COLUMNS = `target, meeting, task, room, wanted AS stored, sealed_by AS sealedBy, tried, sent_hash AS sentHash, sent_status AS sentStatus, external_id AS externalId,
                 url, etag, failures, error`;
/** Condition for rows of rooms that are this service's; @away: a JSON array of those that are not. */
const HERE = "room NOT IN (SELECT value FROM json_each(@away))";
const NAMED = "target = @target AND meeting = @meeting AND task = @task";

/**
 * Tasks as they should stand in task managers outside, and as they do: kept, so that neither a restart nor a lost
 * answer doubles anything.
 */
export class ExportedTasks {
  readonly #db: Database.Database;
  readonly #texts: MeetingTexts;
  /** Rooms that another service has: it sends what waits in them. */
  readonly #away = new Set<RoomId>();

  constructor(db: Database.Database) {
    this.#db = db;
    this.#texts = new MeetingTexts(db, "exported_tasks");
  }

  letGo(room: RoomId): void {
    this.#away.add(room);
  }

  comeIn(room: RoomId): void {
    this.#away.delete(room);
  }

  /**
   * Wants a task to stand at a target. Wanting the same again changes nothing; a task that was over before it was ever
   * sent is not sent. Returns whether anything is due.
   */
  want(
    task: Named & {
      readonly room: RoomId;
      readonly wanted: string;
      readonly hash: string;
      readonly status: ExportedStatus;
    },
    now: number,
  ): boolean {
    const known = this.find(task);
    if (known ? known.wanted === task.wanted : task.status !== "open") return false;
    const due = !known || known.sentHash !== task.hash || known.sentStatus !== task.status;
    const sql = `INSERT INTO exported_tasks (target, meeting, task, room, wanted, sealed_by, next_at)
                 VALUES (@target, @meeting, @task, @room, @text, @sealedBy, @next)
                 ON CONFLICT (target, meeting, task) DO UPDATE SET wanted = excluded.wanted, sealed_by = excluded.sealed_by, next_at = excluded.next_at, failures = 0, error = NULL`;
    const { target, meeting, task: id, room, wanted } = task;
    const kept = this.#texts.put(meeting, room, wanted);
    this.#db.prepare(sql).run({ target, meeting, task: id, room, ...kept, next: due ? now : null });
    return due;
  }

  find({ target, meeting, task }: Named): ExportedTask | null {
    return this.#one(`SELECT ${COLUMNS} FROM exported_tasks WHERE ${NAMED}`, { target, meeting, task });
  }

  /** Task to be sent next; the oldest first. */
  next(target: string, now: number): ExportedTask | null {
    return this.#one(
      `SELECT ${COLUMNS} FROM exported_tasks WHERE target = @target AND next_at <= @now AND ${HERE} ORDER BY next_at, meeting, task LIMIT 1`,
      { target, now, away: this.#awayJson() },
    );
  }

  /** Time at which something is to be sent again; null while nothing waits. */
  nextAt(target: string): number | null {
    return (
      this.#db
        .prepare(`SELECT MIN(next_at) AS at FROM exported_tasks WHERE target = @target AND ${HERE}`)
        .get({ target, away: this.#awayJson() }) as { at: number | null }
    ).at;
  }

  #awayJson(): string {
    return JSON.stringify([...this.#away]);
  }

  trying(task: Named): void {
    this.#run(`UPDATE exported_tasks SET tried = 1 WHERE ${NAMED}`, task);
  }

  stands(
    task: ExportedTask,
    { id, url, etag }: Item,
    sent: { readonly hash: string; readonly status: ExportedStatus },
  ): void {
    const sql = `UPDATE exported_tasks SET external_id = @id, url = @url, etag = @etag, sent_hash = @hash, sent_status = @status, failures = 0, error = NULL,
                 next_at = CASE WHEN wanted = @wanted THEN NULL ELSE next_at END WHERE ${NAMED}`;
    this.#run(sql, task, { id, url, etag, ...sent, wanted: task.stored });
  }

  /** `at`: when to try again; null: not as it is. `nothingMade`: it is certain that the try made no item. */
  failed(
    task: ExportedTask,
    { error, at, nothingMade }: { readonly error: string; readonly at: number | null; readonly nothingMade: boolean },
  ): void {
    const sql = `UPDATE exported_tasks SET failures = failures + 1, error = @error, tried = CASE WHEN @nothingMade THEN @tried ELSE tried END,
                 next_at = CASE WHEN wanted = @wanted THEN @at ELSE next_at END WHERE ${NAMED}`;
    this.#run(sql, task, {
      error,
      at,
      nothingMade: Number(nothingMade),
      tried: Number(task.tried),
      wanted: task.stored,
    });
  }

  /** Notes that a task was finished outside. */
  doneOutside(task: ExportedTask): void {
    this.#run(`UPDATE exported_tasks SET sent_status = 'done' WHERE ${NAMED}`, task);
  }

  /**
   * Gives up tasks that still waited for other targets, since the room has chosen another, or none. They are wanted
   * anew when those are chosen again.
   */
  giveUp(room: RoomId, butFor: string | null): void {
    this.#db
      .prepare(
        "UPDATE exported_tasks SET next_at = NULL, wanted = 'null', sealed_by = NULL WHERE room = ? AND target IS NOT ? AND next_at IS NOT NULL",
      )
      .run(room, butFor);
  }

  /**
   * Tries again at once every task of a room that does not stand as it should; a task that was deleted there is made
   * anew.
   */
  again(target: string, room: RoomId, now: number): void {
    const sql = `UPDATE exported_tasks SET next_at = @now, failures = 0, external_id = CASE WHEN error = 'gone' THEN NULL ELSE external_id END
                 WHERE target = @target AND room = @room AND (error IS NOT NULL OR next_at IS NOT NULL)`;
    this.#db.prepare(sql).run({ target, room, now });
  }

  /** Items that are open as far as we know. */
  open(target: string): ExportedTask[] {
    const sql = `SELECT ${COLUMNS} FROM exported_tasks WHERE target = ? AND external_id IS NOT NULL AND sent_status = 'open' AND error IS NOT 'gone'`;
    return (this.#db.prepare(sql).all(target) as Row[]).map((row) => this.#fromRow(row));
  }

  /** Rooms that wait for a target. */
  waitingRooms(target: string): RoomId[] {
    const rows = this.#db
      .prepare("SELECT DISTINCT room FROM exported_tasks WHERE target = ? AND next_at IS NOT NULL")
      .all(target);
    return (rows as { room: RoomId }[]).map(({ room }) => room);
  }

  /** A room's items that stand at a target. */
  items(target: string, room: RoomId): { meeting: MeetingId; task: string; url: string | null }[] {
    const sql =
      "SELECT meeting, task, url FROM exported_tasks WHERE target = ? AND room = ? AND external_id IS NOT NULL AND error IS NOT 'gone'";
    return this.#db.prepare(sql).all(target, room) as { meeting: MeetingId; task: string; url: string | null }[];
  }

  /** Numbers of a room's tasks that stand at a target, and that wait. */
  count(target: string, room: RoomId): { standing: number; waiting: number } {
    const sql =
      "SELECT COUNT(external_id) AS standing, COUNT(next_at) AS waiting FROM exported_tasks WHERE target = ? AND room = ?";
    return this.#db.prepare(sql).get(target, room) as { standing: number; waiting: number };
  }

  /** Time since which a target takes nothing, and its problem; null while it does. */
  failingSince(target: string): { readonly since: number; readonly problem: string } | null {
    const row = this.#db
      .prepare(
        "SELECT refused_since AS since, problem FROM task_targets WHERE target = ? AND refused_since IS NOT NULL",
      )
      .get(target);
    return (row as { since: number; problem: string } | undefined) ?? null;
  }

  fails(target: string, problem: string, now: number): number {
    const sql = `INSERT INTO task_targets (target, refused_since, problem) VALUES (@target, @now, @problem)
                 ON CONFLICT (target) DO UPDATE SET refused_since = COALESCE(refused_since, @now), problem = @problem RETURNING refused_since AS since`;
    return (this.#db.prepare(sql).get({ target, problem, now }) as { since: number }).since;
  }

  works(target: string): void {
    this.#db
      .prepare(
        "UPDATE task_targets SET refused_since = NULL, problem = NULL WHERE target = ? AND refused_since IS NOT NULL",
      )
      .run(target);
  }

  lookedAt(target: string): number {
    const row = this.#db.prepare("SELECT looked_at AS at FROM task_targets WHERE target = ?").get(target);
    return (row as { at: number | null } | undefined)?.at ?? 0;
  }

  looked(target: string, now: number): void {
    const sql =
      "INSERT INTO task_targets (target, looked_at) VALUES (?, ?) ON CONFLICT (target) DO UPDATE SET looked_at = excluded.looked_at";
    this.#db.prepare(sql).run(target, now);
  }

  #one(sql: string, values: object): ExportedTask | null {
    const row = this.#db.prepare(sql).get(values) as Row | undefined;
    return row ? this.#fromRow(row) : null;
  }

  /** A task that nobody can read any more is given up: it is wanted anew. */
  #fromRow({ sealedBy, ...row }: Row): ExportedTask {
    const wanted = this.#texts.open(row.meeting, { text: row.stored, sealedBy }) ?? "null";
    return { ...row, wanted, tried: row.tried === 1 };
  }

  #run(sql: string, { target, meeting, task }: Named, values: object = {}): void {
    this.#db.prepare(sql).run({ target, meeting, task, ...values });
  }
}

type Row = Omit<ExportedTask, "tried" | "wanted"> & { readonly tried: number; readonly sealedBy: string | null };
