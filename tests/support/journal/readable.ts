import { createDecipheriv, hkdfSync } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { OutboxRow } from "../../../appservice/journal/outbox-row.ts";
import { SealedPosts } from "../../../appservice/journal/sealing/sealed-posts.ts";
import { SealedWords } from "../../../appservice/journal/sealing/sealed-words.ts";
import type { MeetingId } from "../../../appservice/protocol/identity.ts";

/**
 * All that can be made out by somebody who has every file under a folder: bytes as they are, and what the keys there
 * open.
 */
export function readableUnder(folder: string): string {
  const files = (readdirSync(folder, { recursive: true }) as string[])
    .map((each) => join(folder, each))
    .filter((file) => statSync(file).isFile());
  const raw = files.map((file) => readFileSync(file, "latin1"));
  const opened = files.flatMap((file) => openedIn(file));
  return [...raw, ...opened].join("\n");
}

type Row = { readonly meeting: string; readonly seq: number; readonly keys: string; readonly sealed: Buffer };

type SealedText = { readonly place: string; readonly keys: string; readonly sealed: Buffer | string };

/** Texts sealed in a database that the keys beside it open, found as a stranger would who read about it (docs/adr). */
export function openedIn(database: string): string[] {
  if (!existsSync(`${database}-keys`)) return [];
  // In a copy: whoever reads in the place keeps a running service from emptying its log.
  const aside = mkdtempSync(join(tmpdir(), "mindminder-opened-"));
  try {
    const endings = ["", "-wal", "-keys", "-keys-wal"].filter((ending) => existsSync(`${database}${ending}`));
    for (const ending of endings) cpSync(`${database}${ending}`, join(aside, `copy${ending}`));
    return openedBy(join(aside, "copy"), join(aside, "copy-keys"));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function openedBy(database: string, keys: string): string[] {
  const [db, ring] = [database, keys].map((file) => new Database(file, { readonly: true }));
  if (!db || !ring) return [];
  try {
    const known = new Map(ring.prepare("SELECT id, key FROM keys").raw().all() as [string, Buffer][]);
    const rows = db.prepare("SELECT meeting, seq, keys, sealed FROM sealed_words").all() as Row[];
    const posts = (column: string) => `SELECT scope || char(10) || key AS place, ${column}sealed_by AS keys,
      ${column}content AS sealed FROM outbox WHERE ${column}sealed_by IS NOT NULL`;
    const messages = db.prepare(`${posts("")} UNION ALL ${posts("flight_")}`).all() as SealedText[];
    const texts = (table: string, column: string) => `SELECT '${table} ' || meeting AS place, sealed_by AS keys,
      ${column} AS sealed FROM ${table} WHERE sealed_by IS NOT NULL AND ${column} IS NOT NULL`;
    const outside = [texts("exported_tasks", "wanted"), texts("telegram_outbox", "html")].join(" UNION ALL ");
    const waiting = db.prepare(outside).all() as SealedText[];
    const words = rows.map(({ meeting, seq, ...row }) => ({ ...row, place: `${meeting} ${seq}` }));
    return [...words, ...messages, ...waiting].flatMap(({ place, keys: name, sealed: box }) => {
      const sealed = typeof box === "string" ? Buffer.from(box, "base64") : box;
      const found = name.split(" ").map((id) => known.get(id));
      if (!found.every((key) => key !== undefined)) return [];
      const all = Buffer.concat(found);
      const key =
        found.length === 1 ? all : Buffer.from(hkdfSync("sha256", all, "", "org.mindminder.words-of-several", 32));
      const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12))
        .setAAD(Buffer.from(place))
        .setAuthTag(sealed.subarray(-16));
      return [Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString("utf8")];
    });
  } finally {
    db.close();
    ring.close();
  }
}

/** Messages of the bot as they are said. */
export function messagesIn(db: Database.Database): string[] {
  const sealed = new SealedPosts(db);
  const rows = db.prepare("SELECT * FROM outbox").all() as OutboxRow[];
  return rows.map((row) => sealed.open(row)).flatMap(({ content, flight_content: flight }) => [content, flight ?? ""]);
}

type Stored = {
  readonly meeting: MeetingId;
  readonly seq: number;
  readonly body: string;
  readonly words: string | null;
};

/** Events as they were said, in the form in which they are stored; of one meeting from a place on, or of all. */
export function saidIn(db: Database.Database, meeting: MeetingId | null = null, from = 0): unknown[] {
  const sealed = new SealedWords(db);
  const sql = "SELECT meeting, seq, body, words FROM events WHERE meeting = COALESCE(?, meeting) AND seq >= ?";
  const rows = db.prepare(`${sql} ORDER BY meeting, seq`).all(meeting, from) as Stored[];
  return rows.map(({ body, words, ...row }) => {
    const event = JSON.parse(body) as Readonly<Record<string, unknown>>;
    return words === null ? event : sealed.open(row.meeting, row.seq, words, event);
  });
}
