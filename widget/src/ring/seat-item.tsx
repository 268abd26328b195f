import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Voice } from "../call/call-state.ts";
import { SeatMark } from "../circle/seat-mark.tsx";
import { clockTime } from "../language/duration.ts";
import { Icon, type IconName } from "../look/icons.tsx";
import { Face } from "./face.tsx";
import { plainName, type Seat, type SeatState } from "./seats.ts";

const BADGE: Partial<Record<SeatState, IconName>> = { next: "next", done: "check", returns: "back" };

type Props = {
  seat: Seat;
  size: number;
  label: number;
  at: { x: number; y: number };
  voice: Voice | undefined;
  mine: boolean;
  keeper: boolean;
  /** Share of the longest talk time, from 0 to 1. */
  talk: number;
};

/** One place in the ring: the face, the name where there is room for it, and what the circle knows of this person. */
export function SeatItem({ seat: { person, state }, size, label, at, voice, mine, keeper, talk }: Props) {
  const { t } = useTranslation();
  const name = plainName(person.name);
  const badge = person.presence === "away" ? "away" : BADGE[state];
  const described = describe(t, { seat: { person, state }, mine, keeper, voice });
  return (
    <li
      className="seat" data-participant={person.id} data-state={state} data-presence={person.presence} data-mine={mine}
      style={{ transform: `translate(${at.x}px, ${at.y}px)` }} title={described}
    >
      <span className="seat-face">
        <Face id={person.id} name={person.name} size={size} voice={voice} mine={mine} />
        {badge && <span className="seat-badge" data-badge={badge}><Icon name={badge} size={Math.max(10, size * 0.2)} /></span>}
        <SeatMark who={person.id} size={size} />
        {voice?.microphone === "open" && <span className="seat-voice"><Icon name="microphone" size={Math.max(10, size * 0.18)} /></span>}
      </span>
      {label > 0 && (
        <span className="seat-label" style={{ maxWidth: label, top: size / 2 + 5 }} aria-hidden="true">
          <bdi>{mine ? t("ring.you") : name}</bdi>
          {size >= 56 && <span className="seat-talk"><i style={{ transform: `scaleX(${talk})` }} /></span>}
        </span>
      )}
      <span className="unseen">{described}</span>
    </li>
  );
}

type Described = Pick<Props, "seat" | "mine" | "keeper" | "voice">;

function describe(t: TFunction, { seat: { person, state }, mine, keeper, voice }: Described): string {
  const facts = [
    mine ? `${plainName(person.name)} (${t("ring.you")})` : plainName(person.name),
    t(`ring.seatState.${state}`),
    person.presence === "call" ? null : t(`ring.presence.${person.presence}`),
    keeper ? t("ring.keeper") : null,
    voice ? t(`ring.microphone.${voice.microphone}`) : null,
    voice?.weak ? t("ring.weak") : null,
    person.spokenMs >= 1000 ? t("ring.spoke", { time: clockTime(person.spokenMs) }) : null,
  ];
  return facts.filter(Boolean).join(", ");
}
