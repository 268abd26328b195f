import { hash } from "node:crypto";
import type Database from "better-sqlite3";
import type { RoomId } from "../../protocol/identity.ts";
import type { KeyName } from "../../store/word-keys.ts";
import type { StreamId } from "../stream-id.ts";
import type { StoredEvent } from "../upcast/upcaster.ts";
import { Sealer } from "./sealer.ts";
import { type Path, valueAt, type WordsPart, withValues } from "./words-of-entry.ts";

type Values = (readonly [Path, unknown])[];

type SealedRow = {
  readonly n: number;
  readonly source: string | null;
  readonly keys: KeyName;
  readonly sealed: Buffer;
};
/** Sealed words of several entries, by their places. */
export type SealedRows = ReadonlyMap<number, readonly SealedRow[]>;
type Place = { readonly meeting: StreamId; readonly room: RoomId; readonly seq: number };

/**
 * Words of people beside the journals of meetings and assemblies, each sealed by the keys of those whose they are
 * (AES-256-GCM). The journal keeps an entry with signs in their place, and a hash of what is sealed: without a key it
 * is read as that.
 */
export class SealedWords {
  readonly #db: Database.Database;
  readonly #sealer: Sealer;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#sealer = new Sealer(db);
  }

  /**
   * Seals the words of an event, within the open unit; returns what the journal is to hold of it. `hash` null: there
   * are no words in it.
   */
  put<E>(place: Place, event: E, words: readonly WordsPart[]): { readonly event: E; readonly hash: string | null } {
    const { meeting, room, seq } = place;
    const parts = words.flatMap((part) => {
      const values = part.paths
        .map((path) => [path, valueAt(event, path)] as const)
        .filter(([, value]) => isSaid(value));
      return values.length === 0 ? [] : [{ part, values }];
    });
    if (parts.length === 0) return { event, hash: null };
    const rows = this.#together(meeting, room, parts).map(
      ({ source, keys, values }, n): SealedRow => ({
        n,
        source,
        keys,
        sealed: this.#sealer.seal(JSON.stringify(values), keys, boundTo(meeting, seq)),
      }),
    );
    const insert = this.#db.prepare(
      "INSERT INTO sealed_words (meeting, seq, n, source, keys, sealed) VALUES (?, ?, ?, ?, ?, ?)",
    );
    for (const { n, source, keys, sealed } of rows) insert.run(meeting, seq, n, source, keys, sealed);
    const signs = parts.flatMap(({ values }) => values.map(([path, value]) => [path, signFor(value)] as const));
    return { event: withValues(event, signs), hash: hashOf(rows) };
  }

  /** Sealed words of the entries from one place to another. */
  between(meeting: StreamId, first: number, last: number): SealedRows {
    const sql = "SELECT seq, n, source, keys, sealed FROM sealed_words WHERE meeting = ? AND seq BETWEEN ? AND ?";
    const rows = this.#db.prepare(`${sql} ORDER BY seq, n`).all(meeting, first, last);
    return Map.groupBy(rows as (SealedRow & { readonly seq: number })[], ({ seq }) => seq);
  }

  /** Puts the words back into an entry, as far as their keys are there. */
  open(
    meeting: StreamId,
    seq: number,
    words: string,
    event: StoredEvent,
    sealed: SealedRows = this.between(meeting, seq, seq),
  ): StoredEvent {
    const rows = sealed.get(seq) ?? [];
    if (hashOf(rows) !== words) return event;
    return withValues(
      event,
      rows.flatMap(({ keys, sealed }) => valuesIn(this.#sealer.open(sealed, keys, boundTo(meeting, seq)))),
    );
  }

  /** Places of entries in a meeting whose words are sealed by a key, alone or with others. */
  sealedBy(meeting: StreamId, key: string): number[] {
    const sql = "SELECT DISTINCT seq FROM sealed_words WHERE meeting = ? AND instr(keys, ?) > 0 ORDER BY seq";
    return this.#db.prepare(sql).pluck().all(meeting, key) as number[];
  }

  /** Parts that one source and the same keys hold together are sealed as one. */
  #together(
    meeting: StreamId,
    room: RoomId,
    parts: readonly { readonly part: WordsPart; readonly values: Values }[],
  ): { readonly source: string | null; readonly keys: KeyName; readonly values: Values }[] {
    const rows = new Map<string, { source: string | null; keys: KeyName; values: Values }>();
    for (const { part, values } of parts) {
      const keys = this.#sealer.keysOf(meeting, room, part.owners);
      const name = JSON.stringify([part.source, keys]);
      const before = rows.get(name)?.values ?? [];
      rows.set(name, { source: part.source, keys, values: [...before, ...values] });
    }
    return [...rows.values()];
  }
}

function valuesIn(text: string | null): Values {
  return JSON.parse(text ?? "[]") as Values;
}

/** Words of one place are not taken for another's. */
function boundTo(meeting: StreamId, seq: number): string {
  return `${meeting} ${seq}`;
}

function hashOf(rows: readonly SealedRow[]): string {
  return hash("sha256", Buffer.concat(rows.map(({ sealed }) => sealed)), "base64url");
}

/** Signs alone are left where words were taken out. */
function isSaid(value: unknown): boolean {
  return typeof value === "string"
    ? /[^—–\s]/.test(value)
    : Array.isArray(value)
      ? value.length > 0
      : value !== undefined;
}

/** Sign as long as the text: by its length messages keep their parts. */
function signFor(value: unknown): unknown {
  return typeof value === "string" ? "—".repeat(value.length) : Array.isArray(value) ? [] : null;
}
