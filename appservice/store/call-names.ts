import type Database from "better-sqlite3";
import { type CirclePlace, placeIn, ByPlace, ringAt, roomAt } from "../protocol/place.ts";
import { RoomId, type ParticipantId, type RingNumber } from "../protocol/identity.ts";
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

/**
 * The present names of the calls of all rooms, and who may hold a token for them. A room's first call has the room's
 * own name.
 */
export class CallNames {
  readonly #options: Deps;
  readonly #names = new ByPlace<string>();
  readonly #places = new Map<string, CirclePlace>();
  readonly #givenUp = new Set<string>();
  readonly #admitted = new Map<string, Set<ParticipantId>>();
  /**
   * Changes that are not written yet, the oldest first: a start without them would lead people back into a call that
   * was given up.
   */
  #unkept: Write[] = [];

  constructor(options: Deps) {
    this.#options = options;
    const { db, now } = options;
    db.prepare("DELETE FROM call_names WHERE given_up_at <= ?").run(now() - REMEMBERED_MS);
    this.comeIn(null);
  }

  /** Reads the names of a room that came from another service; null: of all rooms. */
  comeIn(of: RoomId | null): void {
    const { db } = this.#options;
    for (const { name, room, ring, givenUpAt } of db
      .prepare("SELECT name, room, ring, given_up_at AS givenUpAt FROM call_names WHERE room = COALESCE(?, room)")
      .all(of) as { name: string; room: RoomId; ring: RingNumber | null; givenUpAt: number | null }[]) {
      if (givenUpAt === null) this.#put(placeIn(room, ring), name);
      else this.#givenUp.add(name);
    }
    const held = db.prepare("SELECT name, participant FROM call_tokens").all();
    for (const { name, participant } of held as { name: string; participant: ParticipantId }[])
      this.#admittedTo(name).add(participant);
  }

  /** Forgets the names of a room's calls, which another service has from now on. */
  letGo(room: RoomId): void {
    for (const place of this.#names.placesIn(room)) {
      const name = this.#names.get(place) ?? "";
      this.#names.delete(place);
      this.#places.delete(name);
      this.#admitted.delete(name);
    }
    this.#admitted.delete(room);
  }

  of(place: CirclePlace): string {
    return this.#names.get(place) ?? (typeof place === "string" ? place : this.#first(place));
  }

  placeOf(name: string): CirclePlace | null {
    if (this.#givenUp.has(name)) return null;
    const known = this.#places.get(name);
    if (known) return known;
    const first = RoomId.safeParse(name);
    return first.success && this.#names.get(first.data) === undefined ? first.data : null;
  }

  renew(place: CirclePlace): string {
    const before = this.of(place);
    const name = newName();
    const [room, ring] = [roomAt(place), ringAt(place)];
    this.#places.delete(before);
    this.#givenUp.add(before);
    this.#admitted.delete(before);
    this.#put(place, name);
    this.#keep((db, at) => {
      db.prepare(
        "INSERT INTO call_names (name, room, ring, given_up_at) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET given_up_at = excluded.given_up_at",
      ).run(before, room, ring, at);
      db.prepare("INSERT INTO call_names (name, room, ring) VALUES (?, ?, ?)").run(name, room, ring);
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

  admit(place: CirclePlace, participant: ParticipantId): void {
    const name = this.of(place);
    const admitted = this.#admittedTo(name);
    if (admitted.has(participant)) return;
    admitted.add(participant);
    this.#keep((db) =>
      db.prepare("INSERT OR IGNORE INTO call_tokens (name, participant) VALUES (?, ?)").run(name, participant),
    );
  }

  mayHaveToken(place: CirclePlace, participant: ParticipantId): boolean {
    return this.#admitted.get(this.of(place))?.has(participant) ?? false;
  }

  /** Names the call of a ring for the first time. */
  #first({ room, ring }: Exclude<CirclePlace, RoomId>): string {
    const name = newName();
    this.#put({ room, ring }, name);
    this.#keep((db) => {
      db.prepare("INSERT INTO call_names (name, room, ring) VALUES (?, ?, ?)").run(name, room, ring);
    });
    return name;
  }

  #put(place: CirclePlace, name: string): void {
    this.#names.set(place, name);
    this.#places.set(name, place);
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

function newName(): string {
  return `mindminder-${randomBytes(16).toString("hex")}`;
}
