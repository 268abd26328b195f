import { z } from "zod";
import { accountLines, dayOf, money } from "../../language/account-lines.ts";
import { meaningOf } from "../../language/command-words.ts";
import { dateIn, type Translate } from "../../language/translate.ts";
import { type AccountResponse, Currency, Quarter } from "../../protocol/account.ts";
import type { Language } from "../../protocol/identity.ts";
import type { PotRule, PotWish } from "../../protocol/pot.ts";
import type { Line } from "../messages/message.ts";
import { asyncCommand } from "./command.ts";
import { allowed, type Uses } from "./context.ts";
import { outcomeOf, refused, say } from "./outcome.ts";

const quarter = z.string().toUpperCase().pipe(Quarter);

/** Tells somebody, and nobody else, what they gave and allowed in the room. */
export const account = asyncCommand({
  name: "account",
  group: "record",
  args: z.array(quarter).max(1),
  run: async (
    [asked],
    context: Uses<"actor" | "live" | "t" | "language" | "ownAccount" | "roomTitle" | "tellAlone">,
  ) => {
    if (!allowed("see-own-account", context)) return refused("not-in-room");
    const { t, language } = context;
    const lines = statement(await context.ownAccount(asked ?? null), await context.roomTitle(), { t, language });
    return say(t((await context.tellAlone(lines)) ? "account.sent" : "account.refused"));
  },
});

type Saying = { readonly t: Translate; readonly language: Language };

function statement(account: AccountResponse, room: string, saying: Saying): Line[] {
  const { t } = saying;
  const { sums, coming } = accountLines(account, saying);
  return [
    { heading: t("account.title", { room, quarter: account.quarter }) },
    ...(sums.length === 0 ? [t("account.nothing")] : []),
    ...sums.map((item): Line => ({ item })),
    ...coming,
    { small: t("account.note", { before: account.before }) },
  ];
}

const RULES = ["equal", "hours", "corrections"] as const satisfies readonly PotRule[];

/** Amount, currency, rule and quarter, in this order; null: somebody objects. */
const PotArgs = z.array(z.string()).transform((typed, context): PotWish | null => {
  const [amount = "", unit = "", rule = "", when, ...more] = typed;
  if (typed.length === 1 && meaningOf(amount, ["word.pot.object"])) return null;
  const wish = {
    amount: Math.round(Number(amount.replace(",", ".")) * 100),
    unit: unit.toUpperCase(),
    rule: RULES.find((each) => meaningOf(rule, [`word.pot.${each}`]) !== null),
    quarter: when === undefined ? null : quarter.safeParse(when).data,
  };
  const isAmount = /^\d{1,9}([.,]\d{1,2})?$/.test(amount) && wish.amount > 0;
  if (isAmount && Currency.safeParse(wish.unit).success && wish.rule && wish.quarter !== undefined && more.length === 0)
    return { amount: wish.amount, unit: wish.unit, rule: wish.rule, quarter: wish.quarter };
  context.addIssue("nothing that a pot can be");
  return z.NEVER;
});

export const pot = asyncCommand({
  name: "pot",
  group: "record",
  args: PotArgs,
  run: async (wish, context: Uses<"actor" | "live" | "t" | "language" | "showPot" | "objectToPot">) => {
    const { t, language } = context;
    if (wish === null) {
      if (!allowed("object-to-pot", context)) return refused("not-in-room");
      const pot = await context.objectToPot();
      return "code" in pot
        ? outcomeOf(pot)
        : say(t("pot.objected", { amount: money(pot.amount, language), unit: pot.unit }));
    }
    if (!allowed("share-pot", context)) return refused("not-keeper");
    const shown = await context.showPot(wish);
    if ("code" in shown) return outcomeOf(shown);
    const { amount, unit, rule, quarter: of, circle, shares, countsAt } = shown.pot;
    return say(
      { heading: t("pot.shown", { amount: money(amount, language), unit, quarter: of }) },
      t(`pot.rule.${rule}`),
      t("pot.decided", { circle: circle + 1, theme: shown.theme }),
      t("pot.people", { count: shares.length }),
      t("pot.until", { date: dateIn(language, dayOf(countsAt)) }),
    );
  },
});
