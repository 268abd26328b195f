import { createHash } from "node:crypto";
import { Currency, type Quarter } from "../../protocol/account.ts";
import { isIn } from "../account.ts";
import { accountKind, byTime, type LedgerEntry } from "../entry.ts";

/** Order to pay somebody their share of a pot. Nobody has paid it: Mindminder moves no money. */
export type PayoutOrder = {
  /** Id of the entry that it rests on; the same order always has the same. */
  readonly id: string;
  /** Day from which the share counts, in UTC. */
  readonly day: string;
  readonly pot: string;
  readonly to: string;
  readonly currency: string;
  /** Hundredths. */
  readonly amount: number;
};

/** Orders for all shares of pots that count in a quarter, oldest first. */
export function ordersOf(entries: readonly LedgerEntry[], quarter: Quarter): PayoutOrder[] {
  return entries
    .filter((entry) => isIn(quarter, entry) && accountKind(entry.from) === "pot" && accountKind(entry.to) === "people")
    .filter(({ unit }) => Currency.safeParse(unit).success)
    .sort(byTime)
    .map(({ id, at, from, to, unit, amount }) => ({
      id,
      day: new Date(at).toISOString().slice(0, 10),
      pot: from,
      to,
      currency: unit,
      amount,
    }));
}

/** Name of a list of orders: the same list has the same, so that whoever gets it twice can tell. */
export function listId(orders: readonly PayoutOrder[]): string {
  return createHash("sha256").update(JSON.stringify(orders)).digest("hex").slice(0, 32);
}
