import { useTranslation } from "react-i18next";
import type { AssemblyMap, SeatRequest } from "@mindminder/protocol/assembly-map.ts";
import { Button } from "../../look/button.tsx";
import { plainName } from "../../model/meeting/seats.ts";

type Props = { map: AssemblyMap; onSit: (seat: SeatRequest) => void; onVisit: (ring: number) => void };

/** Groups that call the keeper, and people who ask to sit elsewhere: the keeper sees them first. */
export function WishesOfGroups({ map: { rings, asked, calls }, onSit, onVisit }: Props) {
  const { t } = useTranslation("assembly");
  const names = new Map(rings.flatMap(({ people }) => people.map(({ id, name }) => [id, plainName(name)])));
  const wanting = asked.filter(({ who }) => names.has(who));
  if (calls.length + wanting.length === 0) return null;
  return (
    <ul className="ring-wishes" aria-label={t("wishes")}>
      {calls.map(({ ring, by }) => (
        <li className="ring-wish" key={`call ${ring}`}>
          <span>{t(names.has(by) ? "calls" : "groupCalls", { name: names.get(by) ?? "", n: ring })}</span>
          <Button kind="word" data-testid={`come-to-${ring}`} onClick={() => onVisit(ring)}>
            {t("listenIn")}
          </Button>
        </li>
      ))}
      {wanting.map(({ who, to }) => (
        <li className="ring-wish" key={who}>
          <span>{t("wants", { name: names.get(who) ?? "", n: to })}</span>
          <Button kind="word" data-testid="move-who-asked" onClick={() => onSit({ who, to })}>
            {t("move")}
          </Button>
        </li>
      ))}
    </ul>
  );
}
