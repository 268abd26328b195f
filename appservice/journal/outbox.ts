import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type Database from "better-sqlite3";
import type { MeetingId, RoomId } from "../protocol/identity.ts";
import { LastUsed } from "./last-used.ts";
import { parsePostKey } from "./parse-post-key.ts";
import { formatPostKey, type PostKey } from "./post-key.ts";
import { formatScope, isOfMeeting, parseScope, type Scope } from "./scope.ts";
import { type Rests, StandingVersions, type Version } from "./standing-versions.ts";
import { type UnitOfWork, unitOf } from "../store/unit-of-work.ts";

/** Names a message of ours. */
export type PostName = { readonly scope: Scope; readonly key: PostKey };

/** A message that should stand in a room. */
export type Post = PostName & {
  readonly room: RoomId;
  /** Key of the message in whose thread this one stands, or to which this is a reaction. */
  readonly thread: PostKey | null;
  /** Event type: a message, or a reaction of the bot's. */
  readonly type: "m.room.message" | "m.reaction";
  readonly content: Readonly<{ [key: string]: unknown }>;
  /** Words on which it rests; left out: on nobody's. */
  readonly rests?: Rests;
};

/** Key in the content of a reaction, or of a message, that is to stand no longer. */
export const TAKEN_AWAY = "taken-away";

export type WaitingPost = Post & {
  readonly revision: number;
  /** The same each time this revision is tried, so that the homeserver takes it once. */
  readonly transactionId: string;
  /** Set when the message stands already, and this revision edits it. */
  readonly eventId: string | null;
  /** People whom the message mentions as it stands; null where it was sent before this was noted down. */
  readonly mentioned: readonly string[] | null;
  readonly threadRoot: string | null;
  readonly threadLatest: string | null;
  /** True where it stood before in other words, which were taken away: it rings for nobody. */
  readonly again: boolean;
};

/** Name as the database spells it. */
type StoredName = { readonly scope: string; readonly key: string };

type Row = StoredName & {
  room: RoomId;
  thread: string | null;
  type: Post["type"];
  content: string;
  revision: number;
  sent_revision: number;
  event_id: string | null;
  flight_revision: number | null;
  flight_content: string | null;
  mentioned: string | null;
  rests: string | null;
  known: number;
  flight_rests: string | null;
  flight_known: number;
  again: number;
};

/** Meetings that change at the same time, and some. */
const MOST_SCOPES = 50;

/**
 * Messages that should stand in the rooms, kept until they do. Wanting the same message twice changes nothing; wanting
 * another content for it makes a revision, which is sent as an edit.
 */
export class Outbox {
  readonly standing: StandingVersions;
  readonly #db: Database.Database;
  readonly #unit: UnitOfWork;
  /** Messages found to be wanted already: a meeting of hours wants the same thousand messages with each change. */
  readonly #asWanted = new LastUsed<string, Map<string, string>>(MOST_SCOPES);

  constructor(db: Database.Database) {
    this.#db = db;
    this.#unit = unitOf(db);
    this.standing = new StandingVersions(db);
  }

  /** Returns the rooms in which something waits to be sent because of this. */
  want(posts: readonly Post[]): RoomId[] {
    const changed = new Set<RoomId>();
    const wanted = posts.map((post) => ({ post, name: storedName(post), text: JSON.stringify(post.content) }));
    const news = wanted.filter(({ name: { scope, key }, text }) => this.#wantedIn(scope).get(key) !== text);
    if (news.length === 0) return [];
    this.#unit.run(() => {
      for (const { post, name, text } of news) if (this.#wantOne(post, name, text)) changed.add(post.room);
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

  #wantOne({ room, thread, type, rests }: Post, name: StoredName, wanted: string): boolean {
    const { scope, key } = name;
    const known = this.#row(name);
    if (known && isDeepStrictEqual(JSON.parse(known.content), JSON.parse(wanted))) return false;
    // A message that does not stand yet keeps its place: those that are to stand in its thread wait behind it.
    const sql = `INSERT INTO outbox (scope, key, room, thread, type, position, content, revision, rests, known)
                 VALUES (?, ?, ?, ?, ?, (SELECT COALESCE(MAX(position), 0) + 1 FROM outbox), ?, 1, ?, ?)
                 ON CONFLICT (scope, key) DO UPDATE SET content = excluded.content, revision = revision + 1, rests = excluded.rests, known = excluded.known,
                   position = IIF(event_id IS NULL, position, excluded.position)`;
    this.#db
      .prepare(sql)
      .run(
        scope,
        key,
        room,
        thread && formatPostKey(thread),
        type,
        wanted,
        rests ? JSON.stringify(rests) : null,
        rests ? this.standing.goneOf(rests.meeting).length : 0,
      );
    if (known) this.#takeAway(this.standing.outlivedOf(name));
    return true;
  }

  /**
   * Takes away versions that hold words taken back in a meeting and that no message wanted now overwrites. `wanted`:
   * the keys of the meeting's messages; `isAtHand`: another meeting that speaks of it sees to that itself. True once
   * nothing of them stands.
   */
  review(meeting: MeetingId, wanted: readonly PostKey[], isAtHand: (scope: Scope) => boolean): boolean {
    const keys = new Set(wanted.map(formatPostKey));
    return this.#unit.run(() => {
      const stand = this.standing
        .outlivedIn(meeting)
        .filter(({ scope }) => isOfMeeting(scope, meeting) || !isAtHand(scope));
      const isWanted = ({ scope, key }: Version) => isOfMeeting(scope, meeting) && keys.has(formatPostKey(key));
      // Words that were changed may be made of still, until it is made anew.
      const waits = stand.filter((version) => isWanted(version) && this.#isPresent(version));
      for (const version of stand) if (!isWanted(version)) this.#drop(version);
      this.#takeAway(stand.filter((version) => !waits.includes(version)));
      return waits.length === 0;
    });
  }

  #isPresent({ revision, ...name }: Version): boolean {
    const row = this.#row(storedName(name));
    return row?.sent_revision === revision && row.revision === revision;
  }

