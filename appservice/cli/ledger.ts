import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { Journal } from "../journal/journal.ts";
import { LEDGER_FORMS } from "../ledger/forms/form-list.ts";
import { Ledger } from "../ledger/ledger.ts";
import { knownSigner, logLines } from "../ledger/log-file.ts";
import { ordersOf } from "../ledger/payouts/order.ts";
import { PAYOUT_TARGETS } from "../ledger/payouts/target-list.ts";
import { originOf } from "../ledger/seal.ts";
import { sealedIn } from "../ledger/sealed-entries.ts";
import { type NoteSigner, verifierKey } from "../ledger/signed-note.ts";
import { provenBy, tlogProof } from "../ledger/tlog-proof.ts";
import { type LogFault, verifyLog } from "../ledger/verify.ts";
import { PurposeJournal } from "../purposes/purpose-journal.ts";
import { Quarter } from "../protocol/account.ts";
import { RoomId } from "../protocol/identity.ts";
import { z } from "zod";
import { Erasures } from "../store/erasures.ts";
import { LedgerLog } from "../store/ledger-log.ts";
import { wallClock } from "../time/time.ts";
import { badArgument, withKeptDatabase } from "./kept-database.ts";

export type LedgerOptions = { readonly config: string };
export type LedgerExportOptions = LedgerOptions & { readonly format: string; readonly out?: string };
export type LedgerPayoutOptions = LedgerOptions & {
  readonly as: string;
  readonly to?: string;
  readonly secretFile?: string;
};
export type LedgerVerifyOptions = LedgerOptions & { readonly checkpoint?: string; readonly proof?: string };
export type LedgerProofOptions = LedgerOptions & { readonly person?: string };

/** Name under which the log of a room is written as it is, for verifiers of other makes. */
export const LOG_FORM = "log";

/** Writes the ledger of a room as a file. */
export async function exportLedger(wanted: string, options: LedgerExportOptions): Promise<void> {
  await withKeptDatabase(options.config, async (db) => {
    const room = roomIn(wanted);
    const log = new LedgerLog(db);
    const form = LEDGER_FORMS.find(({ name }) => name === options.format);
    if (!form && options.format !== LOG_FORM)
      throw badArgument(
        "--format",
        `“${options.format}” is no form of a ledger.`,
        `There are: ${formNames().join(", ")}.`,
      );
    const text = form ? form.write((await ledgerIn(db).at(room, wallClock())).counted) : logLines(room, log);
    if (options.out === undefined) process.stdout.write(text);
    else writeFileSync(options.out, text);
  });
}

/** Hands the orders to pay the shares of a quarter's pots to a target. */
export async function payOut(wanted: string, quarterText: string, options: LedgerPayoutOptions): Promise<void> {
  const target = PAYOUT_TARGETS.find(({ name }) => name === options.as);
  if (!target)
    throw badArgument(
      "--as",
      `“${options.as}” is no target of payouts.`,
      `There are: ${PAYOUT_TARGETS.map(({ name, takes }) => `${name} (--to: ${takes})`).join(", ")}.`,
    );
  const quarter = Quarter.safeParse(quarterText.toUpperCase());
  if (!quarter.success) throw badArgument(quarterText, "this is no quarter.", "Write one like 2026-Q3.");
  await withKeptDatabase(options.config, async (db) => {
    const room = roomIn(wanted);
    const { counted } = await ledgerIn(db).at(room, wallClock());
    const orders = ordersOf(counted, quarter.data);
    if (orders.length === 0)
      throw badArgument(
        quarter.data,
        "no share of a pot counts in this quarter.",
        "docs/ledger.md says when one does.",
      );
    const secret = options.secretFile === undefined ? undefined : readFileSync(options.secretFile, "utf8").trim();
    const print = (text: string) => void process.stdout.write(text);
    await target.write({ room, quarter: quarter.data, orders }, { to: options.to, secret, now: wallClock, print });
  });
}

function ledgerIn(db: Database.Database): Ledger {
  return new Ledger({
    journal: new Journal(db),
    purposes: new PurposeJournal(db),
    sealed: sealedIn(new LedgerLog(db)),
    erasures: new Erasures(db),
    onUnreadable: leftOut,
  });
}

