import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AssemblyMap, SeatRequest } from "@mindminder/protocol/assembly-map.ts";
import { Button } from "../../look/button.tsx";
import { plainName } from "../../model/meeting/seats.ts";

type Props = { map: AssemblyMap; to: number; onSit: (seat: SeatRequest) => void };

/** The keeper moves anybody of another group into this one. */
export function BringHere({ map: { rings }, to, onSit }: Props) {
  const { t } = useTranslation("assembly");
  const [chosen, setChosen] = useState("");
  const others = rings.filter(({ number, people }) => number !== to && people.length > 0);
  const who = others.flatMap(({ people }) => people).find(({ id }) => id === chosen)?.id;
  if (others.length === 0) return null;
  return (
    <form
      className="bring-here"
      onSubmit={(event) => {
        event.preventDefault();
        if (who === undefined) return;
        onSit({ who, to });
        setChosen("");
      }}
    >
      <select
        className="field"
        aria-label={t("bring")}
        data-testid="bring-whom"
        value={who ?? ""}
        onChange={({ target }) => setChosen(target.value)}
      >
        <option value="">{t("bring")}</option>
        {others.map(({ number, people }) => (
          <optgroup key={number} label={t("group", { n: number })}>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {plainName(name)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      {who !== undefined && (
        <Button type="submit" data-testid="bring-here">
          {t("move")}
        </Button>
      )}
    </form>
  );
}
