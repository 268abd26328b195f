import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { AssemblyCommandRequest, AssemblyMap } from "@mindminder/protocol/assembly-map.ts";
import { clockTime } from "../../language/duration.ts";
import { Button } from "../../look/button.tsx";
import { enterVoiceToAll } from "../../model/call/voice-to-all.ts";
import { useCall } from "../../sitting/call.ts";
import { useMeeting, useServerTime } from "../../sitting/meeting.ts";

/** Pause before the next try to hear, or to be heard. */
const AGAIN_MS = 1_000;

type Props = {
  readonly voice: NonNullable<AssemblyMap["voice"]>;
  readonly ask: (command: AssemblyCommandRequest) => Promise<boolean>;
};

/** A line on whom all groups hear now; the page comes into the call for it, beside its own. */
export function VoiceToAll({ voice, ask }: Props) {
  const { t } = useTranslation("assembly");
  const { me } = useMeeting();
  const now = useServerTime(500);
  const mine = voice.by === me.id;
  useVoice(voice.by, mine, ask);
  return (
    <p className="assembly-told" role="status" data-testid="voice-to-all">
      <bdi>{mine ? t("voiceMine") : t("voice", { name: voice.name })}</bdi>{" "}
      <span role="timer">{clockTime(Math.max(0, voice.endsAt - now))}</span>{" "}
      {mine && (
        <Button data-testid="stop-speaking" onClick={() => void ask({ type: "stop-speaking" })}>
          {t("stopSpeaking")}
        </Button>
      )}
    </p>
  );
}

/** Is in the call while this person is heard there, and comes back where the link breaks. */
function useVoice(by: string, mine: boolean, ask: Props["ask"]): void {
  const { assembly, notices } = useMeeting();
  // Asked with whatever is newest; being drawn anew is no reason to leave the call.
  const asking = useRef(ask);
  asking.current = ask;
  const { call } = useCall();
  useEffect(() => {
    let over = false;
    let leave: (() => Promise<void>) | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = () => {
      if (!over) timer = setTimeout(enter, AGAIN_MS);
    };
    const enter = () =>
      void assembly()
        .then(({ assemblyVoice, mediaKeys }) =>
          enterVoiceToAll({
            access: assemblyVoice,
            keys: mediaKeys,
            ...(mine && { speaks: { held: call.held } }),
            // All groups stand still for a voice that nobody hears.
            onSilent: () => {
              notices.show({ key: "microphoneFailed" });
              void asking.current({ type: "stop-speaking" });
            },
            onEnd: again,
          }),
        )
        .then((out) => {
          leave = out;
          return over ? out() : undefined;
        })
        .catch(again);
    enter();
    return () => {
      over = true;
      clearTimeout(timer);
      void leave?.().catch(() => undefined);
    };
  }, [assembly, notices, call, by, mine]);
}
