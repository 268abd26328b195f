import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { Button, RoundButton } from "../../look/button.tsx";
import type { CommandWish } from "../../model/meeting/send-command.ts";
import { nameOf } from "../../model/meeting/seats.ts";
import { toArrange } from "./steerable.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";

type Props = { meeting: MeetingSnapshot; busy: boolean; onChosen: (wish: CommandWish) => void; onBack: () => void };

/** Arranges those who have not spoken yet: moved up one by one, or drawn by lot. */
export function OrderChoice({ meeting, busy, onChosen, onBack }: Props) {
  const { t } = useTranslation();
  const people = toArrange(meeting);
  const [wanted, setWanted] = useState<readonly ParticipantId[]>(people);
  // Leaves out people who have spoken meanwhile, and puts those who have come at the end.
  const order = [...wanted.filter((id) => people.includes(id)), ...people.filter((id) => !wanted.includes(id))];
  const up = (place: number) =>
    setWanted(
      order.map((id, at) => (at === place - 1 ? (order[place] ?? id) : at === place ? (order[place - 1] ?? id) : id)),
    );
  return (
    <>
      <Button kind="ghost" icon="back" data-testid="keeper-back" onClick={onBack}>
        {t("circle.keeper.back")}
      </Button>
      <ol className="menu-people menu-order">
        {order.map((id, place) => (
          <li key={id} data-testid="order-of" data-who={id}>
            <bdi>{nameOf(meeting, id)}</bdi>
            {place > 0 && (
              <RoundButton
                kind="small"
                icon="up"
                label={t("keeper.moveUp", { name: nameOf(meeting, id) })}
                data-testid="move-up"
                onClick={() => up(place)}
              />
            )}
          </li>
        ))}
      </ol>
      <Button
        kind="ghost"
        icon="lots"
        disabled={busy}
        data-testid="draw-order"
        onClick={() => onChosen({ type: "draw-order" })}
      >
        {t("keeper.draw")}
      </Button>
      <Button
        kind="word"
        icon="check"
        className="menu-wide"
        disabled={busy}
        data-testid="order-set"
        onClick={() => onChosen({ type: "reorder", order: [...order] })}
      >
        {t("keeper.setOrder")}
      </Button>
    </>
  );
}
