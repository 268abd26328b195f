import { useEffect, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { SpokenTurn } from "./by-turn.ts";
import { useShownRecord } from "./shown-record.ts";
import { useRecord } from "../../sitting/record.ts";

/** Asks anew what can be heard whenever the record that is shown has grown. */
export function useHearable(): void {
  const { sounds } = useRecord();
  const { meeting, record } = useShownRecord();
  const id = meeting?.id;
  const said = record?.utterances.length ?? 0;
  useEffect(() => {
    if (id && said > 0) void sounds.look(id);
  }, [sounds, id, said]);
}

/** Plays the sound of a turn; not there where that is not kept. */
export function HearButton({ turn, name }: { turn: SpokenTurn; name: string }) {
  const { t } = useTranslation();
  const { sounds } = useRecord();
  const { meeting } = useShownRecord();
  const { hearable, playing, meeting: of } = useSyncExternalStore(sounds.subscribe, sounds.get);
  const pieces = turn.pieces.map(({ id }) => id).filter((id) => hearable.has(id));
  if (!meeting || of !== meeting.id || pieces.length === 0) return null;
  const plays = playing !== null && pieces.includes(playing);
  return (
    <button
      type="button"
      className="desk-link desk-quiet hear"
      data-testid="hear"
      aria-pressed={plays}
      aria-label={t(plays ? "sound.stopHearing" : "sound.hearWhat", { name })}
      onClick={() => (plays ? sounds.stop() : void sounds.play(meeting.id, pieces))}
    >
      {t(plays ? "sound.stop" : "sound.hear")}
    </button>
  );
}
