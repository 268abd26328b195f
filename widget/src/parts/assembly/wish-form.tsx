import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CompanyWish, GatheringAssembly } from "@mindminder/protocol/assembly-gathering.ts";
import type { AssemblyCommandRequest } from "@mindminder/protocol/assembly-map.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import { Button } from "../../look/button.tsx";
import { plainName } from "../../model/meeting/seats.ts";
import { useMeeting } from "../../sitting/meeting.ts";

type Props = { gathering: GatheringAssembly; ask: (command: AssemblyCommandRequest) => Promise<boolean> };

/** Wishes about company: one's own, and for whoever may begin the assembly those of any two. */
export function WishForm({ gathering: { people, wishes, mayStart }, ask }: Props) {
  const { t } = useTranslation("assembly");
  const { me } = useMeeting();
  const [one, setOne] = useState<string>(me.id);
  const [other, setOther] = useState("");
  const idOf = (chosen: string) => people.find(({ id }) => id === chosen)?.id;
  const nameOf = (who: ParticipantId) => plainName(people.find(({ id }) => id === who)?.name ?? who);
  const [first, second] = [idOf(one), idOf(other)];
  const send = (wish: CompanyWish, about: ParticipantId[]) => void ask({ type: "wish", wish, people: about });
  const choice = (label: string, testId: string, chosen: string, choose: (who: string) => void, without: string) => (
    <select
      className="field"
      aria-label={label}
      data-testid={testId}
      value={chosen}
      onChange={({ target }) => choose(target.value)}
    >
      {testId === "wish-other" && <option value="">{label}</option>}
      {people
        .filter(({ id }) => id !== without)
        .map(({ id, name }) => (
          <option key={id} value={id}>
            {id === me.id ? t("myself") : plainName(name)}
          </option>
        ))}
    </select>
  );
  return (
    <section className="gathering-wishes">
      <h3>{t("wishesOfCompany")}</h3>
      <div className="wish-form">
        {mayStart && choice(t("whoWishes"), "wish-one", one, setOne, other)}
        {choice(t("withWhom"), "wish-other", other, setOther, one)}
        {(["together", "apart"] as const).map((wish) => (
          <Button
            key={wish}
            data-testid={`wish-${wish}`}
            disabled={!first || !second}
            onClick={() => first && second && send(wish, [first, second])}
          >
            {t(`wish.${wish}`)}
          </Button>
        ))}
      </div>
      <ul>
        {wishes.map(({ wish, people: about }) => (
          <li key={about.join(" ")} className="wish">
            <span>{t(`wished.${wish}`, { names: about.map(nameOf).join(", ") })}</span>
            {(mayStart || about.includes(me.id)) && (
              <Button data-testid="wish-away" onClick={() => send("either", about)}>
                {t("wishAway")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
