import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PersonSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { Button } from "./button.tsx";
import { Avatar } from "./avatar.tsx";
import type { IconName } from "./icons.tsx";
import { plainName } from "../model/meeting/seats.ts";

type Props = {
  readonly people: readonly PersonSnapshot[];
  readonly lead: string;
  readonly nobody: string;
  readonly busy: boolean;
  /** The second question, where there is one, and the answer that does it. */
  readonly sure?: { readonly question: (name: string) => string; readonly yes: string; readonly icon: IconName };
  readonly testId: string;
  readonly onChosen: (who: string) => void;
  readonly onBack: () => void;
};

/** Somebody is chosen by name, in the keeper's menu. */
export function PeopleChoice({ people, lead, nobody, busy, sure, testId, onChosen, onBack }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const person = people.find(({ id }) => id === chosen);
  const asks = sure && person;
  return (
    <>
      <Button kind="ghost" icon="back" data-testid="keeper-back" onClick={asks ? () => setChosen(null) : onBack}>
        {t("circle.keeper.back")}
      </Button>
      <p className="menu-note">{asks ? sure.question(plainName(person.name)) : people.length > 0 ? lead : nobody}</p>
      {asks ? (
        <Button
          kind="word"
          icon={sure.icon}
          className="menu-wide"
          disabled={busy}
          data-testid={`${testId}-sure`}
          onClick={() => onChosen(person.id)}
        >
          {sure.yes}
        </Button>
      ) : (
        <div className="menu-people">
          {people.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              className="menu-person"
              data-testid={`${testId}-to`}
              data-who={id}
              disabled={busy}
              onClick={() => (sure ? setChosen(id) : onChosen(id))}
            >
              <Avatar id={id} name={name} size={24} />
              <bdi>{plainName(name)}</bdi>
            </button>
          ))}
        </div>
      )}
    </>
  );
}
