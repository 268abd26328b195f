import type Database from "better-sqlite3";
import type { AssemblyId, EventId, RoomId } from "../protocol/identity.ts";
import { unitOf } from "../store/unit-of-work.ts";
import type { StreamId } from "./stream-id.ts";
import type { StoredName } from "./outbox-row.ts";
import { type OutboxRows, parsedName, storedName } from "./outbox-rows.ts";
import { TAKEN_AWAY } from "./post.ts";
import { formatPostKey, type PostKey, postsOfAssembly } from "./post-key.ts";
import { formatScope, parseScope, type Scope } from "./scope.ts";
import { LAST } from "./place-in-line.ts";
import type { StandingVersions, Version } from "./standing-versions.ts";

type RestingRow = StoredName & { readonly rests: string; readonly known: number };

type SaidRow = { readonly key: string; readonly event_id: EventId | null };

export type Review = {
  /** Another meeting that speaks of it sees to that itself. */
  readonly isAtHand: (scope: Scope) => boolean;
  /** True where all results take account of what was taken back. */
  readonly isMadeAnew: boolean;
};

type TakingAwayDeps = {
  readonly db: Database.Database;
  readonly rows: OutboxRows;
  readonly standing: StandingVersions;
  /** Hears of each message that is to stand no longer. */
  readonly onDropped: (name: StoredName) => void;
};

/** Takes away what the rooms still show of words that were taken back. */
export class TakingAway {
  readonly #db: Database.Database;
  readonly #rows: OutboxRows;
  readonly #standing: StandingVersions;
  readonly #onDropped: (name: StoredName) => void;

  constructor({ db, rows, standing, onDropped }: TakingAwayDeps) {
    this.#db = db;
    this.#rows = rows;
    this.#standing = standing;
    this.#onDropped = onDropped;
  }

  /**
   * Takes away versions that hold words taken back in a meeting or an assembly and that no message wanted now
   * overwrites. `wanted`: the keys of its messages, in `own`. True once nothing of them stands.
   */
  review(stream: StreamId, own: Scope, wanted: readonly PostKey[], { isAtHand, isMadeAnew }: Review): boolean {
    const keys = new Set(wanted.map(formatPostKey));
    return unitOf(this.#db).run(() => {
      const stand = this.#standing.outlivedIn(stream).filter(({ scope }) => isSame(scope, own) || !isAtHand(scope));
      const isWanted = ({ scope, key }: Version) => isSame(scope, own) && keys.has(formatPostKey(key));
      const stays = stand.filter((version) => isWanted(version) && this.#isPresent(version));
      // A message that is made anew and stands as before holds none of these words; until then it may.
      const clean = stays.filter(({ rests }) => isMadeAnew && rests.meeting === stream);
      for (const version of clean) this.#holdsNone(version);
      for (const version of stand) if (!isWanted(version)) this.#drop(storedName(version));
      for (const name of this.#unsentWith(stream, own, isAtHand))
        if (name.scope !== formatScope(own) || !keys.has(name.key)) this.#drop(name);
      this.takeAway(stand.filter((version) => !stays.includes(version)));
      return clean.length === stays.length;
    });
  }

  /** Takes away all messages of an assembly, whatever they say; nothing is to stand in their places. */
  takeAwayAssembly(assembly: AssemblyId, room: RoomId): void {
    const sql = "SELECT key, event_id FROM outbox WHERE scope = ? AND key GLOB ?";
    unitOf(this.#db).run(() => {
      this.#standing.allGo(assembly);
      for (const pattern of postsOfAssembly(assembly))
        for (const { key, event_id: eventId } of this.#db.prepare(sql).all(room, pattern) as SaidRow[]) {
          if (eventId !== null) this.#standing.goes({ eventId, room, ...parsedName({ scope: room, key }) });
          this.#drop({ scope: room, key });
        }
    });
  }

  /**
   * Messages with words that were taken back since they were worded and that stand nowhere: they wait to be sent, or to
   * be sent again, or were given up.
   */
  #unsentWith(stream: StreamId, own: Scope, isAtHand: (scope: Scope) => boolean): StoredName[] {
    const sql = `SELECT scope, key, rests, known FROM outbox INDEXED BY outbox_waiting
                 WHERE sent_revision < revision AND rests IS NOT NULL
                 AND (scope = @own OR json_extract(rests, '$.meeting') = @stream)
                 UNION SELECT scope, key, rests, known FROM outbox WHERE scope = @own AND rests IS NOT NULL
                 AND json_extract(rests, '$.meeting') = @stream`;
    const rows = this.#db.prepare(sql).all({ own: formatScope(own), stream }) as RestingRow[];
    return rows.filter(
      ({ scope, rests, known }) =>
        (scope === formatScope(own) || !isAtHand(parseScope(scope))) &&
        this.#standing.isOutlived({ rests: JSON.parse(rests), known }),
    );
  }

  #holdsNone({ eventId, rests, ...name }: Version): void {
    const known = this.#standing.goneOf(rests.meeting).length;
    const { scope, key } = storedName(name);
    this.#db.prepare("UPDATE outbox SET known = ? WHERE scope = ? AND key = ?").run(known, scope, key);
    this.#standing.holdsNone(eventId, known);
  }

  #isPresent({ revision, ...name }: Version): boolean {
    return this.#rows.get(storedName(name))?.revision === revision;
  }

  /** Drops a message: nothing is to stand there any more. */
  #drop({ scope, key }: StoredName): void {
    this.#db
      .prepare(
        "UPDATE outbox SET content = ?, sealed_by = NULL, rests = NULL, revision = revision + 1 WHERE scope = ? AND key = ?",
      )
      .run(JSON.stringify({ [TAKEN_AWAY]: true }), scope, key);
    this.#onDropped({ scope, key });
  }

  /** An edit goes alone; with a message goes all that stands in its thread, and stands anew after it. */
  takeAway(versions: readonly Version[]): void {
    for (const version of versions) {
      this.#standing.goes(version);
      const name = storedName(version);
      if (this.#rows.get(name)?.event_id === version.eventId) this.#standAnew(name);
    }
  }

  #standAnew({ scope, key }: StoredName): void {
    const sql = `UPDATE outbox SET again = IIF(event_id IS NULL, again, 1), revision = IIF(event_id IS NULL, revision, MAX(revision, sent_revision + 1)), event_id = NULL, mentioned = NULL,
                   position = ${LAST} WHERE scope = ? AND key = ?`;
    this.#db.prepare(sql).run(scope, key);
    for (const { key: one, room, type, event_id: eventId } of this.#rows.inThreadOf({ scope, key })) {
      const name = { scope, key: one };
      if (eventId !== null && type === "m.room.message") this.#standing.goes({ eventId, room, ...parsedName(name) });
      this.#standAnew(name);
    }
  }
}

function isSame(one: Scope, other: Scope): boolean {
  return formatScope(one) === formatScope(other);
}