export function formNames(): string[] {
  return [...LEDGER_FORMS.map(({ name }) => name), LOG_FORM];
}

/** Checks the logs of all rooms, or of one, against their checkpoints, and against one that was kept elsewhere. */
export async function verifyLedger(wanted: string | undefined, options: LedgerVerifyOptions): Promise<void> {
  await withKeptDatabase(options.config, async (db) => {
    const log = new LedgerLog(db);
    const signer = knownSigner(log);
    if (options.proof !== undefined) return checkProof(options.proof, signer);
    const rooms = wanted === undefined ? log.rooms() : [roomIn(wanted)];
    const told = options.checkpoint === undefined ? [] : [readFileSync(options.checkpoint, "utf8")];
    if (!signer || rooms.length === 0)
      return console.log("There is no log yet: one is made within the hour once something counts.");
    for (const room of rooms) {
      const lines = log.lines(room);
      const notes = [...log.checkpoints(room).map(({ note }) => note), ...told];
      const faults = verifyLog({ origin: originOf(room, signer), verifier: verifierKey(signer), lines }, notes);
      for (const fault of faults) console.error(`${room}: ${sentenceOf(fault)}`);
      if (faults.length > 0) process.exitCode = 1;
      else console.log(`${room}: ${lines.length} entries, ${notes.length} checkpoints: all as it was signed.`);
    }
  });
}

function checkProof(file: string, signer: NoteSigner | null): void {
  const proven = signer && provenBy(readFileSync(file, "utf8"), verifierKey(signer));
  if (proven) return console.log(`${file}: in the log of ${proven.origin}: ${proven.entry}`);
  console.error(`${file}: proves nothing that this service's key has signed.`);
  process.exitCode = 1;
}

/** Writes a proof for each entry of a room that its newest checkpoint covers and that was not erased. */
export async function proveLedger(wanted: string, folder: string, options: LedgerProofOptions): Promise<void> {
  await withKeptDatabase(options.config, async (db) => {
    const room = roomIn(wanted);
    const log = new LedgerLog(db);
    const [signer, newest, lines] = [knownSigner(log), log.checkpoints(room).at(-1), log.lines(room)];
    if (!signer || !newest)
      return console.log("There is no log yet: one is made within the hour once something counts.");
    mkdirSync(folder, { recursive: true });
    let written = 0;
    for (const { n, open } of lines) {
      const proof = isOf(options.person, open?.entry) ? tlogProof(lines, n, newest) : null;
      if (proof === null) continue;
      writeFileSync(join(folder, `${n}.tlog-proof`), proof, { mode: 0o600 });
      written += 1;
    }
    console.log(`${folder}: ${written} proofs. They are checked with the key ${verifierKey(signer)}`);
  });
}

const Parties = z.object({ from: z.string(), to: z.string() });

function isOf(person: string | undefined, entry: string | undefined): boolean {
  if (person === undefined || entry === undefined) return true;
  const { from, to } = Parties.parse(JSON.parse(entry));
  return from === person || to === person;
}

function sentenceOf(fault: LogFault): string {
  switch (fault.fault) {
    case "line-missing":
      return `record ${fault.n} is missing.`;
    case "entry-changed":
      return `entry ${fault.n} is another than the one that was sealed.`;
    case "signature":
      return `checkpoint ${fault.nth} is not signed by this service's key.`;
    case "other-log":
      return `checkpoint ${fault.nth} is of another room's log.`;
    case "shorter":
      return `the log is shorter than checkpoint ${fault.nth}, which saw ${fault.size} entries: some were taken out, or an older backup was restored.`;
    case "root":
      return `the records are others than those of checkpoint ${fault.nth}.`;
  }
}

function roomIn(text: string): RoomId {
  const room = RoomId.safeParse(text);
  if (!room.success)
    throw badArgument(
      text,
      "this is no room's id.",
      "It begins with !; “npx --no mindminder export” lists meetings with their rooms.",
    );
  return room.data;
}

function leftOut(meeting: string, error: unknown): void {
  console.error(`${meeting}: cannot be read (${String(error)}), and is left out.`);
}
