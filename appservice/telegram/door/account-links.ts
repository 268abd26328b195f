import { formatTelegramId, type ParticipantId } from "../../protocol/identity.ts";
import { accountName, type TelegramAccount } from "../account.ts";
import type { AskingToLink, TelegramLinks } from "../../store/telegram-links.ts";

export type AccountLinksDeps = {
  readonly links: TelegramLinks;
  readonly now: () => number;
  /** Tells somebody of Matrix, and nobody else, who typed their code. False where that cannot be done. */
  readonly tellWhoAsks: (participant: ParticipantId, asking: AskingToLink) => Promise<boolean>;
  /** Ends what an account has open as a person of its own: it is somebody else's from now on. */
  readonly onLinked: (telegram: ParticipantId) => void;
  /** Ends what accounts have open in the name of somebody of Matrix: they are theirs no more. */
  readonly onParted: (participant: ParticipantId) => void;
};

/** Joins accounts of Telegram to people of Matrix, by a code that is proven from both sides. */
export class AccountLinks {
  readonly #deps: AccountLinksDeps;

  constructor(deps: AccountLinksDeps) {
    this.#deps = deps;
  }

  /** A code for somebody of Matrix, to be typed to the bot in Telegram. */
  offer(participant: ParticipantId): string {
    return this.#deps.links.offer(participant, this.#deps.now());
  }

  /**
   * Takes a code that somebody typed to the bot; the person of Matrix is told who. `untold`: they could not be; nothing
   * will come of it.
   */
  async confirmLink(code: string, account: TelegramAccount): Promise<"told" | "unknown" | "untold"> {
    const { links, now, tellWhoAsks } = this.#deps;
    const asking = { telegram: formatTelegramId(account.id), name: accountName(account) };
    const participant = links.typed(code, asking, now());
    if (participant === null) return "unknown";
    return (await tellWhoAsks(participant, asking)) ? "told" : "untold";
  }

  /** Answers for the person of Matrix who was told. Null: nobody asks, or too long ago. */
  decide(participant: ParticipantId, yes: boolean): AskingToLink | null {
    const { links, now, onLinked, onParted } = this.#deps;
    const decided = links.decide(participant, yes, now());
    if (!decided) return null;
    if (yes) onLinked(decided.telegram);
    if (decided.before !== null && decided.before !== participant) onParted(decided.before);
    return decided;
  }

  /** Parts somebody from their accounts. Returns how many there were. */
  part(participant: ParticipantId): number {
    const { links, onParted } = this.#deps;
    const parted = links.part(participant);
    if (parted > 0) onParted(participant);
    return parted;
  }
}
