import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { IconName } from "../../look/icons.tsx";
import type { CommandWish } from "../../model/meeting/send-command.ts";
import { useSettled, type MainAction } from "./main-action.ts";
import { BarStatus } from "./bar-status.tsx";
import { Button } from "../../look/button.tsx";
import { usesSpaceItself } from "./keys.ts";
import { useShellButton } from "../../sitting/use-shell.ts";
import { useWish } from "../../sitting/use-wish.ts";

/** A key pressed while the word was still on its way was not meant to pass it on. */
const KEY_SETTLES_MS = 800;

const ICON = {
  take: "take",
  pass: "pass",
  join: "circle",
  seat: "circle",
  start: "resume",
  resume: "resume",
  "next-circle": "next",
} as const satisfies Record<MainAction, IconName>;
const TEST_ID = {
  take: "take",
  pass: "pass",
  join: "join",
  seat: "seat-again",
  start: "start",
  resume: "resume-now",
  "next-circle": "next-circle-now",
} as const satisfies Record<MainAction, string>;
const WISH: Partial<Record<MainAction, CommandWish>> = {
  take: { type: "accept" },
  pass: { type: "pass" },
  seat: { type: "join" },
  resume: { type: "resume" },
  "next-circle": { type: "next-circle" },
};

type Props = { action: MainAction | null; onJoin: () => void; onStart: () => void };

/**
 * The button that most people came to press, always in this place and of this width. With nothing to press, the bar's
 * status stands there: for a listener, when their turn comes.
 */
export function MainButton({ action, onJoin, onStart }: Props) {
  const { t } = useTranslation();
  const { busy, wish } = useWish();
  const settled = useSettled(action);
  const byKey = action === "take" || action === "pass";
  const press = () => {
    const what = action && WISH[action];
    if (what) void wish(what);
    else if (action === "join") onJoin();
    else if (action === "start") onStart();
  };
  useSpaceKey(byKey && !busy, press);
  const inShell = useShellButton(action && { text: words(action), active: settled, busy, rank: byKey ? 2 : 0, press });
  if (action === null) return <BarStatus />;
  if (inShell) return null;
  return (
    <div className="bar-main">
      <Button
        key={action}
        kind="word"
        icon={ICON[action]}
        big
        disabled={busy || !settled}
        data-settling={!settled || undefined}
        data-testid={TEST_ID[action]}
        data-main={action}
        aria-keyshortcuts={byKey ? "Space" : undefined}
        onClick={press}
      >
        {words(action)} {byKey && <kbd aria-hidden="true">{t("act.passHint")}</kbd>}
      </Button>
    </div>
  );

  function words(what: MainAction): string {
    switch (what) {
      case "seat":
        return t("act.seatAgain");
      case "next-circle":
        return t("act.nextCircle");
      default:
        return t(`act.${what}`);
    }
  }
}

function useSpaceKey(active: boolean, pass: () => void): void {
  const latest = useRef(pass);
  latest.current = pass;
  useEffect(() => {
    if (!active) return;
    const since = performance.now();
    const onKey = (event: KeyboardEvent) => {
      if (event.code !== "Space" || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      if (usesSpaceItself(event.target)) return;
      event.preventDefault();
      if (performance.now() - since > KEY_SETTLES_MS) latest.current();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [active]);
}
