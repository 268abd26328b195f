import type { TFunction } from "i18next";
import { isGuest } from "@mindminder/protocol/identity.ts";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { PersonVoice } from "../../model/call/call-state.ts";
import { SeatMark } from "../circle/seat-mark.tsx";
import { clockTime } from "../../language/duration.ts";
import { Icon, type IconName } from "../../look/icons.tsx";
import { Face } from "./face.tsx";
import type { Point, Size } from "./layout.ts";
import { plainName, type RingSeat, type SeatState } from "../../model/meeting/seats.ts";

const BADGE: Partial<Record<SeatState, IconName>> = { next: "next", done: "check", returns: "back" };

type Props = {
  seat: RingSeat;
  size: Size;
  label: number;
  at: Point;
  voice: PersonVoice | undefined;
  mine: boolean;
  keeper: boolean;
  /** True when nothing of theirs is written down. */
  unwritten: boolean;
  /** The middle shows this person: their seat is lit, and empty. */
  empty: boolean;
  /** Share of the longest talk time, from 0 to 1. */
  talk: number;
  /** Number of people before this one with the same colour. */
  twin: number;
};

/**
 * One place in the ring, drawn anew only when something of it changes: the face, the name where there is room for it,
 * and what the circle knows of this person.
 */
export const SeatItem = memo(function SeatItem({
  seat,
  size,
  label,
  at,
  voice,
  mine,
  keeper,
  unwritten,
  empty,
  talk,
  twin,
}: Props) {
  const { t } = useTranslation();
  const { person, state, hand } = seat;
  const name = plainName(person.name);
  const shorter = Math.min(size.width, size.height);
  const small = Math.max(10, Math.min(18, shorter * 0.2));
  const badge = person.presence === "away" ? "away" : BADGE[state];
  const described = describe(t, { seat, mine, keeper, unwritten, voice });
  const under = size.height / 2 + 8;
  return (
    <li
      className="seat"
      data-participant={person.id}
      data-state={state}
      data-presence={person.presence}
      data-mine={mine}
      data-empty={empty}
      data-small={shorter < 44 || undefined}
      style={{ transform: `translate(${at.x}px, ${at.y}px)` }}
    >
      <span className="seat-face" title={described} data-twin={twin || undefined}>
        {empty ? (
          <span className="seat-empty" style={size} />
        ) : (
          <Face id={person.id} name={person.name} size={size} voice={voice} mine={mine} />
        )}
        {badge && (
          <span className="seat-badge" data-badge={badge}>
            <Icon name={badge} size={small} />
          </span>
        )}
        {keeper && (
          <span className="seat-keeper" data-testid="seat-keeper">
            <Icon name="shield" size={small + 2} />
          </span>
        )}
        {isGuest(person.id) && (
          <span className="seat-keeper" data-testid="seat-guest">
            <Icon name="link" size={small + 2} />
          </span>
        )}
        {unwritten && (
          <span className="seat-unwritten" data-testid="seat-unwritten">
            <Icon name="unwritten" size={small} />
          </span>
        )}
        <SeatMark who={person.id} size={shorter} />
        {voice?.microphone === "open" && (
          <span className="seat-voice">
            <Icon name="microphone" size={small} />
          </span>
        )}
        {voice?.weak && voice.microphone !== "open" && (
          <span className="seat-voice seat-weak">
            <Icon name="weak" size={small} />
          </span>
        )}
        {hand && (
          <span className="seat-hand" data-hand={hand.kind} data-testid="seat-hand">
            <Icon name="hand" size={small} />
            {hand.place}
          </span>
        )}
      </span>
      {label > 0 && (
        <span className="seat-talk" style={{ top: under, width: Math.min(40, shorter * 0.7) }} aria-hidden="true">
          <i style={{ transform: `scaleX(${talk})` }} />
        </span>
      )}
      {label > 0 && (
        <span className="seat-label" style={{ maxWidth: label, top: under + 4 }} aria-hidden="true">
          <bdi>{mine ? t("ring.you") : name}</bdi>
        </span>
      )}
      <span className="unseen">{described}</span>
    </li>
  );
});

type Described = Pick<Props, "seat" | "mine" | "keeper" | "unwritten" | "voice">;

function describe(t: TFunction, { seat: { person, state, hand }, mine, keeper, unwritten, voice }: Described): string {
  const facts = [
    mine ? `${plainName(person.name)} (${t("ring.you")})` : plainName(person.name),
    t(`ring.seatState.${state}`),
    person.presence === "call" ? null : t(`ring.presence.${person.presence}`),
    hand ? t(`ring.hand.${hand.kind}`) : null,
    keeper ? t("ring.keeper") : null,
    unwritten ? t("agreement.sign") : null,
    voice ? t(`ring.microphone.${voice.microphone}`) : null,
    voice?.weak ? t("ring.weak") : null,
    person.spokenMs >= 1000 ? t("ring.spoke", { time: clockTime(person.spokenMs) }) : null,
  ];
  return facts.filter(Boolean).join(", ");
}