  /** Drops a message: nothing is to stand there any more. */
  #drop(version: Version): void {
    const { scope, key } = storedName(version);
    this.#db
      .prepare("UPDATE outbox SET content = ?, rests = NULL, revision = revision + 1 WHERE scope = ? AND key = ?")
      .run(JSON.stringify({ [TAKEN_AWAY]: true }), scope, key);
    this.#wantedIn(scope).delete(key);
  }

  /** An edit goes alone; with a message goes all that stands in its thread, and stands anew after it. */
  #takeAway(versions: readonly Version[]): void {
    for (const version of versions) {
      this.standing.goes(version);
      const name = storedName(version);
      if (this.#row(name)?.event_id === version.eventId) this.#standAnew(name);
    }
  }

  #standAnew({ scope, key }: StoredName): void {
    const sql = `UPDATE outbox SET again = IIF(event_id IS NULL, again, 1), revision = IIF(event_id IS NULL, revision, MAX(revision, sent_revision + 1)), event_id = NULL, mentioned = NULL,
                   position = (SELECT MAX(position) + 1 FROM outbox) WHERE scope = ? AND key = ?`;
    this.#db.prepare(sql).run(scope, key);
    const inIt = this.#db
      .prepare("SELECT * FROM outbox WHERE scope = ? AND thread = ? ORDER BY position")
      .all(scope, key) as Row[];
    for (const { key: one, room, type, event_id: eventId } of inIt) {
      const name = { scope, key: one };
      if (eventId !== null && type === "m.room.message") this.standing.goes({ eventId, room, ...parsedName(name) });
      this.#standAnew(name);
    }
  }

  /** Learns of messages that stand in a room without our having noted it down. */
  stands(posts: readonly { readonly post: Post; readonly eventId: string | null }[], at: number): void {
    const sql = `INSERT INTO outbox (scope, key, room, thread, type, position, content, revision, sent_revision, event_id, sent_at)
                 VALUES (?, ?, ?, ?, ?, (SELECT COALESCE(MAX(position), 0) + 1 FROM outbox), ?, 1, 1, ?, ?) ON CONFLICT (scope, key) DO NOTHING`;
    const insert = this.#db.prepare(sql);
    for (const { post, eventId } of posts) {
      const { room, thread, type, content } = post;
      const { scope, key } = storedName(post);
      insert.run(scope, key, room, thread && formatPostKey(thread), type, JSON.stringify(content), eventId, at);
    }
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
    const sql =
      "SELECT * FROM outbox WHERE room = ? AND sent_revision < revision AND held = 0 ORDER BY flight_revision IS NULL, position LIMIT 1";
    const row = this.#db.prepare(sql).get(room) as Row | undefined;
    if (!row) return null;
    const { scope, key, thread, type } = row;
    const revision = row.flight_revision ?? row.revision;
    const content = row.flight_content ?? row.content;
    const sent =
      "UPDATE outbox SET flight_revision = revision, flight_content = content, flight_rests = rests, flight_known = known WHERE scope = ? AND key = ? AND flight_revision IS NULL";
    this.#db.prepare(sent).run(scope, key);
    return {
      ...parsedName(row),
      room,
      thread: thread === null ? null : parsePostKey(thread),
      type,
      revision,
      content: JSON.parse(content) as Post["content"],
      // A message stands once, whatever it says. An edit of it has to come through, also where a service that lost its database counts anew.
      transactionId: transactionIdOf(
        scope,
        key,
        row.event_id === null && row.sent_revision === 0 ? "1" : `${revision}\n${content}`,
      ),
      eventId: row.event_id,
      again: row.again === 1,
      mentioned: row.mentioned === null ? null : (JSON.parse(row.mentioned) as string[]),
      threadRoot: thread === null ? null : this.#eventOf({ scope, key: thread }),
      threadLatest: thread === null ? null : (this.#latestIn(scope, thread) ?? this.#eventOf({ scope, key: thread })),
    };
  }

  sent(post: WaitingPost, eventId: string, at: number): void {
    this.#unit.run(() => this.#sent(post, eventId, at));
  }

  #sent(post: WaitingPost, eventId: string, at: number): void {
    const { room, revision } = post;
    const name = storedName(post);
    const row = this.#row(name);
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
                 mentioned = ?, flight_revision = NULL, flight_content = NULL, flight_rests = NULL WHERE scope = ? AND key = ?`;
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
    if (row && row.revision > revision) this.#takeAway(this.standing.outlivedOf(name));
    if (
      post.type === "m.room.message" &&
      post.eventId !== null &&
      post.eventId !== eventId &&
      row?.event_id !== post.eventId
    )
      this.standing.goes({ eventId, room, scope: post.scope, key: post.key });
  }

  /**
   * Notes that a message was taken away from the room. It is not sent again as it is, but later content in its place
   * is.
   */
  lost(eventId: string): void {
    this.#db
      .prepare("UPDATE outbox SET event_id = NULL, mentioned = NULL WHERE event_id = ? AND type = 'm.room.message'")
      .run(eventId);
  }

  /** Gives up one message as it is; a later revision of it is tried again. */
  skip(post: WaitingPost): void {
    const { scope, key } = storedName(post);
    const sql =
      "UPDATE outbox SET sent_revision = ?, flight_revision = NULL, flight_content = NULL, flight_rests = NULL WHERE scope = ? AND key = ?";
    this.#db.prepare(sql).run(post.revision, scope, key);
  }

  /** Holds back what waits for a room that is closed to the bot. Returns how many messages that are. */
  hold(room: RoomId): number {
    this.standing.hold(room);
    return this.#db
      .prepare("UPDATE outbox SET held = 1 WHERE room = ? AND sent_revision < revision AND held = 0")
      .run(room).changes;
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
  postOf(eventId: string): PostName | null {
    const row = this.#db.prepare("SELECT scope, key FROM outbox WHERE event_id = ?").get(eventId) as
      | StoredName
      | undefined;
    return row ? parsedName(row) : null;
  }

  /** Tells whether such a message was ever wanted. */
  isKnown(scope: Scope, key: PostKey): boolean {
    return this.#row(storedName({ scope, key })) !== undefined;
  }

  eventOf(scope: Scope, key: PostKey): string | null {
    return this.#eventOf(storedName({ scope, key }));
  }

  #eventOf(name: StoredName): string | null {
    return this.#row(name)?.event_id ?? null;
  }

  #latestIn(scope: string, thread: string): string | null {
    const sql =
      "SELECT event_id FROM outbox WHERE scope = ? AND thread = ? AND event_id IS NOT NULL AND type = 'm.room.message' ORDER BY sent_at DESC, position DESC LIMIT 1";
    return (this.#db.prepare(sql).get(scope, thread) as { event_id: string } | undefined)?.event_id ?? null;
  }

  #row({ scope, key }: StoredName): Row | undefined {
    return this.#db.prepare("SELECT * FROM outbox WHERE scope = ? AND key = ?").get(scope, key) as Row | undefined;
  }
}

function storedName({ scope, key }: PostName): StoredName {
  return { scope: formatScope(scope), key: formatPostKey(key) };
}

function parsedName({ scope, key }: StoredName): PostName {
  return { scope: parseScope(scope), key: parsePostKey(key) };
}

/** People whom a message mentions (`m.mentions`, Matrix v1.7). */
export function mentionedIn(content: Post["content"]): string[] {
  const { user_ids: ids } = (content["m.mentions"] ?? {}) as { readonly user_ids?: readonly string[] };
  return [...(ids ?? [])];
}

function transactionIdOf(scope: string, key: string, what: string): string {
  return `mm-${createHash("sha256").update(`${scope}\n${key}\n${what}`).digest("base64url").slice(0, 32)}`;
}
