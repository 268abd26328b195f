import { writeFileSync } from "node:fs";
import { csvText, harmless } from "../../export/tasks/csv-text.ts";
import type { PayoutTarget } from "./payout-target.ts";

const HEAD = ["id", "day", "pot", "to", "amount", "currency"];

/** A table with a line an order, for a bookkeeper or a bank's page that takes one. */
export const csv: PayoutTarget = {
  name: "csv",
  takes: "a file; left out: the standard output",
  async write({ orders }, { to, print }) {
    const rows = orders.map(({ id, day, pot, to: who, amount, currency }) => [
      id,
      day,
      harmless(pot),
      harmless(who),
      (amount / 100).toFixed(2),
      currency,
    ]);
    const text = csvText([HEAD, ...rows]);
    if (to === undefined) print(text);
    else writeFileSync(to, text, { mode: 0o600 });
  },
};
