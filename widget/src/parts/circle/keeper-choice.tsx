import { useTranslation } from "react-i18next";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { PeopleChoice } from "../../look/people-choice.tsx";

type Props = { meeting: MeetingSnapshot; busy: boolean; onChosen: (who: string) => void; onBack: () => void };

/** Chooses the next keeper by name, and asks twice: only the new keeper can give the role back. */
export function KeeperChoice({ meeting, busy, onChosen, onBack }: Props) {
  const { t } = useTranslation();
  const others = meeting.people.filter(({ id, presence }) => id !== meeting.keeper && presence !== "left");
  return (
    <PeopleChoice
      people={others}
      lead={t("circle.keeper.handOverTo")}
      nobody={t("circle.keeper.nobodyElse")}
      busy={busy}
      testId="hand-over"
      onChosen={onChosen}
      onBack={onBack}
      sure={{
        question: (name) => t("circle.keeper.handOverSure", { name }),
        yes: t("circle.keeper.handOverYes"),
        icon: "keeper",
      }}
    />
  );
}
