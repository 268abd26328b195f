import type { Logger } from "pino";
import type { Calls } from "./call/calls.ts";
import { courseKey, courseOf } from "./circle/course.ts";
import { endedSnapshot } from "./circle/ended-snapshot.ts";
import type { Floor } from "./circle/floor.ts";
import { floorOf, type Meeting, isRunning, spanOf } from "./circle/meeting.ts";
import { scribeAway } from "./circle/scribe-absence.ts";
import { slim } from "./circle/slim.ts";
import { snapshotOf } from "./circle/snapshot.ts";
import type { Elsewhere } from "./elsewhere/elsewhere.ts";
import { forMeeting } from "./elsewhere/for-meeting.ts";
import type { Jobs } from "./elsewhere/jobs.ts";
import type { TasksOutside } from "./export/tasks/export-tasks.ts";
import { afterwards } from "./afterwards.ts";
import { byAndBy } from "./by-and-by.ts";
import type { CarriedTasks } from "./journal/carried-tasks.ts";
import { takesBack } from "./journal/journal.ts";
import { LastUsed } from "./journal/last-used.ts";
import { type Listener, type LiveMeeting, placeOf } from "./journal/live-meeting.ts";
import type { Meetings } from "./journal/meetings.ts";
import type { Outbox } from "./journal/outbox.ts";
import type { Post } from "./journal/post.ts";
import type { PostKey } from "./journal/post-key.ts";
import { isOfMeeting, type Scope } from "./journal/scope.ts";
import type { StorageGuard } from "./store/storage-guard.ts";
import { recordForMinutes, recordOf, recordVersion } from "./record/view.ts";
import type { MeetingId, RingNumber, RoomId } from "./protocol/identity.ts";
import { translateTo } from "./language/translate.ts";
import type { Minutes } from "./minutes/minutes.ts";
import type { Refreshing } from "./minutes/refreshing.ts";
import type { GraphPictures } from "./room/graph-pictures.ts";
import type { MeetingState } from "./room/meeting-state.ts";
import type { Poster } from "./room/poster.ts";
import { recordPostsByParts } from "./room/record-posts.ts";
import { wordingFor } from "./room/wording.ts";
import type { Listening } from "./scribe/listening.ts";

/** Meetings whose words are changed at the same time, and some. */
const MOST_HEEDED = 50;

type Deps = {
  readonly meetings: Meetings;
  /** Tells whether all rings of a room hear one person now, and nobody else. */
  readonly isVoiceToAll: (room: RoomId) => boolean;
  /** A ring that only gathered is over with its assembly. */
  readonly assemblyRuns: (room: RoomId) => boolean;
  readonly carried: CarriedTasks;
  readonly calls: Calls;
  readonly listening: Listening;
  readonly meetingState: MeetingState;
  readonly minutes: Minutes;
  readonly refreshing: Refreshing;
  readonly tasks: TasksOutside;
  readonly graphPictures: GraphPictures;
  readonly elsewhere: Elsewhere<Jobs>;
  readonly log: Logger;
  readonly outbox: Outbox;
  readonly poster: Poster;
  readonly guard: StorageGuard;
  /** The same record as it stands in the room's chat in Telegram; null: the service has no bot there. */
  readonly telegramBot: {
    readonly want: (meeting: Meeting, posts: readonly Post[], ring?: RingNumber) => void;
    readonly review: (meeting: Meeting, wanted: readonly PostKey[]) => void;
  } | null;
  /** Time zone in which the times of a meeting are told. */
  readonly timeZone: string;
  readonly now: () => number;
};

export type Projections = {
  readonly project: (live: LiveMeeting) => void;
  /** The record in the room alone, when something outside the meeting has changed it. */
  readonly writeRoom: (live: LiveMeeting) => void;
  readonly follow: Listener;
  readonly stop: () => void;
};

const CLOSED: Floor = { mode: "closed" };

/** A service that is away for longer cannot know who opened their microphone by hand since. */
const JUST_ENDED_MS = 60_000;

/**
 * Tells whether nothing is made of a meeting for now: whoever sent the scribe away has nothing written. At the end what
 * it wrote counts.
 */
const isHeld = (meeting: Meeting) => meeting.phase !== "ended" && scribeAway(meeting) !== null;

/** Tells whether two lists hold the same things in the same order. */
const isSame = <T>(one: readonly T[], other: readonly T[]) =>
  one.length === other.length && one.every((each, n) => each === other[n]);

/**
 * The meeting as others hold it: call, scribe, room, minutes, tasks. Each compares the state that should be with the
 * present one.
 */
