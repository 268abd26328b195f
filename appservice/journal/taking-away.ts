import type Database from "better-sqlite3";
import type { MeetingId } from "../protocol/identity.ts";
import { unitOf } from "../store/unit-of-work.ts";
import type { StoredName } from "./outbox-row.ts";
import { type OutboxRows, parsedName, storedName } from "./outbox-rows.ts";
import { TAKEN_AWAY } from "./post.ts";
import { formatPostKey, type PostKey } from "./post-key.ts";
import { isOfMeeting, type Scope } from "./scope.ts";
import type { StandingVersions, Version } from "./standing-versions.ts";

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
   * Takes away versions that hold words taken back in a meeting and that no message wanted now overwrites. `wanted`:
   * the keys of the meeting's messages; `isAtHand`: another meeting that speaks of it sees to that itself. True once
   * nothing of them stands.
   */
  review(meeting: MeetingId, wanted: readonly PostKey[], isAtHand: (scope: Scope) => boolean): boolean {
    const keys = new Set(wanted.map(formatPostKey));
    return unitOf(this.#db).run(() => {
      const stand = this.#standing
        .outlivedIn(meeting)
        .filter(({ scope }) => isOfMeeting(scope, meeting) || !isAtHand(scope));
      const isWanted = ({ scope, key }: Version) => isOfMeeting(scope, meeting) && keys.has(formatPostKey(key));
      // Words that were changed may be made of still, until it is made anew.
      const waits = stand.filter((version) => isWanted(version) && this.#isPresent(version));
      for (const version of stand) if (!isWanted(version)) this.#drop(version);
      this.takeAway(stand.filter((version) => !waits.includes(version)));
      return waits.length === 0;
    });
  }

  #isPresent({ revision, ...name }: Version): boolean {
    const row = this.#rows.get(storedName(name));
    return row?.sent_revision === revision && row.revision === revision;
  }

  /** Drops a message: nothing is to stand there any more. */
  #drop(version: Version): void {
    const { scope, key } = storedName(version);
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
                   position = (SELECT MAX(position) + 1 FROM outbox) WHERE scope = ? AND key = ?`;
    this.#db.prepare(sql).run(scope, key);
    for (const { key: one, room, type, event_id: eventId } of this.#rows.inThreadOf({ scope, key })) {
      const name = { scope, key: one };
      if (eventId !== null && type === "m.room.message") this.#standing.goes({ eventId, room, ...parsedName(name) });
      this.#standAnew(name);
    }
  }
}
