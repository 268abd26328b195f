import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { Button } from "../../look/button.tsx";
import type { CommandWish } from "../../model/meeting/send-command.ts";
import type { OwnPage } from "./menu-page.tsx";
import { mayBeTakenOut, mayHaveAnother, toArrange } from "./steerable.ts";
import type { Me } from "../../model/meeting/rights.ts";

type Props = {
  meeting: MeetingSnapshot;
  me: Me;
  keeps: boolean;
  busy: boolean;
  act: (wish: CommandWish) => () => void;
  open: (page: OwnPage) => void;
};

/** Menu items by which the keeper changes the circle that runs, or comes next. */
export function SteeringItems({ meeting, me, keeps, busy, act, open }: Props) {
  const { t } = useTranslation();
  const { phase, paused } = meeting;
  const [sure, setSure] = useState(false);
  const running = phase === "circle";
  return (
    <>
      {running && (
        <Button kind="ghost" icon="extend" disabled={busy} data-testid="more-time" onClick={act({ type: "more-time" })}>
          {t("keeper.moreTime")}
        </Button>
      )}
      {toArrange(meeting).length > 1 && (
        <Button kind="ghost" icon="order" data-testid="order" onClick={() => open("order")}>
          {t("keeper.order")}
        </Button>
      )}
      {mayHaveAnother(meeting).length > 0 && (
        <Button kind="ghost" icon="back" data-testid="give-turn" onClick={() => open("give-turn")}>
          {t("keeper.giveTurn")}
        </Button>
      )}
      {(running || phase === "between") && (
        <Button kind="ghost" icon="pen" data-testid="change-theme" onClick={() => open("theme")}>
          {t("keeper.theme")}
        </Button>
      )}
      {keeps && mayBeTakenOut(meeting, me).length > 0 && phase !== "ended" && (
        <Button kind="ghost" icon="person" data-testid="take-out" onClick={() => open("take-out")}>
          {t("keeper.takeOut")}
        </Button>
      )}
      {keeps && (phase === "ended" || phase === "gathering") && (
        <Button
          kind="ghost"
          icon="microphoneOff"
          disabled={busy}
          data-testid="mute-all"
          onClick={act({ type: "mute-all" })}
        >
          {t("keeper.muteAll")}
        </Button>
      )}
      {running &&
        !paused &&
        (sure ? (
          <Button
            kind="grave"
            icon="next"
            disabled={busy}
            data-testid="end-circle-sure"
            onClick={act({ type: "end-circle" })}
          >
            {t("keeper.endCircleSure")}
          </Button>
        ) : (
          <Button kind="ghost" icon="next" data-testid="end-circle" onClick={() => setSure(true)}>
            {t("keeper.endCircle")}
          </Button>
        ))}
    </>
  );
}
