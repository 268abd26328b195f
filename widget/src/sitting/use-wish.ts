import { useCallback, useRef, useState } from "react";
import type { CommandWish } from "../model/meeting/send-command.ts";
import { useMeeting } from "./meeting.ts";

/** Sends one wish at a time: a second press while the first is on its way changes nothing. */
export function useWish(): { busy: boolean; wish: (wish: CommandWish) => Promise<boolean> } {
  const { send } = useMeeting();
  const [busy, setBusy] = useState(false);
  const underWay = useRef(false);
  const wish = useCallback(
    async (what: CommandWish) => {
      if (underWay.current) return false;
      underWay.current = true;
      setBusy(true);
      try {
        return await send(what);
      } finally {
        underWay.current = false;
        setBusy(false);
      }
    },
    [send],
  );
  return { busy, wish };
}
