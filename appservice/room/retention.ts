import type { Logger } from "pino";
import { z } from "zod";
import type { AssemblyErasing } from "../journal/assembly-erasing.ts";
import type { CarriedTasks } from "../journal/carried-tasks.ts";
import type { Forgettable } from "../journal/forget-before.ts";
import type { KeptAudio } from "../store/kept-audio.ts";
import type { Meetings } from "../journal/meetings.ts";
import { MeetingId, type RoomId } from "../protocol/identity.ts";
import { COURSE_STATE, MEETING_STATE } from "../protocol/namespace.ts";
import { placeIn } from "../protocol/place.ts";
import { isForGood } from "./homeserver-failure.ts";
import type { Homeserver } from "./homeserver.ts";
import { type MeetingState, ringOfState } from "./meeting-state.ts";
import { RETENTION_STATE } from "./room-event.ts";
import type { RoomStateOfHomeserver } from "./ports.ts";

export type RetentionDeps = {
  readonly homeserver: RoomStateOfHomeserver & Pick<Homeserver, "state">;
  readonly meetings: Meetings;
  readonly assemblies: Pick<AssemblyErasing, "forgetBefore" | "holds">;
  readonly audio: Pick<KeptAudio, "forgetMeeting">;
  readonly carried: Pick<CarriedTasks, "forget">;
  readonly meetingState: Pick<MeetingState, "forgetAt">;
  /** Time for which the configuration keeps meetings, in milliseconds; null: for as long as their rooms want. */
  readonly keepsMs: number | null;
  readonly log: Logger;
  readonly now: () => number;
  readonly signal: AbortSignal;
};

/** Time for which a room wants things kept, in milliseconds (MSC1763). Content that cannot be read asks for nothing. */
const Retention = z.object({ max_lifetime: z.number().int().positive() });
const Standing = z.object({ id: MeetingId });

/**
 * Takes away the meetings of these rooms that are over for longer than the room itself, or the configuration, wants
 * things kept: record, minutes, files, tasks, sound. Only that a meeting was stays. Rooms that cannot be asked now are
 * asked the next time; where neither says how long, everything is kept.
 */
export async function obeyRetention(rooms: readonly RoomId[], parts: RetentionDeps): Promise<void> {
  const { homeserver, keepsMs, log, signal } = parts;
  for (const room of rooms) {
    if (signal.aborted) return;
    try {
      const { data } = Retention.safeParse(await saidBy(room, homeserver));
      const lifetimes = [data?.max_lifetime, keepsMs].filter((each) => typeof each === "number");
      if (lifetimes.length > 0) await forgetOlder(room, Math.min(...lifetimes), parts);
    } catch (error) {
      if (!isForGood(error))
        log.warn({ room, err: error }, "it could not be seen how long this room wants things kept; it is asked again");
    }
  }
}

/** State of a room on how long it wants things kept; null where it says nothing, or is closed to the bot for good. */
async function saidBy(room: RoomId, homeserver: RoomStateOfHomeserver): Promise<unknown> {
  return homeserver.stateContent(room, RETENTION_STATE, "").catch((error: unknown) => {
    if (isForGood(error)) return null;
    throw error;
  });
}

async function forgetOlder(room: RoomId, lifetimeMs: number, { now, ...deps }: RetentionDeps): Promise<void> {
  const moment = now() - lifetimeMs;
  await forgetMeetings(room, { begun: moment, still: moment }, deps);
}

/** Takes away such meetings and assemblies of a room, with all that they left. */
export async function forgetMeetings(
  room: RoomId,
  which: Forgettable,
  {
    homeserver,
    meetings,
    assemblies,
    audio,
    carried,
    meetingState,
    log,
  }: Omit<RetentionDeps, "keepsMs" | "now" | "signal">,
): Promise<void> {
  await assemblies.forgetBefore(room, which.begun, which.still);
  const gone = await meetings.forget(room, { ...which, isHeld: (meeting) => assemblies.holds(room, meeting) });
  for (const meeting of gone) audio.forgetMeeting(room, meeting);
  if (gone.length === 0) return;
  carried.forget(room);
  log.info({ room, meetings: gone.length }, "meetings that are kept no longer were taken away");
  // The room's own meeting, and those of rings: one whose state stood on would be taken for lost.
  for (const { type, state_key: key = "", content } of await homeserver.state(room)) {
    const standing = type === MEETING_STATE ? Standing.safeParse(content).data?.id : undefined;
    if (standing === undefined || !gone.includes(standing)) continue;
    meetingState.forgetAt(placeIn(room, ringOfState(key)));
    await homeserver.setState(room, MEETING_STATE, key, {});
    if (key === "") await homeserver.setState(room, COURSE_STATE, "", {});
  }
}
