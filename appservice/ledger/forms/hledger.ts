import { OwnUnit } from "../../protocol/account.ts";
import { accountKind, type LedgerEntry } from "../entry.ts";
import type { LedgerForm } from "./form.ts";

/**
 * A journal for hledger (and Ledger): a transaction an entry, its id as the code, its events in the comment. Units of
 * the ledger's own stand in quotation marks, since their names have a hyphen.
 */
export const hledger: LedgerForm = {
  name: "hledger",
  extension: "journal",
  write: (entries) => [directivesOf(entries), ...entries.map(transactionOf)].join("\n"),
};

/** Accounts and units are declared, so that `hledger check --strict` accepts them and finds a misspelt one. */
function directivesOf(entries: readonly LedgerEntry[]): string {
  const accounts = new Set(entries.flatMap(({ from, to }) => [accountOf(from), accountOf(to)]));
  const units = new Set(entries.map(({ unit }) => unit));
  return [
    ...[...units]
      .sort()
      .map((unit) => `commodity ${amountIn(unit, OwnUnit.safeParse(unit).success ? 1_000 : 100_000)}`),
    ...[...accounts].sort().map((account) => `account ${account}`),
    "",
  ].join("\n");
}

function transactionOf({ id, at, unit, from, to, amount, because, rule }: LedgerEntry): string {
  return [
    `${new Date(at).toISOString().slice(0, 10)} (${id}) ${rule}  ; because: ${because.join(" ")}`,
    `    ${accountOf(to)}  ${amountIn(unit, amount)}`,
    `    ${accountOf(from)}  ${amountIn(unit, -amount)}`,
    "",
  ].join("\n");
}

/** A number of the unit; a dot before hundredths, and none where there are none. */
function amountIn(unit: string, amount: number): string {
  return OwnUnit.safeParse(unit).success ? `${amount}. "${unit}"` : `${hundredths(amount)} ${unit}`;
}

function hundredths(amount: number): string {
  const whole = Math.trunc(Math.abs(amount) / 100);
  return `${amount < 0 ? "-" : ""}${whole}.${String(Math.abs(amount) % 100).padStart(2, "0")}`;
}

/** People, pots and the room stand apart; a colon parts accounts there, and two blanks or a semicolon end one. */
function accountOf(account: string): string {
  const kind = accountKind(account);
  // A pot's own account is named so already.
  return kind !== "people"
    ? account.replaceAll(/[\s;]+/g, "_")
    : `${kind}:${account.replaceAll(":", "/").replace(/[\s;]+/g, "_")}`;
}
