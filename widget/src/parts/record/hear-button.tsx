import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { timedSentences } from "@mindminder/protocol/timed-sentences.ts";
import { playAloud } from "../../model/sound/play-aloud.ts";
import type { Heard } from "../../model/sound/sound-store.ts";
import { useRecord } from "../../sitting/record.ts";
import type { SpokenTurn } from "./by-turn.ts";
import { useShownRecord } from "../../sitting/shown-record.ts";

type Props = { turn: SpokenTurn; name: string };

/**
 * Plays the sound of a turn; not there where that is not kept. While it plays, its sentences stand below, each to be
 * played by itself, and the one that is heard is marked.
 */
export default function HearButton({ turn, name }: Props) {
  const { t } = useTranslation();
  const { sounds } = useRecord();
  const { meeting } = useShownRecord();
  const { hearable, playing, meeting: of } = useSyncExternalStore(sounds.subscribe, sounds.get);
  const pieces = turn.pieces.filter(({ id }) => hearable.has(id));
  if (!meeting || of !== meeting.id || pieces.length === 0) return null;
  const plays = playing !== null && pieces.some(({ id }) => id === playing.utterance);
  const play = (at: number, ms = 0) => {
    const heard = pieces.slice(at).map(({ id }, i): Heard => ({ utterance: id, ms: i === 0 ? ms : 0 }));
    void sounds.play(meeting.id, heard, playAloud);
  };
  return (
    <>
      <button
        type="button"
        className="desk-link desk-quiet hear"
        data-testid="hear"
        aria-pressed={plays}
        aria-label={t(plays ? "sound.stopHearing" : "sound.hearWhat", { name })}
        onClick={() => (plays ? sounds.stop() : play(0))}
      >
        {t(plays ? "sound.stop" : "sound.hear")}
      </button>
      {plays && (
        <ol className="hear-sentences" aria-label={name}>
          {pieces.flatMap((piece, at) =>
            timedSentences(piece).map(({ text, from, to }) => {
              const ms = from - piece.startedAt;
              const isHeard =
                playing.utterance === piece.id &&
                playing.ms >= ms &&
                playing.ms < Math.max(to - piece.startedAt, ms + 1);
              return (
                <li key={`${piece.id} ${from}`}>
                  <button type="button" aria-current={isHeard} dir="auto" onClick={() => play(at, ms)}>
                    {text}
                  </button>
                </li>
              );
            }),
          )}
        </ol>
      )}
    </>
  );
}
