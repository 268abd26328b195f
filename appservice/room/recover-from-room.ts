import type { Logger } from "pino";
import { z } from "zod";
import { MeetingCourse } from "../circle/course.ts";
import { evolve } from "../circle/evolve.ts";
import { type Meeting, circleOf } from "../circle/meeting.ts";
import type { Meetings, TakenUp } from "../journal/meetings.ts";
import type { Post } from "../journal/post.ts";
import type { Outbox } from "../journal/outbox.ts";
import { EMPTY_RECORD } from "../record/state.ts";
import { circleKey } from "../journal/post-key.ts";
import { ofMeeting } from "../journal/scope.ts";
import { translateTo } from "../language/translate.ts";
import type { EventId, ParticipantId, RoomId } from "../protocol/identity.ts";
import { MeetingPointer } from "../protocol/meeting-pointer.ts";
import { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";
import { CONTENT_KEY, COURSE_STATE, MEETING_STATE } from "../protocol/namespace.ts";
import type { Homeserver } from "./homeserver.ts";
import type { RoomContent } from "./messages/message.ts";
import { recordPosts } from "./record-posts.ts";
import type { SealedMeetings } from "./sealed-meetings.ts";
import { wordingFor } from "./wording.ts";
import { sleep } from "../time/time.ts";

/**
 * Milliseconds of silence that make a journal stale: in a meeting that runs something happens more often, or nearly so.
 */
const STALE_MS = 60_000;
const WAIT_MS = 5_000;

export type RecoveryDeps = {
  readonly homeserver: Pick<Homeserver, "botId" | "state" | "ownMessage">;
  readonly meetings: Pick<Meetings, "readNow" | "takeUp">;
  readonly outbox: Pick<Outbox, "stands" | "eventOf">;
  readonly sealed: Pick<SealedMeetings, "read">;
  /** True where encrypted rooms are open to us. */
  readonly works: () => boolean;
  /** Hears of a meeting that runs in an encrypted room and of which nothing can be read. */
  readonly onLost: (pointer: MeetingPointer) => Promise<void>;
  readonly log: Logger;
  readonly now: () => number;
};

/**
 * Goes on with a meeting of which the room knows more than the journal: the database was lost, or is an older one. Only
 * what the bot itself wrote counts. Returns false where there is nothing to take up.
 */
export async function recoverFromRoom(room: RoomId, options: RecoveryDeps): Promise<boolean> {
  const { meetings, outbox, log, now } = options;
  const seen = await seenIn(room, options);
  if (!seen) return false;
  const known = () => meetings.readNow(room, seen.snapshot.id)?.meeting ?? null;
  if (!isNews(seen.snapshot, known())) return false;
  const { root: sealedRoot, ...taken } = seen;
  const event: TakenUp = { type: "meeting-taken-up", at: now(), ...taken };
  const meeting = evolve(known(), event);
  const root = sealedRoot === undefined ? await rootOf(meeting, options) : sealedRoot;
  const stand = root && (await standing(meeting, root, sealedRoot === undefined ? options.homeserver : null));
  // Another look may have recovered it while this one searched the room, and people may have gone on.
  if (!isNews(seen.snapshot, known())) return true;
  if (stand) outbox.stands(stand, now());
  meetings.takeUp(event);
  log.warn(
    { room, meeting: meeting.id, version: seen.snapshot.version },
    "the database knows less of this meeting than the room does: it goes on from the room's state",
  );
  return true;
}

/**
 * Takes up meetings of which the journal has heard nothing for a while, before time runs on in them: the service was
 * away for long, or this is a backup of which the end is missing. Waits for a homeserver that is away, but not for
 * long.
 */
export async function recoverStaleMeetings(
  options: RecoveryDeps & { readonly meetings: Pick<Meetings, "all" | "isNewest"> },
): Promise<void> {
  const { meetings, log, now } = options;
  const stale = meetings
    .all()
    .filter(
      (live) =>
        live.ring === undefined &&
        meetings.isNewest(live) &&
        live.meeting.phase !== "ended" &&
        now() - live.meeting.at > STALE_MS,
    );
  const looking = Promise.all(
    stale.map(({ meeting: { roomId: room } }) =>
      recoverFromRoom(room, options).catch((error: unknown) => {
        log.warn(
          { room, err: error },
          "it could not be seen whether the room knows more of its meeting than the database; it goes on from the database",
        );
      }),
    ),
  );
  const enough = new AbortController();
  await Promise.race([looking, sleep(WAIT_MS, { signal: enough.signal }).catch(() => {})]);
  enough.abort();
}

/** Looks through all rooms for meetings that the journal has never heard of. */
export async function recoverLostMeetings(
  options: RecoveryDeps & {
    readonly homeserver: Pick<Homeserver, "joinedRooms" | "stateContent">;
    readonly meetings: Pick<Meetings, "of">;
    /** Tells rooms of this service from those that another one of the same bot serves. */
    readonly isOurs: (room: RoomId) => boolean;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { homeserver, meetings, isOurs, log, signal } = options;
  for (const room of await homeserver.joinedRooms()) {
    if (signal.aborted) return;
    if (!isOurs(room)) continue;
    if ((meetings.of(room)?.meeting.phase ?? "ended") !== "ended") continue;
    try {
      const { data: stands } = Standing.safeParse(await homeserver.stateContent(room, MEETING_STATE, ""));
      if (stands && stands.phase !== "ended" && !meetings.readNow(room, stands.id))
        await recoverFromRoom(room, options);
    } catch (error) {
      log.warn({ room, err: error }, "it could not be seen whether a meeting of this room is to be taken up");
    }
  }
}

/** Tells whether the room knows more of a meeting than the journal. */
function isNews({ version, phase }: Standing, known: Meeting | null): boolean {
  return known ? known.version < version : phase !== "ended";
}

/** A meeting as the room's state has it: whole, or in an encrypted room a pointer to what is sealed. */
const Standing = z.union([MeetingSnapshot, MeetingPointer]);
type Standing = z.infer<typeof Standing>;

type Seen = {
  readonly snapshot: MeetingSnapshot;
  readonly course: MeetingCourse | null;
  /** The running circle's message, where it was sealed with the rest; null where it did not stand yet. */
  readonly root?: EventId | null;
};

async function seenIn(room: RoomId, options: RecoveryDeps): Promise<Seen | null> {
  const { homeserver } = options;
  const state = await homeserver.state(room);
  const ours = (type: string) =>
    state.find((event) => event.type === type && event.state_key === "" && event.sender === homeserver.botId)?.content;
  const stands = Standing.safeParse(ours(MEETING_STATE)).data;
  if (stands?.roomId !== room) return null;
  if ("encrypted" in stands) return unsealed(stands, options);
  return fitting(stands, MeetingCourse.safeParse(ours(COURSE_STATE)).data ?? null);
}

/**
 * The meeting that a pointer tells of. Where nothing of it can be read, and the journal does not know it, it is lost.
 */
async function unsealed(pointer: MeetingPointer, options: RecoveryDeps): Promise<Seen | null> {
  const { meetings, sealed, works, onLost } = options;
  if (pointer.phase === "ended" || !works()) return null;
  const found = await sealed.read(pointer.roomId);
  if (found?.snapshot.id === pointer.id) {
    const seen = fitting(found.snapshot, found.course);
    if (seen) return { ...seen, root: found.root };
  }
  if (!meetings.readNow(pointer.roomId, pointer.id)) await onLost(pointer);
  return null;
}

function fitting(snapshot: MeetingSnapshot, course: MeetingCourse | null): Seen | null {
  if (snapshot.phase === "gathering") return { snapshot, course: null };
  const fits = course?.meeting === snapshot.id && course.circles.some(({ index }) => index === snapshot.circle);
  return fits ? { snapshot, course } : null;
}

/** The message with which the running circle began; null where it is not to be found. */
async function rootOf(meeting: Meeting, { homeserver, outbox }: RecoveryDeps): Promise<EventId | null> {
  const { id, roomId } = meeting;
  const circle = circleOf(meeting);
  if (!circle || outbox.eventOf(ofMeeting(id), circleKey(circle.index)) !== null) return null;
  return homeserver.ownMessage(roomId, (content) => isRoot(content, meeting));
}

function isRoot(content: RoomContent, meeting: Meeting): boolean {
  const data = content[CONTENT_KEY.circle] as { meeting?: unknown; index?: unknown } | undefined;
  return data?.meeting === meeting.id && data.index === circleOf(meeting)?.index;
}

type StandingPost = { readonly post: Post; readonly eventId: EventId | null };

/**
 * Posts of this circle that stand in the room already. Its root is written anew, for the meeting may have gone on
 * since. The texts written in silence change with a name: they are looked for, so that they are edited, not sent again.
 * `readable`: where the bot can read what it has written itself; in an encrypted room it cannot.
 */
async function standing(
  meeting: Meeting,
  root: EventId,
  readable: RecoveryDeps["homeserver"] | null,
): Promise<readonly StandingPost[]> {
  const wording = wordingFor(meeting, EMPTY_RECORD, translateTo(meeting.language));
  const posts = recordPosts(meeting, EMPTY_RECORD, { made: [], failed: [], pending: false }, wording);
  const stand: StandingPost[] = [];
  for (const post of posts.filter(({ key }) => key.kind !== "taken-up")) {
    const isCircle = post.key.kind === "circle" && post.key.circle === circleOf(meeting)?.index;
    if (isCircle) stand.push({ post: { ...post, content: {} }, eventId: root });
    else
      stand.push({
        post,
        eventId: post.key.kind === "texts" && readable ? await textsOf(post, meeting, readable) : null,
      });
  }
  return stand;
}

/** Finds a message with texts written in silence; null where none stands after the circle's root. */
async function textsOf(post: Post, meeting: Meeting, homeserver: RecoveryDeps["homeserver"]): Promise<EventId | null> {
  const wanted = textsIn(post.content);
  let found = false;
  const event = await homeserver.ownMessage(meeting.roomId, (content) => {
    const texts = textsIn(content);
    found = texts !== undefined && texts.circle === wanted?.circle && texts.texts[0]?.who === wanted.texts[0]?.who;
    return found || isRoot(content, meeting);
  });
  return found ? event : null;
}

function textsIn(content: RoomContent): Texts | undefined {
  return content[CONTENT_KEY.texts] as Texts | undefined;
}

type Texts = { readonly circle: number; readonly texts: readonly { readonly who: ParticipantId }[] };
