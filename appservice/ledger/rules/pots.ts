import { potAccount } from "../entry.ts";
import type { Credit, LedgerRule } from "../rule.ts";

/** Shares of a pot, from the moment in which it counts; none where somebody objected before. */
export const pots: LedgerRule = {
  name: "pots",
  version: 1,
  credits: ({ happenings }) =>
    happenings.flatMap(({ id, place, event }): Credit[] => {
      if (event.type !== "pot-shown") return [];
      const { pot } = event;
      const objected = happenings.some(
        ({ event: other }) => other.type === "pot-objected" && other.pot === pot.id && other.at < pot.countsAt,
      );
      if (objected) return [];
      return pot.shares.map(({ who, amount }, nth) => ({
        key: `${place}.${nth}`,
        at: pot.countsAt,
        who,
        unit: pot.unit,
        amount,
        against: potAccount(pot.id),
        because: [id],
      }));
    }),
};