export function createProjections({
  meetings,
  isVoiceToAll,
  assemblyRuns,
  carried,
  calls,
  listening,
  meetingState,
  minutes,
  refreshing,
  tasks,
  graphPictures,
  elsewhere,
  log,
  outbox,
  poster,
  guard,
  telegramBot,
  timeZone,
  now,
}: Deps): Projections {
  /** The newest state of each meeting's graph that is being drawn. */
  const drawing = new Map<MeetingId, string | undefined>();
  /** Number of takings back that all results of a meeting took account of when they were last all made. */
  const heeded = new LastUsed<MeetingId, number>(MOST_HEEDED);
  /**
   * The same of meetings whose results may hold words that somebody changed since; a later meeting carries their tasks
   * on.
   */
  const behind = new LastUsed<MeetingId, number>(MOST_HEEDED);

  const projectCall = (live: LiveMeeting) => {
    if (!meetings.isNewest(live)) return;
    const { meeting } = live;
    const metadata = { meeting: slim(snapshotOf(meeting, now())), record: recordVersion(live) };
    const isHeld = live.ring !== undefined && isVoiceToAll(meeting.roomId);
    const active = isRunning(meeting) || isHeld;
    const justEnded = meeting.phase === "ended" && now() - meeting.endedAt < JUST_ENDED_MS;
    calls.project(placeOf(live), { floor: isHeld ? CLOSED : floorOf(meeting), metadata, active, justEnded });
  };

  /** The same meeting as it is now: a listener may have changed it since, and slow work began with an older one. */
  const newest = (live: LiveMeeting) => meetings.bringBack(live.meeting.id) ?? live;

  /** The meeting as the minutes see it; worked out once for all that looks at it. */
  const forMinutes = ({ meeting, record, drafts }: LiveMeeting) => {
    const [snapshot, view] = [snapshotOf(meeting, now()), recordForMinutes(meeting, record, drafts)];
    return {
      snapshot,
      view,
      pending: !isHeld(meeting) && minutes.pending(snapshot, view, record.failed),
      outdated: minutes.outdated(snapshot, view),
    };
  };
  type ForMinutes = ReturnType<typeof forMinutes>;

  const writing = byAndBy(
    (live: LiveMeeting) => live.meeting.id,
    function* (asked: LiveMeeting) {
      const live = newest(asked);
      try {
        yield* writeRecord(live, forMinutes(live));
      } catch (error) {
        // A record that cannot be kept is written when it can: then all is projected again.
        if (!guard.failed(error)) throw error;
      }
    },
  );

  function* writeRecord(live: LiveMeeting, { pending, outdated }: ForMinutes): Generator<void> {
    const { meeting, record, drafts } = live;
    const bringing = () => carried.known({ id: meeting.id, roomId: meeting.roomId, ...spanOf(meeting) });
    const brought = bringing();
    if (brought === null) return writeOnceRead(meeting);
    const wording = wordingFor(meeting, record, translateTo(meeting.language), {
      outside: (task) => tasks.outside(meeting, task),
      timeZone,
      outdated,
    });
    const made = { made: record.minutes, failed: record.failed, growing: [...drafts.growing.values()], pending };
    const takenBack = record.takenBack.toArray();
    const known = takenBack.length;
    if (outbox.standing.learn(meeting.id, takenBack)) writePresent(live);
    // Results keep words that somebody changed until they are made anew: so do messages that are written meanwhile.
    const isBehind = pending || outdated.length > 0;
    if (!isBehind) heeded.keep(meeting.id, known);
    const from = heeded.get(meeting.id) ?? 0;
    const changed = takenBack.findIndex((id, n) => n >= from && !record.gone.has(id));
    if (isBehind && changed >= 0) behind.keep(meeting.id, changed);
    else behind.forget(meeting.id);
    const wanted: PostKey[] = [];
    telegramBot?.want(meeting, [], live.ring);
    for (const posts of recordPostsByParts(meeting, record, made, wording, brought)) {
      if (posts.length > 0) for (const room of outbox.want(posts, behind)) poster.wake(room);
      if (posts.length > 0) telegramBot?.want(meeting, posts, live.ring);
      for (const { key } of posts) wanted.push(key);
      yield;
    }
    // Of an earlier meeting that changed meanwhile what is written may hold words that are gone.
    if (!isSame(bringing() ?? [], brought)) writing.ask(live);
    // Words taken back meanwhile are seen to by the next time, which is asked for already; those in results being made
    // anew, when these are made.
    if (known === newest(live).record.takenBack.length && !pending) seeToTakenBack(live, wanted, known > 0, !isBehind);
  }

  /**
   * The meeting at hand carries tasks of earlier ones, and sees to its messages itself: now it is known which have to
   * go.
   */
  const writePresent = (changed: LiveMeeting) => {
    const present = meetings.of(placeOf(changed));
    if (present && present.meeting.id !== changed.meeting.id) writing.ask(present);
  };

  /** Takes away words of the meeting itself, and of an earlier one whose tasks it carries on, that were taken back. */
  const seeToTakenBack = (live: LiveMeeting, wanted: readonly PostKey[], own: boolean, isMadeAnew: boolean) => {
    const { meeting } = live;
    const { id, roomId: room } = meeting;
    telegramBot?.review(meeting, wanted);
    const isAtHand = (scope: Scope) => {
      const current = meetings.of(placeOf(live))?.meeting.id;
      return current !== undefined && isOfMeeting(scope, current);
    };
    if (outbox.review(id, wanted, { isAtHand, isMadeAnew }) && own) meetings.written(id);
    poster.wake(room);
  };

  const writeOnceRead = ({ id, roomId }: Meeting) =>
    void carried
      .read(roomId)
      .then(() => meetings.readByAndBy(roomId, id))
      .then((live) => {
        if (live) writing.ask(live);
      })
      .catch((error: unknown) =>
        log.error(
          { room: roomId, meeting: id, err: error },
          "what earlier meetings left open cannot be read; the record is not written",
        ),
      );

  /** Drawn once all else is made; anew when the record is corrected, as soon as the graph has the corrected words. */
  const projectGraph = (live: LiveMeeting, { snapshot, view, pending, outdated }: ForMinutes) => {
    const { meeting, record, drafts } = live;
    const graph = view.minutes.findLast(({ result }) => result.form === "graph");
    if (!graph || meeting.phase !== "ended" || pending || outdated.includes(graph)) return;
    const seen = { meeting: snapshot, record: recordOf(meeting, record, drafts), whole: true };
    const asked = forMeeting(seen, "drawn");
    drawing.set(meeting.id, asked.key);
    /** Ends the drawing. False where a newer state came meanwhile, which is on its way. */
    const endDrawing = () => drawing.get(meeting.id) === asked.key && drawing.delete(meeting.id);
    elsewhere.run("drawnGraph", [seen], asked).then(
      ({ state, facts, svg }) => {
        if (endDrawing())
          graphPictures.project({
            meeting: meeting.id,
            room: meeting.roomId,
            state,
            madeAt: graph.madeBy.at,
            takenBack: record.takenBack.length,
            drawn: newest(live).record.graph,
            facts,
            draw: () => elsewhere.run("png", [svg], { room: meeting.roomId }),
          });
      },
      (error: unknown) => {
        endDrawing();
        log.error(
          { room: meeting.roomId, meeting: meeting.id, err: error },
          "the graph could not be drawn; the room does without it",
        );
      },
    );
  };

  /** Projects again, once it can be kept, a meeting that cannot be kept now. */
  const ifKept = (work: (live: LiveMeeting) => void) => (live: LiveMeeting) => {
    try {
      work(live);
    } catch (error) {
      if (!guard.failed(error)) throw error;
    }
  };

  const projectState = ({ meeting, ring }: LiveMeeting, { snapshot }: ForMinutes) => {
    const key = courseKey(meeting);
    const course = key === null || ring !== undefined ? null : { key, course: () => courseOf(meeting) };
    const isOver = ring !== undefined && snapshot.phase === "gathering" && !assemblyRuns(meeting.roomId);
    meetingState.project(slim(isOver ? endedSnapshot(snapshot, snapshot.at) : snapshot), course, ring);
  };

  const projectRoom = afterwards(
    (live: LiveMeeting) => live.meeting.id,
    ifKept((changed) => {
      const live = newest(changed);
      const { record } = live;
      const seen = forMinutes(live);
      if (meetings.isNewest(live)) projectState(live, seen);
      writing.ask(live);
      if (!isHeld(live.meeting)) minutes.project(seen.snapshot, seen.view, record.failed);
      refreshing.look(live.meeting.id, record.changes.length, seen.outdated);
      tasks.project(live);
      projectGraph(live, seen);
    }),
  );

  const project = (live: LiveMeeting) => {
    projectCall(live);
    listening.project(live);
    projectRoom(live);
  };

  return {
    project,
    writeRoom: (live) => writing.ask(live),
    stop: () => writing.stop(),
    follow(live, happened) {
      project(live);
      if (happened.some(({ kind }) => kind === "record")) ifKept((each) => carried.learn(newest(each)))(live);
      // Corrections of an earlier meeting's task are seen in the present one, too, and its results that are made anew.
      const present = happened.some(
        (entry) => entry.event.type === "corrected" || entry.event.type === "minutes-made" || takesBack(entry),
      )
        ? meetings.of(placeOf(live))
        : null;
      if (present && present !== live) projectRoom(present);
    },
  };
}
