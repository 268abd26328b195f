import { z } from "zod";
import { Instant } from "./identity.ts";

/** Quarter of a year, in UTC: `2026-Q3`. */
export const Quarter = z
  .string()
  .regex(/^2\d{3}-Q[1-4]$/)
  .brand("Quarter");
export type Quarter = z.infer<typeof Quarter>;

export function quarterOf(at: number): Quarter {
  const day = new Date(at);
  return Quarter.parse(`${day.getUTCFullYear()}-Q${Math.floor(day.getUTCMonth() / 3) + 1}`);
}

export function quarterBefore(quarter: Quarter): Quarter {
  const { from } = spanOfQuarter(quarter);
  return quarterOf(from - 1);
}

/** Moments between which a quarter lies: `from` belongs to it, `until` does not. */
export function spanOfQuarter(quarter: Quarter): { readonly from: number; readonly until: number } {
  const [year, number] = [Number(quarter.slice(0, 4)), Number(quarter.slice(6))];
  return { from: Date.UTC(year, (number - 1) * 3), until: Date.UTC(year, number * 3) };
}

/** Units that the ledger's own rules count in. */
export const OWN_UNITS = ["minutes-facilitated", "characters-corrected", "tasks-finished", "rights-granted"] as const;
export const OwnUnit = z.enum(OWN_UNITS);
export type OwnUnit = z.infer<typeof OwnUnit>;

/** Currency of a pot, by its three letters (ISO 4217); its amounts are in hundredths. */
export const Currency = z.string().regex(/^[A-Z]{3}$/);

export const LedgerUnit = z.union([OwnUnit, Currency]);
export type LedgerUnit = z.infer<typeof LedgerUnit>;

/**
 * Line of somebody's statement. `amount`: what was added to their account, or taken from it; of a currency in
 * hundredths.
 */
export const AccountLine = z.object({
  id: z.string(),
  at: Instant,
  unit: LedgerUnit,
  amount: z.number().int(),
  rule: z.string(),
  /** Events of the journal that it rests on. */
  because: z.array(z.string()),
});
export type AccountLine = z.infer<typeof AccountLine>;

/** Statement of one person's account in a room and a quarter. */
export const AccountResponse = z.object({
  quarter: Quarter,
  before: Quarter,
  sums: z.array(z.object({ unit: LedgerUnit, amount: z.number().int() })),
  lines: z.array(AccountLine),
  /** Shares of pots that count at `at`, unless somebody objects until then. */
  coming: z.array(z.object({ at: Instant, unit: LedgerUnit, amount: z.number().int() })),
});
export type AccountResponse = z.infer<typeof AccountResponse>;

/** A quarter by its name, or the present one. */
export const AskedQuarter = z.union([z.literal("now"), Quarter]);

/** One's own statement in words, in the language that was asked for. */
export const MyAccountResponse = z.object({ quarter: Quarter, before: Quarter, lines: z.array(z.string()) });
export type MyAccountResponse = z.infer<typeof MyAccountResponse>;
