import { useTranslation } from "react-i18next";
import { Avatar } from "../../src/look/avatar.tsx";
import { plainName } from "../../src/model/meeting/seats.ts";
import { personId } from "../../../tests/support/protocol/ids.ts";

/** People in the room, at the right as in a client, where they take room from the widget. */
export function PeoplePanel({ names }: { names: ReadonlyMap<string, string> }) {
  const { t } = useTranslation();
  return (
    <aside className="host-people" aria-label={t("hostPage.people")} data-testid="people-panel">
      <h2>{t("hostPage.people")}</h2>
      <ul>
        {[...names].map(([id, name]) => (
          <li key={id}>
            <Avatar id={personId(id)} name={name} size={28} />
            <bdi>{plainName(name)}</bdi>
          </li>
        ))}
      </ul>
    </aside>
  );
}
