import { isDeepStrictEqual } from "node:util";
import type Database from "better-sqlite3";
import type { AssemblyId, EventId, MeetingId, RoomId } from "../protocol/identity.ts";
import { type UnitOfWork, unitOf } from "../store/unit-of-work.ts";
import { LastUsed } from "./last-used.ts";
import type { StreamId } from "./stream-id.ts";
import { STAYS_AWAY, type StoredName } from "./outbox-row.ts";
import { OutboxRows, parsedName, storedName } from "./outbox-rows.ts";
import { LAST, placeInLine } from "./place-in-line.ts";
import { mentionedIn, type Post, type PostName, type WaitingPost } from "./post.ts";
import { formatPostKey, type PostKey } from "./post-key.ts";
import { ofMeeting, ofRoom, type Scope } from "./scope.ts";
import { type Rests, StandingVersions } from "./standing-versions.ts";
import { waitingPostOf } from "./waiting-post.ts";
import { type Review, TakingAway } from "./taking-away.ts";

/** Meetings that change at the same time, and some. */
const MOST_SCOPES = 50;

/** Numbers of takings back that messages take account of, of meetings in which that may not be all of them. */
export type Heeded = Pick<ReadonlyMap<StreamId, number>, "get">;
const ALL: Heeded = new Map();

/**
 * Messages that should stand in the rooms, kept until they do. Wanting the same message twice changes nothing; wanting
 * another content for it makes a revision, which is sent as an edit.
 */
export class Outbox {
  readonly standing: StandingVersions;
  readonly #db: Database.Database;
  readonly #unit: UnitOfWork;
  readonly #rows: OutboxRows;
  readonly #takingAway: TakingAway;
  /** Messages found to be wanted already: a meeting of hours wants the same thousand messages with each change. */
  readonly #asWanted = new LastUsed<string, Map<string, string>>(MOST_SCOPES);

