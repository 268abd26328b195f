import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Language, MeetingId } from "@mindminder/protocol/identity.ts";
import { useCall } from "../../sitting/call.ts";
import { useMeetingState } from "../../sitting/meeting.ts";
import TranslatedText, { Translated, useTranslations } from "../translation/translated-text.tsx";

/** Pieces that are shown: the speaker goes on while a model translates. */
const LAST = 2;
/** Time between two questions about a piece that is still being spoken, and words from which on it says something. */
const EVERY_MS = 3_000;
const LEAST_WORDS = 3;

/** Last pieces of the speaker's turn in the language that their reader chose, and below them the one being spoken. */
export default function CaptionTranslation({ to }: { to: Language }) {
  const { meeting, record } = useMeetingState();
  const { captions } = useCall();
  const { said } = useSyncExternalStore(captions.subscribe, captions.get);
  if (!meeting) return null;
  const { id, turn } = meeting;
  const pieces = (record?.utterances ?? []).filter((each) => each.turn === turn?.id && each.text !== "").slice(-LAST);
  const growing = said.findLast(({ final }) => !final);
  return (
    <>
      {pieces.length > 0 && <TranslatedText of={pieces.map(({ text }) => text)} to={to} meeting={id} />}
      {growing && <Growing key={growing.segment} text={growing.text} to={to} meeting={id} />}
    </>
  );
}

/**
 * Piece that is still being spoken, as far as it was translated last: it is asked about now and then, not at each word.
 */
function Growing({ text, to, meeting }: { text: string; to: Language; meeting: MeetingId }) {
  const asked = useNowAndThen(text, EVERY_MS);
  const [found] = useTranslations({ of: asked.split(/\s+/).length < LEAST_WORDS ? [] : [asked], to, meeting });
  const last = useRef<{ readonly text: string; readonly model: string } | null>(null);
  if (found?.text && found.model) last.current = { text: found.text, model: found.model };
  return last.current && <Translated text={last.current.text} model={last.current.model} to={to} isGrowing />;
}

/** Returns what a value was when it was last looked at, which is at once and then so often while it changes. */
function useNowAndThen<T>(value: T, everyMs: number): T {
  const [seen, setSeen] = useState(value);
  const newest = useRef(value);
  newest.current = value;
  useEffect(() => {
    const timer = setInterval(() => setSeen(newest.current), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return seen;
}
