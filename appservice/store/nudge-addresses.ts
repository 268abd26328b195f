import type Database from "better-sqlite3";
import type { DeviceId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { NudgeAddress } from "../protocol/nudges.ts";
import { unitOf } from "./unit-of-work.ts";

/** Tab of a person's, for one room: what a session belongs to. */
export type SessionTab = { readonly participant: ParticipantId; readonly room: RoomId; readonly device: DeviceId };

/** Key pair by which push services know this service (VAPID, RFC 8292), in base64url. */
export type NudgeKey = { readonly publicKey: string; readonly privateKey: string };

/** Tabs of one person in one room that may have nudges. */
const MOST_OF_ONE = 5;

type Row = { readonly endpoint: string; readonly p256dh: string; readonly auth: string };

/**
 * Browsers that want to be told that their person is next. An entry goes with the tab's last session, however that
 * ends.
 */
export class NudgeAddresses {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** The key pair, made by `make` where there is none yet. */
  key(make: () => NudgeKey): NudgeKey {
    const sql = "SELECT public AS publicKey, private AS privateKey FROM nudge_key";
    const known = this.#db.prepare(sql).get() as NudgeKey | undefined;
    if (known) return known;
    const { publicKey, privateKey } = make();
    this.#db.prepare("INSERT INTO nudge_key (one, public, private) VALUES (1, ?, ?)").run(publicKey, privateKey);
    return { publicKey, privateKey };
  }

  /** Puts an address in the place of the tab's older one. Of too many of a person's, the oldest goes. */
  put({ participant, room, device }: SessionTab, { endpoint, keys: { p256dh, auth } }: NudgeAddress): void {
    unitOf(this.#db).run(() => {
      this.take({ participant, room, device });
      this.#db
        .prepare(
          "INSERT OR REPLACE INTO nudges (endpoint, participant, room, device, p256dh, auth) VALUES (?, ?, ?, ?, ?, ?)",
        )
        .run(endpoint, participant, room, device, p256dh, auth);
      this.#db
        .prepare(`DELETE FROM nudges WHERE id IN (
          SELECT id FROM nudges WHERE participant = ? AND room = ? ORDER BY id DESC LIMIT -1 OFFSET ?)`)
        .run(participant, room, MOST_OF_ONE);
    });
  }

  take({ participant, room, device }: SessionTab): void {
    this.#db
      .prepare("DELETE FROM nudges WHERE participant = ? AND room = ? AND device = ?")
      .run(participant, room, device);
  }

  has({ participant, room, device }: SessionTab): boolean {
    const sql = "SELECT 1 FROM nudges WHERE participant = ? AND room = ? AND device = ?";
    return this.#db.prepare(sql).get(participant, room, device) !== undefined;
  }

  /** Takes away what a push service no longer knows. */
  forget(endpoint: string): void {
    this.#db.prepare("DELETE FROM nudges WHERE endpoint = ?").run(endpoint);
  }

  /** Addresses of a person that have not been told of this moment yet; from now on they have. */
  toTell(room: RoomId, participant: ParticipantId, moment: string): NudgeAddress[] {
    const sql = `UPDATE nudges SET told = @moment WHERE room = @room AND participant = @participant AND told IS NOT @moment
                 RETURNING endpoint, p256dh, auth`;
    const rows = this.#db.prepare(sql).all({ room, participant, moment }) as Row[];
    return rows.map(({ endpoint, p256dh, auth }) => ({ endpoint, keys: { p256dh, auth } }));
  }
}
