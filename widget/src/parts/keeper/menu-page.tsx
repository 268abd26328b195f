import { useTranslation } from "react-i18next";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { KeeperChoice } from "../circle/keeper-choice.tsx";
import type { Me } from "../../model/meeting/rights.ts";
import type { CommandWish } from "../../model/meeting/send-command.ts";
import { OrderChoice } from "./order-choice.tsx";
import { PeopleChoice } from "../../look/people-choice.tsx";
import { mayBeTakenOut, mayHaveAnother } from "./steerable.ts";
import { ThemeForm } from "./theme-form.tsx";

/** Choices of the keeper that have a page of the menu of their own. */
export type OwnPage = "hand-over" | "order" | "take-out" | "give-turn" | "theme";

type Props = {
  page: OwnPage;
  meeting: MeetingSnapshot;
  me: Me;
  busy: boolean;
  onChosen: (wish: CommandWish) => void;
  onBack: () => void;
};

export function MenuPage({ page, meeting, me, busy, onChosen, onBack }: Props) {
  const { t } = useTranslation();
  switch (page) {
    case "hand-over":
      return (
        <KeeperChoice
          meeting={meeting}
          busy={busy}
          onChosen={(to) => onChosen({ type: "hand-over", to })}
          onBack={onBack}
        />
      );
    case "order":
      return <OrderChoice meeting={meeting} busy={busy} onChosen={onChosen} onBack={onBack} />;
    case "theme":
      return <ThemeForm meeting={meeting} busy={busy} onChosen={onChosen} onBack={onBack} />;
    case "give-turn":
      return (
        <PeopleChoice
          people={mayHaveAnother(meeting)}
          lead={t("keeper.giveTurnTo")}
          nobody={t("keeper.nobodyHasSpoken")}
          busy={busy}
          testId="give-turn"
          onChosen={(to) => onChosen({ type: "give-turn", to })}
          onBack={onBack}
        />
      );
    case "take-out":
      return (
        <PeopleChoice
          people={mayBeTakenOut(meeting, me)}
          lead={t("keeper.takeOutWhom")}
          nobody={t("circle.keeper.nobodyElse")}
          busy={busy}
          testId="take-out"
          sure={{ question: (name) => t("keeper.takeOutSure", { name }), yes: t("keeper.takeOutYes"), icon: "person" }}
          onChosen={(who) => onChosen({ type: "take-out", who })}
          onBack={onBack}
        />
      );
  }
}
