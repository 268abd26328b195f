import { resolve } from "node:path";
import { alsoIntoChat, whoGetsWords } from "../configuration/who-gets-words.ts";
import { countMeetings } from "../http/count-meetings.ts";
import { Assemblies } from "../journal/assemblies.ts";
import { RingMeetings } from "../journal/ring-meetings.ts";
import { CarriedTasks } from "../journal/carried-tasks.ts";
import type { SteadyClock } from "../clock.ts";
import { Meetings } from "../journal/meetings.ts";
import { Purposes } from "../purposes/purposes.ts";
import { Pulse } from "../journal/pulse.ts";
import { StorageGuard } from "../store/storage-guard.ts";
import type { RoomId } from "../protocol/identity.ts";
import type { ServiceLog } from "../service-log.ts";
import { purposeSentencesOf } from "./purpose-sentences.ts";
import { drawSeed } from "./draw.ts";
import type { Ground } from "./ground.ts";

const A_MOMENT_MS = 1_000;

type TruthDeps = Ground & { readonly clock: SteadyClock; readonly locate: ServiceLog["locate"] };

export type Truth = ReturnType<typeof createTruth>;

/** Opens all that is kept, and the meetings that it makes up. */
export function createTruth({
  loaded: { config, registration, experiments, folder },
  log,
  now,
  metrics,
  news,
  outside,
  clock,
  locate,
}: TruthDeps) {
  const stores = outside.openStores(resolve(folder, config.database), {
    keepAudioDays: config.speech.keepAudioDays,
    linkSecret: registration.as_token,
    now,
    say: (sentence) => log.warn(sentence),
  });
  const guard = new StorageGuard({ db: stores.db, log });
  const onNotKept = (error: unknown) => guard.failed(error);
  const { unit } = stores.journal;
  unit.onTellFailed((error) =>
    log.error({ err: error }, "what happened is written, and one part of the service could not take it in"),
  );
  const languageOf = (room: RoomId) => stores.knownRooms.choicesOf(room).language ?? config.language;
  const asked = whoGetsWords(config, experiments);
  const chatOf = (room: RoomId) => (config.telegram ? stores.telegramChats.ofRoom(room) : null);
  const asksIn = (room: RoomId) => alsoIntoChat(asked, chatOf(room));
  const purposes = new Purposes({
    journal: stores.purposeJournal,
    unit,
    audio: stores.audio,
    sentencesIn: (room) => purposeSentencesOf(config, asksIn(room)),
    writingChangedAt: (room) => chatOf(room)?.boundAt ?? 0,
  });
  purposes.withdraw(stores.withdrawals.all(), now());
  const pulse = new Pulse(stores.db, now);
  const assemblies = new Assemblies({
    journal: stores.assemblyJournal,
    unit,
    now,
    onUnreadable: (room, error) =>
      log.error({ room, err: error }, "an assembly's journal cannot be read; it is left as it is"),
    onNotKept,
  });
  const meetings = new Meetings({
    journal: stores.journal,
    pulse,
    now,
    languageOf,
    asksIn,
    standing: (room, who) => (purposes.allows(room, who, "write") ? asksIn(room) : null),
    seatOf: (room, who) => assemblies.seatOf(room, who),
    onUnreadable: (meeting, error) =>
      log.error({ meeting, err: error }, "a meeting's journal cannot be read; it is left as it is"),
    onNotKept,
    onDecided: ({ type }, decision) =>
      metrics.commands.inc({ type, outcome: decision.accepted ? "accepted" : decision.refusal.code }),
  });
  locate({ meetingIn: (room) => meetings.of(room)?.meeting.id ?? null, roomOf: (meeting) => meetings.roomOf(meeting) });
  const behind = clock.notBefore(Math.max(0, pulse.lastAt ?? 0, ...meetings.all().map(({ meeting }) => meeting.at)));
  if (behind > A_MOMENT_MS)
    log.warn(
      { seconds: Math.round(behind / 1000) },
      "the machine's clock was set back while the service was away: meetings count on from the time they had",
    );
  const ringMeetings = new RingMeetings({ assemblies, meetings, unit, now, seed: drawSeed, onNotKept });
  guard.whenBack(() => {
    // Before the meetings, whose first word is that people are heard again.
    assemblies.goOn(pulse.missedSince());
    news.emit("storage-back");
    ringMeetings.start();
  });
  const carried = new CarriedTasks(stores.db, meetings);
  countMeetings(metrics, meetings, now);
  metrics.countMessagesWaiting(() => stores.outbox.waiting());
  return {
    stores,
    unit,
    guard,
    meetings,
    assemblies,
    ringMeetings,
    purposes,
    carried,
    languageOf,
    asksIn,
    /** Moment at which people were last heard, before this start. */
    heardUntil: pulse.lastAt,
    /** Time at which the homeserver was last heard of, before this start. */
    heardOfAt: stores.inbox.lastAt(),
  };
}
