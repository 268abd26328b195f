import { useTranslation } from "react-i18next";
import { Icon } from "../../src/look/icons.tsx";
import { Avatar } from "../../src/look/avatar.tsx";
import type { RoomName } from "./places.ts";
import { personId } from "../../../tests/support/protocol/ids.ts";

type Props = {
  room: RoomName;
  names: Readonly<Record<RoomName, string>>;
  me: { id: string; name: string };
  onRoom: (room: RoomName) => void;
};

/** The rooms at the left, as a client has them; leaving the circle's room is how people look away. */
export function RoomList({ room, names, me, onRoom }: Props) {
  const { t } = useTranslation();
  return (
    <nav className="host-rooms" aria-label={t("hostPage.rooms")}>
      <p className="host-me">
        <Avatar id={personId(me.id)} name={me.name} size={28} />
        <bdi>{me.name}</bdi>
      </p>
      {(["circle", "other"] as const).map((each) => (
        <button
          key={each}
          type="button"
          className="host-room"
          aria-current={each === room ? "page" : undefined}
          data-testid={`room-${each}`}
          onClick={() => onRoom(each)}
        >
          <span className="host-sign">
            <Icon name={each === "circle" ? "circle" : "comment"} size={22} />
          </span>
          <bdi>{names[each]}</bdi>
        </button>
      ))}
    </nav>
  );
}