  constructor(db: Database.Database) {
    this.#db = db;
    this.#unit = unitOf(db);
    this.standing = new StandingVersions(db);
    this.#rows = new OutboxRows(db);
    this.#takingAway = new TakingAway({
      db,
      rows: this.#rows,
      standing: this.standing,
      onDropped: ({ scope, key }) => this.#wantedIn(scope).delete(key),
    });
  }

  /**
   * Returns the rooms in which something waits to be sent because of this. `heeded`: of meetings in which words were
   * changed, and whose results may have been made before, the number of takings back that all of it takes account of.
   */
  want(posts: readonly Post[], heeded: Heeded = ALL): RoomId[] {
    const changed = new Set<RoomId>();
    const wanted = posts.map((post) => ({ post, name: storedName(post), text: JSON.stringify(post.content) }));
    const news = wanted.filter(({ name: { scope, key }, text }) => this.#wantedIn(scope).get(key) !== text);
    if (news.length === 0) return [];
    this.#unit.run(() => {
      for (const { post, name, text } of news) if (this.#wantOne(post, name, text, heeded)) changed.add(post.room);
    });
    for (const { name, text } of news) {
      this.#wantedIn(name.scope).set(name.key, text);
      this.#unit.onRollback(() => this.#wantedIn(name.scope).delete(name.key));
    }
    return [...changed];
  }

  #wantedIn(scope: string): Map<string, string> {
    return this.#asWanted.get(scope) ?? this.#asWanted.keep(scope, new Map());
  }

  #wantOne({ room, thread, type, rests, key: asked }: Post, name: StoredName, wanted: string, heeded: Heeded): boolean {
    const { scope, key } = name;
    const known = this.#rows.get(name);
    if (known && isDeepStrictEqual(JSON.parse(known.content), JSON.parse(wanted))) return false;
    // A message that does not stand yet keeps its place: those that are to stand in its thread wait behind it.
    const { content, sealedBy } = this.#rows.sealed({ room, ...(rests && { rests }) }, name, wanted);
    const sql = `INSERT INTO outbox (scope, key, room, thread, type, position, content, sealed_by, revision, rests, known)
                 VALUES (?, ?, ?, ?, ?, ${placeInLine(asked)}, ?, ?, 1, ?, ?)
                 ON CONFLICT (scope, key) DO UPDATE SET content = excluded.content, sealed_by = excluded.sealed_by, revision = revision + 1, rests = excluded.rests, known = excluded.known,
                   position = IIF(event_id IS NULL, position, excluded.position)`;
    this.#db
      .prepare(sql)
      .run(
        scope,
        key,
        room,
        thread && formatPostKey(thread),
        type,
        content,
        sealedBy,
        rests ? JSON.stringify(rests) : null,
        rests ? this.#heededBy(rests, heeded) : 0,
      );
    if (known) this.#takingAway.takeAway(this.standing.outlivedOf(name));
    return true;
  }

  #heededBy({ meeting }: Rests, heeded: Heeded): number {
    return Math.min(this.standing.goneOf(meeting).length, heeded.get(meeting) ?? Infinity);
  }

  /**
   * Takes away versions that hold words taken back in a meeting and that no message wanted now overwrites. `wanted`:
   * the keys of the meeting's messages. True once nothing of them stands.
   */
  review(meeting: MeetingId, wanted: readonly PostKey[], how: Review): boolean {
    return this.#takingAway.review(meeting, ofMeeting(meeting), wanted, how);
  }

  /** The same of words that were erased in an assembly, of which the bot speaks to the room. */
  reviewAssembly(assembly: AssemblyId, room: RoomId, wanted: readonly PostKey[]): void {
    this.#takingAway.review(assembly, ofRoom(room), wanted, { isAtHand: () => false, isMadeAnew: false });
  }

  /** Takes away all that the bot said of an assembly. */
  takeAwayAssembly(assembly: AssemblyId, room: RoomId): void {
    this.#takingAway.takeAwayAssembly(assembly, room);
  }

  /** Learns of messages that stand in a room without our having noted it down. */
  stands(posts: readonly { readonly post: Post; readonly eventId: EventId | null }[], at: number): void {
    const sql = `INSERT INTO outbox (scope, key, room, thread, type, position, content, sealed_by, revision, sent_revision, event_id, sent_at)
                 VALUES (?, ?, ?, ?, ?, ${LAST}, ?, ?, 1, 1, ?, ?) ON CONFLICT (scope, key) DO NOTHING`;
    const insert = this.#db.prepare(sql);
    for (const { post, eventId } of posts) {
      const { room, thread, type, content } = post;
      const { scope, key } = storedName(post);
      const kept = this.#rows.sealed(post, { scope, key }, JSON.stringify(content));
      insert.run(scope, key, room, thread && formatPostKey(thread), type, kept.content, kept.sealedBy, eventId, at);
    }
  }

  /** Forgets what is in memory of all rooms: rows of one came from another service. */
  readAnew(): void {
    this.#asWanted.clear();
    this.standing.readAnew();
  }

  /** Does something once what is wanted now is written; at once where all is. */
  afterCommit(work: () => void): void {
    this.#unit.afterCommit(work);
  }

  waitingRooms(): RoomId[] {
    const rows = this.#db
      .prepare("SELECT DISTINCT room FROM outbox WHERE sent_revision < revision AND held = 0")
      .all() as { room: RoomId }[];
    return [...new Set([...rows.map(({ room }) => room), ...this.standing.roomsWithGoing()])];
  }

  /** Number of messages that are not in their rooms yet. */
  waiting(): number {
    return (
      this.#db.prepare("SELECT COUNT(*) AS n FROM outbox WHERE sent_revision < revision AND held = 0").get() as {
        n: number;
      }
    ).n;
  }

  /** The next message to send in a room, in the order of wanting. It is under way until it is `sent`. */
  next(room: RoomId): WaitingPost | null {
    // Sorts names alone: many long messages may wait.
    const sql = `SELECT scope, key FROM outbox
      WHERE room = ? AND sent_revision < revision AND held = 0 ORDER BY flight_revision IS NULL, position LIMIT 1`;
    const next = this.#db.prepare(sql).get(room) as StoredName | undefined;
    const row = next && this.#rows.get(next);
    if (!row) return null;
    const sent =
      "UPDATE outbox SET flight_revision = revision, flight_content = content, flight_sealed_by = sealed_by, flight_rests = rests, flight_known = known WHERE scope = ? AND key = ? AND flight_revision IS NULL";
    this.#db.prepare(sent).run(row.scope, row.key);
    return waitingPostOf(row, this.#rows);
  }

  sent(post: WaitingPost, eventId: EventId, at: number): void {
    this.#unit.run(() => this.#sent(post, eventId, at));
  }

  #sent(post: WaitingPost, eventId: EventId, at: number): void {
    const { room, revision } = post;
    const name = storedName(post);
    const row = this.#rows.get(name);
    if (row?.flight_rests)
      this.standing.stands({
        eventId,
        room,
        scope: post.scope,
        key: post.key,
        revision,
        rests: JSON.parse(row.flight_rests) as Rests,
        known: row.flight_known,
      });
    const sql = `UPDATE outbox SET sent_revision = ?, event_id = COALESCE(event_id, ?), sent_at = COALESCE(sent_at, ?),
                 mentioned = ?, flight_revision = NULL, flight_content = NULL, flight_sealed_by = NULL, flight_rests = NULL WHERE scope = ? AND key = ?`;
    this.#db
      .prepare(sql)
      .run(
        revision,
        post.eventId === null ? eventId : null,
        at,
        JSON.stringify(mentionedIn(post.content)),
        name.scope,
        name.key,
      );
    // The message was taken back while it was under way, and the one it edited had gone meanwhile.
    if (row && row.revision > revision) this.#takingAway.takeAway(this.standing.outlivedOf(name));
    if (
      post.type === "m.room.message" &&
      post.eventId !== null &&
      post.eventId !== eventId &&
      (row?.event_id !== post.eventId || row.held === STAYS_AWAY)
    )
      this.standing.goes({ eventId, room, scope: post.scope, key: post.key });
  }

  /**
   * Notes that a message was taken away from the room. It is not sent again as it is, but later content in its place
   * is.
   */
  lost(eventId: EventId): void {
    this.#db
      .prepare("UPDATE outbox SET event_id = NULL, mentioned = NULL WHERE event_id = ? AND type = 'm.room.message'")
      .run(eventId);
  }

  /**
   * Notes that people took a message away that is to stay away: neither it nor an edit of it is sent again, whatever
   * is wanted there.
   */
  takenAwayByPeople(eventId: EventId): void {
    const sql = `UPDATE outbox SET held = ${STAYS_AWAY} WHERE event_id = ? AND type = 'm.room.message'`;
    this.#unit.run(() => {
      this.standing.went(eventId);
      this.#db.prepare(sql).run(eventId);
    });
  }

  /** Tells whether an event of ours stands in a thread. */
  isInThread(eventId: EventId): boolean {
    const sql = "SELECT 1 FROM outbox WHERE event_id = ? AND thread IS NOT NULL";
    return this.#db.prepare(sql).get(eventId) !== undefined;
  }

  /** Gives up one message as it is; a later revision of it is tried again. */
  skip(post: WaitingPost): void {
    const { scope, key } = storedName(post);
    const sql =
      "UPDATE outbox SET sent_revision = ?, flight_revision = NULL, flight_content = NULL, flight_sealed_by = NULL, flight_rests = NULL WHERE scope = ? AND key = ?";
    this.#db.prepare(sql).run(post.revision, scope, key);
  }

  /** Holds back what waits for a room that is closed to the bot. Returns how many messages that are. */
  hold(room: RoomId): number {
    this.standing.hold(room);
    return this.#db
      .prepare("UPDATE outbox SET held = 1 WHERE room = ? AND sent_revision < revision AND held = 0")
      .run(room).changes;
  }

  /** Holds back one message alone, until what waits is released. */
  holdOne(post: WaitingPost): void {
    const { scope, key } = storedName(post);
    this.#db.prepare("UPDATE outbox SET held = 1 WHERE scope = ? AND key = ? AND held = 0").run(scope, key);
  }

  /** Holds back messages of meetings; those of the bot to the room itself are sent. */
  holdMeetings(room: RoomId): number {
    return this.#db
      .prepare("UPDATE outbox SET held = 1 WHERE room = ? AND scope <> room AND sent_revision < revision AND held = 0")
      .run(room).changes;
  }

  /** Releases messages that were held back, since the room, or every room, may have opened again. */
  release(room: RoomId | null): number {
    this.standing.release(room);
    return this.#db.prepare("UPDATE outbox SET held = 0 WHERE held = 1 AND room = COALESCE(?, room)").run(room).changes;
  }

  /** Post of ours that an event is. */
  postOf(eventId: EventId): PostName | null {
    const row = this.#db.prepare("SELECT scope, key FROM outbox WHERE event_id = ?").get(eventId) as
      | StoredName
      | undefined;
    return row ? parsedName(row) : null;
  }

  /** Tells whether such a message was ever wanted. */
  isKnown(scope: Scope, key: PostKey): boolean {
    return this.#rows.get(storedName({ scope, key })) !== undefined;
  }

  eventOf(scope: Scope, key: PostKey): EventId | null {
    return this.#rows.eventOf(storedName({ scope, key }));
  }
}
