import type { ParticipantId } from "../../protocol/identity.ts";
import { answerOf } from "../../circle/agreement.ts";
import type { Meeting } from "../../circle/meeting.ts";
import type { Translate } from "../../language/translate.ts";
import type { Shown, ShownItem } from "../../protocol/agreement.ts";
import { type Line, notice, type RoomContent } from "./message.ts";

/**
 * Question to all who are asked in the room, one message a meeting; null while nobody is asked. It rings only for those
 * who have not just typed something here, and will not see it.
 */
export function agreementMessage(
  meeting: Meeting,
  t: Translate,
  nameOf: (id: ParticipantId) => string,
): RoomContent | null {
  const { agreement } = meeting;
  if (!agreement || agreement.sought.length === 0) return null;
  const nameIn = (who: ParticipantId, name: string) => (nameOf(who) === who ? name : nameOf(who));
  const those = (answer: boolean | null) => agreement.sought.filter(({ who }) => answerOf(meeting, who) === answer);
  const names = (answer: boolean | null) =>
    those(answer)
      .map(({ who, name }) => nameIn(who, name))
      .join(", ");
  const asked = meeting.phase === "ended" ? [] : those(null);
  const lines: Line[] = [
    ...(asked.length > 0
      ? [
          t("agreement.ask", { people: names(null) }),
          [...shownSentences(agreement.asks, t), t("agreement.how")].join(" "),
        ]
      : []),
    ...(those(true).length > 0 ? [t("agreement.given", { people: names(true) })] : []),
    ...(those(false).length + (meeting.phase === "ended" ? those(null).length : 0) > 0
      ? [
          t("agreement.refused", {
            people: [names(false), meeting.phase === "ended" ? names(null) : ""].filter(Boolean).join(", "),
          }),
        ]
      : []),
  ];
  return notice(
    lines,
    {},
    asked.filter(({ message }) => message === null).map(({ who }) => who),
  );
}

/** Sentences that people are shown. */
export function shownSentences({ items }: Shown, t: Translate): string[] {
  return items.map((item) => sentenceOf(item, t));
}

function sentenceOf(item: ShownItem, t: Translate): string {
  switch (item.what) {
    case "speech":
      return item.outside === null ? t("agreement.speech-here") : t("agreement.speech-outside", { name: item.outside });
    case "minutes":
      return t("agreement.minutes", { name: item.outside });
    case "comments":
      return t("agreement.comments");
    case "telegram":
      return t("agreement.telegram", { chat: item.chat });
  }
}
