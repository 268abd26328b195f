import { useTranslation } from "react-i18next";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { Button } from "../../look/button.tsx";
import { useWish } from "../../sitting/use-wish.ts";
import { Avatar } from "../../look/avatar.tsx";
import { Icon } from "../../look/icons.tsx";
import { rightsOf } from "../../model/meeting/rights.ts";
import { nameOf } from "../../model/meeting/seats.ts";
import { useMeeting } from "../../sitting/meeting.ts";
import { HAND_ICON, handsIn } from "./hands.ts";

/** Raised hands in the order in which they are heard, and my own place among them. */
export function HandQueue({ meeting }: { meeting: MeetingSnapshot }) {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const { busy, wish } = useWish();
  const { queue, place, rule } = handsIn(meeting, me.id);
  const maySteer = rightsOf(meeting, me).maySteer && rule && !meeting.paused;
  return (
    <div className="queue" data-testid="hands">
      {place !== null && (
        <p className="queue-mine" data-testid="my-place">
          {place === 1 && rule ? t("circle.hands.yourTurnNext") : t("circle.hands.place", { n: place })}
        </p>
      )}
      <ol aria-label={rule ? t("circle.hands.queue") : t("circle.hands.queueLater")}>
        {queue.map(({ who, hand }) => {
          const name = nameOf(meeting, who);
          return (
            <li key={who} className="queue-hand" data-hand={hand} data-who={who} data-mine={who === me.id}>
              <Avatar id={who} name={name} size={24} />
              <bdi className="queue-name">{who === me.id ? t("ring.you") : name}</bdi>
              <span className="queue-kind">
                <Icon name={HAND_ICON[hand]} size={15} />
                {t(`circle.hands.kind.${hand}`)}
              </span>
              {maySteer && (
                <Button
                  icon="pass"
                  className="queue-give"
                  disabled={busy}
                  aria-label={t("circle.hands.give", { name })}
                  title={t("circle.hands.give", { name })}
                  data-testid="give-word"
                  onClick={() => void wish({ type: "give-word", to: who })}
                />
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
