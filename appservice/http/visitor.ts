import { spanOf } from "../circle/meeting.ts";
import type { Request } from "express";
import type { Admissions } from "../admission/admission.ts";
import { snapshotOf } from "../circle/snapshot.ts";
import type { PastMeeting } from "../journal/past-meetings.ts";
import type { LiveMeeting } from "../journal/live-meeting.ts";
import type { Meetings } from "../journal/meetings.ts";
import { recordOf } from "../record/view.ts";
import { seenBy, seesOf } from "./seen.ts";
import type { Accesses } from "../store/accesses.ts";
import type { Sessions, WidgetSession } from "../store/sessions.ts";
import { SEES_NOTHING, type Sight } from "../store/sight.ts";
import type { CirclePlace } from "../protocol/place.ts";
import type { Actor } from "../protocol/actor.ts";
import { DEVICE_HEADER, type PastMeetingResponse } from "../protocol/http-api.ts";
import type { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";
import { DeviceId, type MeetingId, RoomId } from "../protocol/identity.ts";
import { ApiFailure, noteRoom } from "./api-failure.ts";

/** Actor who asks, the one room their session is for, and the past of it that they may see. */
export type Visitor = {
  readonly actor: Actor;
  readonly room: RoomId;
  /** Place in the room: their ring while an assembly runs. */
  readonly place: CirclePlace;
  readonly sight: Sight;
  /** Tab that the session was given to. */
  readonly device: DeviceId;
};
export type FindVisitor = (request: Request<{ room: string }>) => Promise<Visitor>;

export type VisitorDeps = {
  readonly sessions: Sessions;
  readonly now: () => number;
  readonly admissions: Pick<Admissions, "actor" | "sightOf">;
  readonly meetings: Pick<Meetings, "placeFor">;
  readonly room: { readonly hasBot: (room: RoomId) => Promise<boolean> };
};

/** The session that a request brings, if it lives. */
export function findSession(
  request: Pick<Request, "headers">,
  { sessions, now }: Pick<VisitorDeps, "sessions" | "now">,
): WidgetSession | null {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  const device = DeviceId.safeParse(request.headers[DEVICE_HEADER]);
  return token && device.success ? sessions.find(token, device.data, now()) : null;
}

/**
 * Finds the visitor who asks, checked anew with each call: the session, its room, and that they are in that room still.
 * Throws `ApiFailure`.
 */
export function findVisitor({ sessions, now, admissions, meetings, room: rooms }: VisitorDeps): FindVisitor {
  return async (request) => {
    const session = findSession(request, { sessions, now });
    if (!session) throw new ApiFailure("UNKNOWN_TOKEN");
    const room = RoomId.safeParse(request.params.room);
    if (!room.success || room.data !== session.room) throw new ApiFailure("OTHER_ROOM");
    noteRoom(request, session.room);
    // A room the bot is not in cannot be read, and nobody is in it as far as we know.
    if (!(await rooms.hasBot(session.room))) throw new ApiFailure("NOT_IN_ROOM");
    const identity = { id: session.participant, issuer: session.issuer };
    const actor = await admissions.actor(session.room, identity, "widget");
    if (!actor.rights.admitted) throw new ApiFailure("NOT_IN_ROOM");
    const sight = await admissions.sightOf(session.room, identity);
    const place = meetings.placeFor(session.room, actor.id);
    return { actor, room: session.room, place, sight: sight ?? SEES_NOTHING, device: session.device };
  };
}

/**
 * Tells whether somebody may see anything of a meeting of their room: as the homeserver shows them its history. Every
 * way to one asks here.
 */
export function maySee(
  { sight }: Visitor,
  meeting: { readonly startedAt: number | null; readonly endedAt: number | null },
): boolean {
  return seesOf(sight, meeting) !== "nothing";
}

/** The meetings of the room that this person may see, the newest first, and whether there are others. */
export async function pastMeetings(
  visitor: Visitor,
  meetings: Pick<Meetings, "past">,
): Promise<{ readonly seen: PastMeeting[]; readonly hidden: boolean }> {
  const all = await meetings.past(visitor.room);
  const seen = all.filter((meeting) => maySee(visitor, meeting));
  return { seen, hidden: seen.length < all.length };
}

/**
 * A meeting of this very room: nobody reads another's by its id. It is read bit by bit, as it may be long, and long
 * over.
 */
export async function readMeetingIn(
  visitor: Visitor,
  id: MeetingId,
  meetings: Pick<Meetings, "readByAndBy">,
): Promise<LiveMeeting> {
  const live = await meetings.readByAndBy(visitor.room, id);
  if (!live || !maySee(visitor, spanOf(live.meeting))) throw new ApiFailure("NO_SUCH_MEETING");
  return live;
}

/** `whole`: it is as everybody sees it who was there all the time. */
export type ShownMeeting = PastMeetingResponse & { readonly whole: boolean };

/** The notes of who saw a record, for those whose words it is made of. */
export type NotingDeps = { readonly accesses: Pick<Accesses, "note">; readonly now: () => number };

/**
 * A meeting as this person may see it: the one way to its record for all doors, so that none forgets to note that it
 * was read, or taken away.
 */
export function shownTo(
  visitor: Visitor,
  live: LiveMeeting,
  what: "read" | "export",
  { accesses, now }: NotingDeps,
): ShownMeeting {
  const { room, actor } = visitor;
  accesses.note({ room, meeting: live.meeting.id, who: actor.id, door: actor.door, what }, now());
  return seenPart(visitor, live, now());
}

function seenPart({ sight }: Visitor, { meeting, record, drafts }: LiveMeeting, now: number): ShownMeeting {
  const all = { meeting: snapshotOf(meeting, now), record: recordOf(meeting, record, drafts) };
  const whole = seesOf(sight, spanOf(meeting)) === "all";
  return { ...(whole ? all : seenBy(sight, all)), whole };
}

/** The same without its record, which is copied only for somebody who saw no more than a part of the meeting. */
export function snapshotShownTo(visitor: Visitor, live: LiveMeeting, now: number): MeetingSnapshot {
  return seesOf(visitor.sight, spanOf(live.meeting)) === "all"
    ? snapshotOf(live.meeting, now)
    : seenPart(visitor, live, now).meeting;
}
