import Database from "better-sqlite3";
import type { Mischief } from "./mischief.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** Writes that a follower of the journal has to see. */
const JOURNAL = /^\s*\w+ .*\b(?:events|meetings)\b/;

/** Undoing needs no room on the disk. */
const TAKES_NO_ROOM = /^(?:ROLLBACK|BEGIN)/;
type Kind = "journal" | "takes-no-room" | "other";

/** The disk below the database: a single write fails, or for some seconds all do. */
export class SimulatedDisk {
  readonly #time: VirtualTime;
  readonly #mischief: Mischief;
  #fullUntil = 0;
  /** Kinds of statements that were met, by their source. */
  readonly #kinds = new Map<string, Kind>();
  /** True since something of the journal was written, until somebody has looked. */
  written = true;

  constructor({ time, mischief }: { time: VirtualTime; mischief: Mischief }) {
    this.#time = time;
    this.#mischief = mischief;
  }

  get isFull(): boolean {
    return this.#time.now < this.#fullUntil;
  }

  /** Has each write of a database ask whether it fails. Returns how that is undone. */
  install(): () => void {
    const memory = new Database(":memory:");
    const statement = Object.getPrototypeOf(memory.prepare("SELECT 1")) as { run: (...given: unknown[]) => unknown };
    memory.close();
    const { run } = statement;
    const fault = (source: string) => this.#fault(source);
    statement.run = function (this: { readonly source: string }, ...given: unknown[]) {
      const code = fault(this.source);
      if (code) throw new Database.SqliteError(`simulated: ${code}`, code);
      return run.apply(this, given);
    };
    return () => void (statement.run = run);
  }

  #fault(source: string): string | null {
    const kind = this.#kindOf(source);
    if (kind === "journal") this.written = true;
    if (kind === "takes-no-room" || this.#mischief.isOver) return null;
    if (this.#mischief.happens("write-fails", 0.0005, source.slice(0, 50))) return "SQLITE_IOERR_WRITE";
    if (this.#mischief.happens("disk-full", 0.0001))
      this.#fullUntil = this.#time.now + this.#mischief.of("disk-full").between(1_000, 15_000);
    return this.isFull ? "SQLITE_FULL" : null;
  }

  #kindOf(source: string): Kind {
    let kind = this.#kinds.get(source);
    if (!kind) {
      kind = TAKES_NO_ROOM.test(source) ? "takes-no-room" : JOURNAL.test(source) ? "journal" : "other";
      this.#kinds.set(source, kind);
    }
    return kind;
  }
}
