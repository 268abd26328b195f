import { translateTo } from "../language/translate.ts";
import type { Language, ParticipantId } from "../protocol/identity.ts";
import type { Line } from "../room/messages/message.ts";
import type { AskingToLink } from "../store/telegram-links.ts";

type TellWhoAsksDeps = {
  /** Tells somebody of Matrix alone, under one name once. False where that cannot be done. */
  readonly tellPerson: (who: ParticipantId, name: string, lines: readonly Line[]) => Promise<boolean>;
  readonly language: Language;
  readonly now: () => number;
};

/**
 * Asks somebody of Matrix whether they are who typed their code in Telegram; each asking is a question of its own, also
 * where the same account asks again.
 */
export function tellWhoAsks(
  participant: ParticipantId,
  { name, telegram }: AskingToLink,
  { tellPerson, language, now }: TellWhoAsksDeps,
): Promise<boolean> {
  const t = translateTo(language);
  return tellPerson(participant, `telegram-link-${telegram}-${now()}`, [
    t("telegram.link.asks", { name }),
    t("telegram.link.decide"),
  ]);
}
