import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { Popover } from "../../look/popover.tsx";
import { MenuPage, type OwnPage } from "../keeper/menu-page.tsx";
import { SteeringItems } from "../keeper/steering-items.tsx";
import type { CommandWish } from "../../model/meeting/send-command.ts";
import { stageViewOf } from "../circle/kinds/kinds.ts";
import { nameOf } from "../../model/meeting/seats.ts";
import { useMeeting, useMeetingSnapshot, useMyRights } from "../../sitting/meeting.ts";
import { Button } from "../../look/button.tsx";
import { useWish } from "../../sitting/use-wish.ts";

const GuestsPage = lazy(async () => ({ default: (await import("../guest/guests-page.tsx")).GuestsPage }));

/** Menu of what only the keeper may do: one press away, and in nobody else's way. */
export function KeeperMenu() {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const meeting = useMeetingSnapshot();
  const { wish, busy } = useWish();
  const [open, setOpen] = useState(false);
  const [page, setPage] = useState<OwnPage | "circle" | "guests" | null>(null);
  const close = () => {
    setOpen(false);
    setPage(null);
  };

  const { mayArrange, hasMenu, maySteer, keeps, mayHost } = useMyRights();
  if (!hasMenu) return null;
  const act = (what: CommandWish) => () => {
    close();
    void wish(what);
  };
  // The keeper of an assembly hosts its guests wherever they sit, and steers no other's group.
  const steers = meeting !== null && mayArrange;
  const items = steers && (
    <SteeringItems meeting={meeting} me={me} keeps={keeps} busy={busy} act={act} open={setPage} />
  );
  return (
    <Popover
      open={open}
      onClose={close}
      label={t("act.keeper")}
      step={page ?? ""}
      button={(expands) => (
        <Button icon="keeper" data-testid="keeper-menu" onClick={() => (open ? close() : setOpen(true))} {...expands}>
          {t("act.keeper")}
        </Button>
      )}
    >
      {page === "circle" && (
        <Button kind="ghost" icon="back" data-testid="keeper-back" onClick={() => setPage(null)}>
          {t("circle.keeper.back")}
        </Button>
      )}
      {page === "guests" ? (
        <Suspense>
          <GuestsPage onBack={() => setPage(null)} />
        </Suspense>
      ) : !steers || page === "circle" || (page === null && !maySteer) ? (
        <>
          {items}
          {(!steers || page === null) && mayHost && <GuestsItem open={() => setPage("guests")} />}
        </>
      ) : page ? (
        <MenuPage
          page={page}
          meeting={meeting}
          me={me}
          busy={busy}
          onChosen={(what) => act(what)()}
          onBack={() => setPage(page === "hand-over" || !maySteer ? null : "circle")}
        />
      ) : (
        <>
          <TurnItems meeting={meeting} mine={meeting.turn?.speaker === me.id} busy={busy} act={act} />
          <Button kind="ghost" icon="circle" data-testid="change-circle" onClick={() => setPage("circle")}>
            {t("keeper.changeCircle")}
          </Button>
          <Button kind="ghost" icon="keeper" data-testid="hand-over" onClick={() => setPage("hand-over")}>
            {t("circle.keeper.handOver")}
          </Button>
          {mayHost && <GuestsItem open={() => setPage("guests")} />}
          <EndItem busy={busy} end={act({ type: "end" })} />
        </>
      )}
    </Popover>
  );
}

type ItemsProps = { meeting: MeetingSnapshot; mine: boolean; busy: boolean; act: (wish: CommandWish) => () => void };

/** The running turn, and on to what comes next. */
function TurnItems({ meeting, mine, busy, act }: ItemsProps) {
  const { t } = useTranslation();
  const { turn, paused, phase, rules } = meeting;
  const other = turn && !mine ? nameOf(meeting, turn.speaker) : null;
  const onward = paused ? null : phase === "between" ? t("act.nextCircle") : (stageViewOf(meeting)?.onward(t) ?? null);
  return (
    <>
      {turn?.status === "speaking" && !paused && rules.extension !== "nobody" && (
        <Button kind="ghost" icon="extend" disabled={busy} data-testid="extend" onClick={act({ type: "extend" })}>
          {t("act.extend")}
        </Button>
      )}
      {paused ? (
        <Button kind="ghost" icon="resume" disabled={busy} data-testid="resume" onClick={act({ type: "resume" })}>
          {t("act.resume")}
        </Button>
      ) : (
        <Button kind="ghost" icon="pause" disabled={busy} data-testid="pause" onClick={act({ type: "pause" })}>
          {t("act.pause")}
        </Button>
      )}
      {other && (
        <Button kind="ghost" icon="pass" disabled={busy} data-testid="force-pass" onClick={act({ type: "pass" })}>
          {t("act.forcePass", { name: other })}
        </Button>
      )}
      {other && (
        <Button kind="ghost" icon="skip" disabled={busy} data-testid="force-skip" onClick={act({ type: "skip" })}>
          {t("act.forceSkip", { name: other })}
        </Button>
      )}
      {onward && (
        <Button
          kind="ghost"
          icon="next"
          disabled={busy}
          data-testid="next-circle"
          onClick={act({ type: "next-circle" })}
        >
          {onward}
        </Button>
      )}
    </>
  );
}

function GuestsItem({ open }: { open: () => void }) {
  const { t } = useTranslation();
  return (
    <Button kind="ghost" icon="person" data-testid="guests" onClick={open}>
      {t("guest.menu")}
    </Button>
  );
}

/** Asked twice. */
function EndItem({ busy, end }: { busy: boolean; end: () => void }) {
  const { t } = useTranslation();
  const [sure, setSure] = useState(false);
  return sure ? (
    <Button kind="grave" icon="end" disabled={busy} data-testid="end-sure" onClick={end}>
      {t("act.endSure")}
    </Button>
  ) : (
    <Button kind="ghost" icon="end" className="warn" data-testid="end" onClick={() => setSure(true)}>
      {t("act.end")}
    </Button>
  );
}
