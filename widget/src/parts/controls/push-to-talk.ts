import { useCallback, useEffect, useRef } from "react";
import { rightsOf } from "../../model/meeting/rights.ts";
import { usePreferences } from "../../sitting/use-preferences.ts";
import { useMeeting, useMeetingSnapshot } from "../../sitting/meeting.ts";
import { useCall, useCallPart } from "../../sitting/call.ts";
import { usesKeysItself } from "./keys.ts";

export const TALK_KEY = "KeyM";

/**
 * In one's own turn, where somebody wishes it: the microphone that the server opened is closed at once, and open only
 * while the key or the button is held. Null where that is not so.
 */
export function usePushToTalk(): { press: () => void; release: () => void } | null {
  const { me } = useMeeting();
  const { call } = useCall();
  const meeting = useMeetingSnapshot();
  const microphone = useCallPart((state) => state.microphone);
  const { pushToTalk } = usePreferences();
  const active = pushToTalk && microphone !== "none" && rightsOf(meeting, me).hasWord && !meeting?.paused;
  const held = useRef(false);
  const turn = useCallback(
    (open: boolean) => {
      held.current = open;
      call.setMicrophone(open).catch(() => undefined);
    },
    [call],
  );

  useEffect(() => {
    if (active && microphone === "open" && !held.current) turn(false);
    if (!active) held.current = false;
  }, [active, microphone, turn]);
  useEffect(() => {
    if (!active) return;
    const isTalk = (event: KeyboardEvent) =>
      event.code === TALK_KEY && !event.ctrlKey && !event.altKey && !event.metaKey;
    const down = (event: KeyboardEvent) => {
      if (isTalk(event) && !event.repeat && !usesKeysItself(event.target)) turn(true);
    };
    const up = (event: KeyboardEvent) => {
      if (event.code === TALK_KEY && held.current) turn(false);
    };
    // A key let go in another window is never told of.
    const away = () => {
      if (held.current) turn(false);
    };
    window.addEventListener("keydown", down);
    window.addEventListener("keyup", up);
    window.addEventListener("blur", away);
    return () => {
      window.removeEventListener("keydown", down);
      window.removeEventListener("keyup", up);
      window.removeEventListener("blur", away);
    };
  }, [active, turn]);
  return active
    ? {
        press: () => turn(true),
        release: () => {
          if (held.current) turn(false);
        },
      }
    : null;
}
