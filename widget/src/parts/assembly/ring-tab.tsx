import { useTranslation } from "react-i18next";
import type { RingOnMap } from "@mindminder/protocol/assembly-map.ts";
import { Icon } from "../../look/icons.tsx";
import { plainName } from "../../model/meeting/seats.ts";
import { useMeeting } from "../../sitting/meeting.ts";
import type { MapLayout } from "./map-layout.ts";
import { RingDisc } from "./ring-disc.tsx";

/** Room between a group and its border. */
const PADDING = 5;

type Props = {
  ring: RingOnMap;
  mine: boolean;
  chosen: boolean;
  calls: boolean;
  layout: MapLayout;
  name: string;
  /** False where all sit in this one. */
  numbered: boolean;
  chair: boolean;
  onChoose: () => void;
};

/** One group of the map; a press shows it in full. */
export function RingTab({ ring, mine, chosen, calls, layout, name, numbered, chair, onChoose }: Props) {
  const { t } = useTranslation("assembly");
  const { me } = useMeeting();
  const { cell, captioned } = layout;
  const { number, status, theme, people, turns } = ring;
  const speaks = status === "running" ? people.find(({ id }) => id === ring.speaker) : undefined;
  const state = speaks ? t("hasWord", { name: plainName(speaks.name) }) : t(`${status}`);
  const facts = [
    name,
    mine && numbered && t("yours"),
    calls && t("callsKeeper"),
    theme,
    state,
    turns && status === "running" && t("turns", turns),
    t("people", { count: people.length }),
  ];
  return (
    <button
      type="button"
      role="tab"
      id={`ring-tab-${number}`}
      className="ring-tab"
      aria-selected={chosen}
      aria-controls="ring-details"
      tabIndex={chosen ? 0 : -1}
      data-mine={mine}
      data-status={status}
      style={{ width: cell }}
      data-testid={`ring-on-map-${number}`}
      onClick={onChoose}
    >
      <span className="unseen">{facts.filter(Boolean).join(", ")}</span>
      <RingDisc ring={ring} width={cell - 2 * PADDING} me={me.id} {...{ numbered, chair, calls }} />
      {captioned && (
        <span className="ring-caption" aria-hidden="true">
          {theme === null && speaks && <Icon name="sound" size={14} />}
          <bdi>{theme ?? (speaks ? plainName(speaks.name) : state)}</bdi>
        </span>
      )}
    </button>
  );
}
