import type { Meetings } from "../journal/meetings.ts";
import { accountLines } from "../language/account-lines.ts";
import { translateTo } from "../language/translate.ts";
import type { AccountResponse, Quarter } from "../protocol/account.ts";
import { Language, type ParticipantId, type RoomId } from "../protocol/identity.ts";
import { may } from "../protocol/rights.ts";
import { ACCOUNT_ROUTES } from "../protocol/routes/account.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Handlers } from "./bind.ts";

export type AccountApiDeps = {
  readonly meetings: Pick<Meetings, "of">;
  /** Statement of a person in a room; null: of the present quarter. */
  readonly accountOf: (room: RoomId, who: ParticipantId, quarter: Quarter | null) => Promise<AccountResponse>;
};

/** Everybody's own statement of account, and nobody else's. */
export function accountHandlers({ meetings, accountOf }: AccountApiDeps): Handlers<typeof ACCOUNT_ROUTES> {
  return {
    myAccount: async ({ asking: { room, actor }, params, reads }) => {
      const allowed = may(ACCOUNT_ROUTES.myAccount.right, actor, meetings.of(room)?.meeting ?? null);
      if (!allowed) throw new ApiFailure("FORBIDDEN");
      const language = Language.catch("en").parse(reads(Language.options));
      const account = await accountOf(room, actor.id, params.quarter === "now" ? null : params.quarter);
      const t = translateTo(language);
      const { sums, coming } = accountLines(account, { t, language });
      const counted = sums.length > 0 ? sums : [t("account.nothing")];
      return { quarter: account.quarter, before: account.before, lines: [...counted, ...coming] };
    },
  };
}
