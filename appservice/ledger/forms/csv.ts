import { csvText, harmless } from "../../export/tasks/csv-text.ts";
import { OwnUnit } from "../../protocol/account.ts";
import type { LedgerForm } from "./form.ts";

const HEAD = ["id", "at", "unit", "from", "to", "amount", "because", "rule"];

/** A table with a line an entry; amounts of a currency with two places. */
export const csv: LedgerForm = {
  name: "csv",
  extension: "csv",
  write: (entries) =>
    csvText([
      HEAD,
      ...entries.map(({ id, at, unit, from, to, amount, because, rule }) => [
        id,
        new Date(at).toISOString(),
        unit,
        harmless(from),
        harmless(to),
        OwnUnit.safeParse(unit).success ? String(amount) : (amount / 100).toFixed(2),
        because.join(" "),
        rule,
      ]),
    ]),
};
