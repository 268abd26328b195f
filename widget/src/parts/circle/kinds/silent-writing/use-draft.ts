import { useCallback, useEffect, useRef, useState } from "react";
import type { CircleSnapshot, MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { useMeeting } from "../../../../sitting/meeting.ts";
import { keepDraft, keptDraft } from "./drafts.ts";

/** Each saving is an event in the meeting's journal, so a pause in typing is waited for. */
const QUIET_MS = 2_500;
const AT_MOST_EVERY_MS = 8_000;
const AGAIN_AFTER_MS = 4_000;
/** Milliseconds before the end of the writing at which an unsaved text is sent. */
const BEFORE_THE_END_MS = 2_000;

export type Draft = {
  readonly text: string;
  readonly state: "empty" | "saved" | "saving" | "unsaved";
  readonly finished: boolean;
  /** False until we know what the service has. */
  readonly ready: boolean;
  /** True while finishing, or opening again, is under way; a mere saving hinders nothing. */
  readonly busy: boolean;
  readonly write: (text: string) => void;
  readonly save: () => void;
  readonly finish: () => Promise<void>;
  readonly reopen: () => Promise<void>;
};

/** My text in a circle of silent writing: on this device with each letter, with the service at each pause. */
export function useDraft(meeting: MeetingSnapshot, circle: CircleSnapshot): Draft {
  const { me, send, mine, clock } = useMeeting();
  const name = `${meeting.id}.${circle.index}`;
  const [text, setText] = useState(() => keptDraft(me.id, name) ?? "");
  const [saved, setSaved] = useState<string | null>(null);
  const [ready, setReady] = useState(false);
  const [sending, setSending] = useState(false);
  const [failed, setFailed] = useState(false);
  const [settling, setSettling] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(text);
  const lastSave = useRef(0);
  const queue = useRef<Promise<boolean>>(Promise.resolve(true));

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each circle; what it does is new each time
  useEffect(() => {
    let again: ReturnType<typeof setTimeout> | undefined;
    let current = true;
    mine().then(
      ({ text: sent }) => {
        if (!current) return;
        const known = sent?.circle === circle.index ? sent.text : "";
        setSaved(known);
        // Prefers the text kept here: it was typed after the one that the service has.
        if (keptDraft(me.id, name) === null) take(known);
        setReady(true);
      },
      () => {
        if (current) again = setTimeout(() => setAttempt(attempt + 1), AGAIN_AFTER_MS);
      },
    );
    return () => {
      current = false;
      clearTimeout(again);
    };
  }, [mine, me.id, name, circle.index, attempt]);

  function take(next: string): void {
    latest.current = next;
    setText(next);
  }

  const putNow = useCallback(
    async (finished: boolean): Promise<boolean> => {
      const sent = latest.current.trim();
      setSending(true);
      const done = await send({ type: "write", text: sent, finished }, { quiet: !finished });
      lastSave.current = clock.local();
      setSending(false);
      setFailed(!done);
      if (!done) return false;
      setSaved(sent);
      if (latest.current.trim() === sent) keepDraft(me.id, name, null);
      return true;
    },
    [send, clock, me.id, name],
  );

  /** One after another, or an older text would arrive last. */
  const put = useCallback(
    (finished: boolean): Promise<boolean> => {
      queue.current = queue.current.then(() => putNow(finished));
      return queue.current;
    },
    [putNow],
  );

  const finished = meeting.wrote.includes(me.id);
  const dirty = ready && saved !== null && text.trim() !== saved && !finished;
  useEffect(() => {
    if (!dirty || sending) return;
    const soonest = failed ? AGAIN_AFTER_MS : Math.max(QUIET_MS, lastSave.current + AT_MOST_EVERY_MS - clock.local());
    const end = meeting.stageEndsAt === null ? Infinity : meeting.stageEndsAt - clock.now() - BEFORE_THE_END_MS;
    const timer = setTimeout(() => void put(false), Math.max(0, Math.min(soonest, end)));
    return () => clearTimeout(timer);
  }, [dirty, sending, failed, text, meeting.stageEndsAt, put, clock]);

  async function settle(done: boolean): Promise<void> {
    setSettling(true);
    await put(done);
    setSettling(false);
  }

  return {
    text,
    finished,
    ready,
    busy: settling,
    state: sending ? "saving" : dirty ? "unsaved" : text.trim() === "" ? "empty" : "saved",
    write: (next) => {
      take(next);
      keepDraft(me.id, name, next);
    },
    save: () => {
      if (dirty && !sending) void put(false);
    },
    finish: () => settle(true),
    reopen: () => settle(false),
  };
}
