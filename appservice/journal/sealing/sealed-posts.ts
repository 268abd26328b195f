import type Database from "better-sqlite3";
import { ParticipantId, type RoomId } from "../../protocol/identity.ts";
import { wordKeysOf } from "../../store/word-keys.ts";
import type { OutboxRow, StoredName } from "../outbox-row.ts";
import { TAKEN_AWAY } from "../post.ts";
import { EVERYTHING, type Rests } from "../standing-versions.ts";
import { Sealer } from "./sealer.ts";
import type { Owners } from "./words-of-entry.ts";

/** Content as the outbox holds it. `sealedBy` null: it stands there as it is, for it rests on nobody's words. */
export type StoredContent = { readonly content: string; readonly sealedBy: string | null };

/** A message that rests on more is sealed as one that rests on everybody's words. */
const MOST_SOURCES = 40;
/** Content that nobody can read any more: nothing is to stand there until something is wanted anew. */
const UNREADABLE = JSON.stringify({ [TAKEN_AWAY]: true });

type Columns = Pick<
  OutboxRow,
  "scope" | "key" | "room" | "content" | "sealed_by" | "rests" | "flight_content" | "flight_sealed_by" | "flight_rests"
>;

/** Messages of the bot in the outbox, sealed by the keys of those on whose words they rest. */
export class SealedPosts {
  readonly #db: Database.Database;
  readonly #sealer: Sealer;

  constructor(db: Database.Database) {
    [this.#db, this.#sealer] = [db, new Sealer(db)];
  }

  put(name: StoredName, room: RoomId, rests: Rests | null, content: string): StoredContent {
    if (rests === null) return { content, sealedBy: null };
    const sealedBy = this.#sealer.keysOf(rests.meeting, room, ownersOf(rests));
    return { content: this.#sealer.seal(content, sealedBy, placeOf(name)).toString("base64"), sealedBy };
  }

  /** The same row with its content as it is said. */
  open<R extends Columns>(row: R): R {
    return {
      ...row,
      content: this.#opened(row, row.content, row.sealed_by),
      flight_content: row.flight_content && this.#opened(row, row.flight_content, row.flight_sealed_by),
    };
  }

  /** Messages of a room that are sealed by keys of somebody which are to be destroyed. */
  sealedBy(room: RoomId, who: ParticipantId): StoredName[] {
    const sql = `SELECT scope, key FROM outbox WHERE room = @room AND sealed_by IS NOT NULL AND instr(sealed_by, @id) > 0
                 UNION SELECT scope, key FROM outbox
                 WHERE room = @room AND flight_sealed_by IS NOT NULL AND instr(flight_sealed_by, @id) > 0`;
    const keys = wordKeysOf(this.#db).retiredOf(room, who);
    return keys.flatMap((id) => this.#db.prepare(sql).all({ room, id }) as StoredName[]);
  }

  /** Messages from before there were keys, some of them. */
  older(most: number): StoredName[] {
    return this.#db
      .prepare("SELECT scope, key FROM unsealed_messages ORDER BY scope, key LIMIT ?")
      .all(most) as StoredName[];
  }

  /** Seals a message as its owners' keys are now, within the open unit. */
  again({ scope, key }: StoredName): void {
    this.#db.prepare("DELETE FROM unsealed_messages WHERE scope = ? AND key = ?").run(scope, key);
    const row = this.#db.prepare("SELECT * FROM outbox WHERE scope = ? AND key = ?").get(scope, key);
    if (row === undefined) return;
    const { room, content, rests, flight_content: flight, flight_rests: flightRests } = this.open(row as OutboxRow);
    const now = this.put({ scope, key }, room, parsed(rests), content);
    const underWay = flight === null ? null : this.put({ scope, key }, room, parsed(flightRests), flight);
    const sql = `UPDATE outbox SET content = ?, sealed_by = ?, flight_content = ?, flight_sealed_by = ?
                 WHERE scope = ? AND key = ?`;
    this.#db
      .prepare(sql)
      .run(now.content, now.sealedBy, underWay?.content ?? null, underWay?.sealedBy ?? null, scope, key);
  }

  #opened(name: StoredName, content: string, sealedBy: string | null): string {
    if (sealedBy === null) return content;
    return this.#sealer.open(Buffer.from(content, "base64"), sealedBy, placeOf(name)) ?? UNREADABLE;
  }
}

function ownersOf({ ids }: Rests): Owners {
  const people = ids.flatMap((id) => ParticipantId.safeParse(id).data ?? []);
  const known = new Set<string>(people);
  const sources = ids.filter((id) => !known.has(id));
  return { people, sources, everybody: sources.includes(EVERYTHING) || sources.length > MOST_SOURCES };
}

function parsed(rests: string | null): Rests | null {
  return rests === null ? null : (JSON.parse(rests) as Rests);
}

/** Content of one message is not taken for another's. */
function placeOf({ scope, key }: StoredName): string {
  return `${scope}\n${key}`;
}
