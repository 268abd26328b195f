import { type AccountResponse, OwnUnit } from "../protocol/account.ts";
import type { Language } from "../protocol/identity.ts";
import { dateIn, type Translate } from "./translate.ts";

type Saying = { readonly t: Translate; readonly language: Language };

/** A statement of account in words: what was counted in its quarter, and what is still to come. */
export function accountLines(
  { sums, coming }: Pick<AccountResponse, "sums" | "coming">,
  { t, language }: Saying,
): { readonly sums: string[]; readonly coming: string[] } {
  return {
    sums: sums.map(({ unit, amount }) => {
      const own = OwnUnit.safeParse(unit);
      return own.success ? `${t(`account.unit.${own.data}`)}: ${amount}` : `${unit}: ${money(amount, language)}`;
    }),
    coming: coming.map(({ at, unit, amount }) =>
      t("account.coming", { date: dateIn(language, dayOf(at)), amount: money(amount, language), unit }),
    ),
  };
}

/** An amount of money, given in hundredths. */
export function money(hundredths: number, language: Language): string {
  const places = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return new Intl.NumberFormat(language, places).format(hundredths / 100);
}

/** The day of a moment, in UTC: `2026-12-01`. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
