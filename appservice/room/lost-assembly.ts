import type { Logger } from "pino";
import { z } from "zod";
import { endedSnapshot } from "../circle/ended-snapshot.ts";
import type { Assemblies } from "../journal/assemblies.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { MeetingId, RoomId } from "../protocol/identity.ts";
import { MeetingPointer } from "../protocol/meeting-pointer.ts";
import { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";
import { MEETING_STATE } from "../protocol/namespace.ts";
import type { Homeserver } from "./homeserver.ts";

/** State key of the ring that every assembly has. */
const FIRST = "1";

export type LostAssemblyDeps = {
  readonly homeserver: Pick<Homeserver, "botId" | "joinedRooms" | "state" | "stateContent" | "setState">;
  readonly assemblies: Pick<Assemblies, "of">;
  readonly meetings: Pick<Meetings, "readNow">;
  /** Tells rooms of this service from those that another one of the same bot serves. */
  readonly isOurs: (room: RoomId) => boolean;
  /** Tells the room, once, that its assembly is lost; `ring`: the meeting of one of its rings. */
  readonly tell: (room: RoomId, ring: MeetingId) => void;
  readonly log: Logger;
  readonly now: () => number;
  readonly signal: AbortSignal;
};

/**
 * Looks through all rooms for an assembly that the database has never heard of. Nobody knows any more who sits where,
 * so it is over: the state of its rings says so from then on, and the room is told.
 */
export async function tellLostAssemblies(deps: LostAssemblyDeps): Promise<void> {
  const { homeserver, isOurs, log, signal } = deps;
  for (const room of await homeserver.joinedRooms()) {
    if (signal.aborted) return;
    if (!isOurs(room)) continue;
    try {
      if (await isLost(room, deps)) await endLost(room, deps);
    } catch (error) {
      log.warn({ room, err: error }, "it could not be seen whether an assembly of this room is lost");
    }
  }
}

async function isLost(room: RoomId, deps: LostAssemblyDeps): Promise<boolean> {
  if (deps.assemblies.of(room)?.phase === "running") return false;
  return isUnknown(room, Standing.safeParse(await deps.homeserver.stateContent(room, MEETING_STATE, FIRST)).data, deps);
}

function isUnknown(room: RoomId, ring: Standing | undefined, { meetings }: LostAssemblyDeps): ring is Standing {
  return ring?.roomId === room && ring.phase !== "ended" && !meetings.readNow(room, ring.id);
}

/** Only what the bot itself wrote counts: somebody with power in a room could write what they like. */
async function endLost(room: RoomId, deps: LostAssemblyDeps): Promise<void> {
  const { homeserver, log, tell, now } = deps;
  let told = false;
  for (const { type, state_key: key, sender, content } of await homeserver.state(room)) {
    if (type !== MEETING_STATE || !key || sender !== homeserver.botId) continue;
    const ring = Standing.safeParse(content).data;
    if (!isUnknown(room, ring, deps)) continue;
    if (!told) tell(room, ring.id);
    told = true;
    await homeserver.setState(room, MEETING_STATE, key, ended(ring, now()));
  }
  if (told) log.warn({ room }, "an assembly is lost: the database does not know it; its room was told");
}

function ended(ring: Standing, at: number): Standing {
  const version = ring.version + 1;
  if ("encrypted" in ring) return { ...ring, version, phase: "ended" };
  return endedSnapshot({ ...ring, version }, at);
}

/** Whole, or in an encrypted room a pointer. */
const Standing = z.union([MeetingSnapshot, MeetingPointer]);
type Standing = z.infer<typeof Standing>;
