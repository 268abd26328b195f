import { lazy, Suspense, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Button, RoundButton } from "../look/button.tsx";
import { OutOfTurnNote } from "../parts/keeper/out-of-turn-note.tsx";
import { UnplayedNote } from "../parts/trouble/unplayed-note.tsx";
import type { Notice } from "../model/meeting/notices.ts";
import { nameOf } from "../model/meeting/seats.ts";
import { Icon } from "../look/icons.tsx";
import { isStale } from "../model/meeting/countdown.ts";
import { useMeeting, useMeetingSnapshot, useMeetingState, useServerTime } from "../sitting/meeting.ts";
import { useCall, useCallState } from "../sitting/call.ts";

const GuestsWaiting = lazy(async () => ({
  default: (await import("../parts/guest/guests-waiting.tsx")).GuestsWaiting,
}));
const RecordedNote = lazy(async () => ({
  default: (await import("../parts/purposes/recorded-note.tsx")).RecordedNote,
}));

/** Banners of present troubles, each for as long as it lasts. */
export function Banners() {
  const { t } = useTranslation();
  const { me, session, guests } = useMeeting();
  const waiting = useSyncExternalStore(guests.subscribe, () => (guests.get().guests?.waiting.length ?? 0) > 0);
  const { call } = useCall();
  const { meeting, reached, unreadable, recorded } = useMeetingState();
  const stale = isStale(meeting, useServerTime(1_000));
  const { status, quiet, soundBlocked, voices } = useCallState();
  const unreached = !reached || stale;
  return (
    <div className="banners" role="status">
      {status === "in" && quiet && !unreached && (
        <p className="banner" data-banner="quiet">
          <Icon name="weak" />
          {t("state.quiet")}
        </p>
      )}
      {status === "in" && !quiet && voices.get(me.id)?.weak && (
        <p className="banner" data-banner="weak">
          <Icon name="weak" />
          {t("state.weak")}
        </p>
      )}
      {unreached && (
        <p className="banner banner-bad" data-banner="unreached">
          <Icon name="away" />
          {t("state.unreached")}
        </p>
      )}
      {unreadable && (
        <p className="banner" data-banner="unreadable">
          <Icon name="warning" />
          {t("state.unreadable")}
        </p>
      )}
      {!session.callAvailable && (
        <p className="banner" data-banner="no-call">
          <Icon name="sound" />
          {t("state.noCall")}
        </p>
      )}
      <UnplayedNote />
      {waiting && (
        <Suspense>
          <GuestsWaiting />
        </Suspense>
      )}
      {status === "in" && recorded.people.length > 0 && (
        <Suspense>
          <RecordedNote />
        </Suspense>
      )}
      <OutOfTurnNote />
      {soundBlocked && (
        <p className="banner" data-banner="sound">
          <Icon name="sound" />
          <Button kind="word" onClick={() => void call.unblockSound()}>
            {t("act.hearAll")}
          </Button>
        </p>
      )}
    </div>
  );
}

/** Notices that go by themselves: mostly why a command was refused. */
export function Notices() {
  const { t } = useTranslation();
  const { notices } = useMeeting();
  const { shown } = useSyncExternalStore(notices.subscribe, notices.get);
  const meeting = useMeetingSnapshot();
  const sentenceOf = (notice: Notice): string => {
    if ("text" in notice) return notice.text;
    if ("key" in notice) return t(`notice.${notice.key}`);
    const speaker = meeting?.turn?.speaker;
    return t(`circle.refused.${notice.refused}`, { name: speaker ? nameOf(meeting, speaker) : "" });
  };
  return (
    <div className="notices" role="status" data-testid="notices">
      {shown.map((notice) => (
        <p className="notice" key={notice.id}>
          <span>{sentenceOf(notice)}</span>
          <RoundButton icon="close" kind="small" label={t("act.dismiss")} onClick={() => notices.dismiss(notice.id)} />
        </p>
      ))}
    </div>
  );
}
