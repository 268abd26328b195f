import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MeetingSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";
import { Button } from "../controls/button.tsx";
import { Avatar } from "../look/avatar.tsx";
import { plainName } from "../ring/seats.ts";

type Props = { meeting: MeetingSnapshot; busy: boolean; onChosen: (who: string) => void; onBack: () => void };

/** Whoever gets the keeper's role: chosen by name, and asked twice, since only they can give it back. */
export function KeeperChoice({ meeting, busy, onChosen, onBack }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const others = meeting.people.filter(({ id, presence }) => id !== meeting.keeper && presence !== "left");
  const to = others.find(({ id }) => id === chosen);
  return (
    <>
      <Button kind="ghost" icon="back" data-testid="keeper-back" onClick={to ? () => setChosen(null) : onBack}>{t("circle.keeper.back")}</Button>
      <p className="menu-note">{to ? t("circle.keeper.handOverSure", { name: plainName(to.name) }) : others.length > 0 ? t("circle.keeper.handOverTo") : t("circle.keeper.nobodyElse")}</p>
      {to
        ? <Button kind="word" icon="keeper" className="menu-wide" disabled={busy} data-testid="hand-over-sure" onClick={() => onChosen(to.id)}>{t("circle.keeper.handOverYes")}</Button>
        : (
          <div className="menu-people">
            {others.map(({ id, name }) => (
              <button key={id} type="button" className="menu-person" data-testid="hand-over-to" data-who={id} onClick={() => setChosen(id)}>
                <Avatar id={id} name={name} size={24} /><bdi>{plainName(name)}</bdi>
              </button>
            ))}
          </div>
        )}
    </>
  );
}
