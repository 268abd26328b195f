import type Database from "better-sqlite3";
import { RoomId, type ParticipantId } from "../protocol/identity.ts";
import { randomBytes } from "../time/chance.ts";

/** Far longer than LiveKit renews the token of whoever is in no call any more. */
const REMEMBERED_MS = 24 * 3600_000;

type Deps = {
  readonly db: Database.Database;
  readonly now: () => number;
  /** Hears of a name that cannot be written down; it holds, and is written by `keepUnkept`. */
  readonly onNotKept: (error: unknown) => void;
};

type Write = (db: Database.Database, at: number) => void;

/** The present names of the calls of all rooms, and who may hold a token for them. A room's first call has the room's own name. */
export class CallNames {
  readonly #options: Deps;
  readonly #names = new Map<RoomId, string>();
  readonly #rooms = new Map<string, RoomId>();
  readonly #givenUp = new Set<string>();
  readonly #admitted = new Map<string, Set<ParticipantId>>();
  /** Changes that are not written yet, the oldest first: a start without them would lead people back into a call that was given up. */
  #unkept: Write[] = [];

  constructor(options: Deps) {
    this.#options = options;
    const { db, now } = options;
    db.prepare("DELETE FROM call_names WHERE given_up_at <= ?").run(now() - REMEMBERED_MS);
    for (const { name, room, givenUpAt } of db
      .prepare("SELECT name, room, given_up_at AS givenUpAt FROM call_names")
      .all() as { name: string; room: RoomId; givenUpAt: number | null }[]) {
      if (givenUpAt === null) this.#put(room, name);
      else this.#givenUp.add(name);
    }
    for (const { name, participant } of db.prepare("SELECT name, participant FROM call_tokens").all() as {
      name: string;
      participant: ParticipantId;
    }[])
      this.#admittedTo(name).add(participant);
  }

  of(room: RoomId): string {
    return this.#names.get(room) ?? room;
  }

  roomOf(name: string): RoomId | null {
    if (this.#givenUp.has(name)) return null;
    const known = this.#rooms.get(name);
    if (known) return known;
    const first = RoomId.safeParse(name);
    return first.success && !this.#names.has(first.data) ? first.data : null;
  }

  renew(room: RoomId): string {
    const before = this.of(room);
    const name = `mindminder-${randomBytes(16).toString("hex")}`;
    this.#rooms.delete(before);
    this.#givenUp.add(before);
    this.#admitted.delete(before);
    this.#put(room, name);
    this.#keep((db, at) => {
      db.prepare(
        "INSERT INTO call_names (name, room, given_up_at) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET given_up_at = excluded.given_up_at",
      ).run(before, room, at);
      db.prepare("INSERT INTO call_names (name, room) VALUES (?, ?)").run(name, room);
      db.prepare("DELETE FROM call_tokens WHERE name = ?").run(before);
    });
    return before;
  }

  givenUp(): string[] {
    return [...this.#givenUp];
  }

  wasGivenUp(name: string): boolean {
    return this.#givenUp.has(name);
  }

  admit(room: RoomId, participant: ParticipantId): void {
    const name = this.of(room);
    const admitted = this.#admittedTo(name);
    if (admitted.has(participant)) return;
    admitted.add(participant);
    this.#keep((db) =>
      db.prepare("INSERT OR IGNORE INTO call_tokens (name, participant) VALUES (?, ?)").run(name, participant),
    );
  }

  mayHaveToken(room: RoomId, participant: ParticipantId): boolean {
    return this.#admitted.get(this.of(room))?.has(participant) ?? false;
  }

  #put(room: RoomId, name: string): void {
    this.#names.set(room, name);
    this.#rooms.set(name, room);
  }

  #admittedTo(name: string): Set<ParticipantId> {
    let admitted = this.#admitted.get(name);
    if (!admitted) this.#admitted.set(name, (admitted = new Set()));
    return admitted;
  }

  /** Writes what could not be written, once it can. */
  keepUnkept(): void {
    if (this.#unkept.length > 0) this.#keep();
  }

  #keep(...writes: Write[]): void {
    const { db, now, onNotKept } = this.#options;
    this.#unkept.push(...writes);
    try {
      db.transaction(() => {
        for (const write of this.#unkept) write(db, now());
      })();
      this.#unkept = [];
    } catch (error) {
      onNotKept(error);
    }
  }
}
