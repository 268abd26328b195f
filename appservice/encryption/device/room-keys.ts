import type { OlmMachine } from "@matrix-org/matrix-sdk-crypto-wasm";
import { type AtRest, KeysUnreadable } from "../at-rest.ts";
import type { KeptChange, KeptRoomKey } from "../kept.ts";

/** A session's key as the machine exports it (Client-Server API, "Key export format"). */
type ExportedKey = {
  readonly room_id: string;
  readonly session_id: string;
  readonly session_key: string;
  readonly sender_key: string;
};
/** `owner`: whose device made it, once that was seen in their list of devices. */
type KnownKey = { readonly exported: ExportedKey; readonly owner: string | null };

type RoomKeysDeps = {
  readonly machine: OlmMachine;
  readonly atRest: AtRest;
  readonly keep: (change: KeptChange) => Promise<void>;
};

/**
 * Room keys, in memory and kept. Of two versions of one session the one that begins earlier is kept, and given back to
 * the machine: a sleeping device's overwrites what the machine has.
 */
export class RoomKeys {
  readonly #deps: RoomKeysDeps;
  readonly #known = new Map<string, KnownKey>();
  readonly #pending = new Set<string>();

  constructor(deps: RoomKeysDeps) {
    this.#deps = deps;
  }

  get size(): number {
    return this.#known.size;
  }

  /** Takes up what was kept; returns how many of them are spoiled, which cost their own messages alone. */
  async takeUp(kept: readonly KeptRoomKey[]): Promise<number> {
    const opened = kept.flatMap((each) => this.#opened(each) ?? []);
    for (const key of opened) this.#known.set(key.exported.session_id, key);
    if (opened.length > 0) await this.#giveBack(opened);
    return kept.length - opened.length;
  }

  #opened({ room, session, sealed }: KeptRoomKey): KnownKey | null {
    try {
      return JSON.parse(this.#deps.atRest.open(sealed, placeOf(room, session))) as KnownKey;
    } catch (error) {
      if (error instanceof KeysUnreadable) return null;
      throw error;
    }
  }

  /** Notes that the machine has a key which may not be kept yet. */
  note(session: string): void {
    this.#pending.add(session);
  }

  /** Keeps what has been noted; resolves once it is written. */
  async keepNoted(): Promise<string[]> {
    if (this.#pending.size === 0) return [];
    const sessions = new Set(this.#pending);
    const { machine } = this.#deps;
    const exported = JSON.parse(
      await machine.exportRoomKeys(({ sessionId }) => sessions.has(sessionId)),
    ) as ExportedKey[];
    const worse = exported.filter((key) => begins(key) > begins(this.#known.get(key.session_id)?.exported ?? key));
    const better = exported.filter((key) => !worse.includes(key));
    await this.#write(better.map((key) => ({ exported: key, owner: this.ownerOf(key.session_id) })));
    if (worse.length > 0) await this.#giveBack(worse.flatMap((key) => this.#known.get(key.session_id) ?? []));
    for (const session of sessions) this.#pending.delete(session);
    return [...sessions];
  }

  ownerOf(session: string): string | null {
    return this.#known.get(session)?.owner ?? null;
  }

  /** Keeps whose session it is: their device may be gone from the list one day, and what it wrote is still theirs. */
  async belongsTo(session: string, owner: string): Promise<void> {
    const known = this.#known.get(session);
    if (known && known.owner !== owner) await this.#write([{ ...known, owner }]);
  }

  async #write(keys: readonly KnownKey[]): Promise<void> {
    if (keys.length === 0) return;
    const roomKeys = keys.map((key): KeptRoomKey => {
      const { room_id: room, session_id: session } = key.exported;
      return { room, session, sealed: this.#deps.atRest.seal(JSON.stringify(key), placeOf(room, session)) };
    });
    await this.#deps.keep({ roomKeys });
    for (const key of keys) this.#known.set(key.exported.session_id, key);
  }

  async #giveBack(keys: readonly KnownKey[]): Promise<void> {
    await this.#deps.machine.importExportedRoomKeys(JSON.stringify(keys.map(({ exported }) => exported)), () => {});
  }
}

const placeOf = (room: string, session: string) => `room key ${room} ${session}`;

/**
 * First place of a session that its exported key opens (Megolm, "Session export format": a byte of version, then the
 * index).
 */
function begins({ session_key: key }: ExportedKey): number {
  return Buffer.from(key, "base64").readUInt32BE(1);
}
