import type { KnownRooms } from "../store/known-rooms.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { StateEvent } from "./homeserver-events.ts";
import { isForGood } from "./homeserver-failure.ts";
import { creatorsIn, powerLevelsIn } from "./power-levels.ts";
import type { DirectRooms } from "./ports.ts";

export type DirectRoomDeps = {
  readonly homeserver: DirectRooms;
  readonly knownRooms: Pick<KnownRooms, "directRoomOf" | "rememberDirectRoom">;
};

type Looked = Promise<RoomId | null>;

/** Rooms that are being looked for: who is told two things at once is asked into one room, not into two. */
const looking = new WeakMap<DirectRoomDeps["knownRooms"], Map<ParticipantId, Looked>>();

/**
 * The room in which the bot speaks to one person alone. A known one serves only while nobody else is in it, or could be
 * let in to read it later; otherwise, and where there is none, one is made.
 */
export function directRoomWith(who: ParticipantId, deps: DirectRoomDeps): Looked {
  const { knownRooms } = deps;
  const here = looking.get(knownRooms) ?? new Map<ParticipantId, Looked>();
  looking.set(knownRooms, here);
  let looked = here.get(who);
  if (!looked) here.set(who, (looked = knownOrMade(who, deps).finally(() => here.delete(who))));
  return looked;
}

async function knownOrMade(who: ParticipantId, { homeserver, knownRooms }: DirectRoomDeps): Looked {
  const known = knownRooms.directRoomOf(who);
  if (known !== null && (await isForTheTwo(known, who, homeserver))) return known;
  try {
    const room = await homeserver.createDirectRoom(who, "Mindminder");
    knownRooms.rememberDirectRoom(who, room);
    return room;
  } catch (error) {
    if (isForGood(error)) return null;
    throw error;
  }
}

async function isForTheTwo(room: RoomId, who: ParticipantId, homeserver: DirectRooms): Promise<boolean> {
  try {
    return isPrivate(await homeserver.state(room), who, homeserver.botId);
  } catch (error) {
    if (isForGood(error)) return false;
    throw error;
  }
}

const IN_OR_ASKED: ReadonlySet<unknown> = new Set(["join", "invite", "knock"]);

/**
 * Tells whether a room is private: nobody but the two is in it or at its door, the person can let nobody in, and a
 * person who came in all the same could not read earlier messages.
 */
export function isPrivate(state: readonly StateEvent[], who: ParticipantId, botId: ParticipantId): boolean {
  const people = state
    .filter(({ type, content }) => type === "m.room.member" && IN_OR_ASKED.has(field(content, "membership")))
    .map(({ state_key }) => state_key);
  const one = (type: string) => state.find((event) => event.type === type && event.state_key === "");
  const levels = powerLevelsIn(one("m.room.power_levels")?.content);
  const power = creatorsIn(one("m.room.create")).has(who)
    ? Number.POSITIVE_INFINITY
    : (levels.users.get(who) ?? levels.usersDefault);
  const toOpen = Math.min(levels.invite, ...OPENS_IT.map((type) => levels.events.get(type) ?? levels.stateDefault));
  return (
    people.length === 2 &&
    people.includes(who) &&
    people.includes(botId) &&
    power < toOpen &&
    field(one("m.room.join_rules")?.content, "join_rule") === "invite" &&
    AS_THEY_CAME.has(field(one("m.room.history_visibility")?.content, "history_visibility"))
  );
}

const AS_THEY_CAME: ReadonlySet<unknown> = new Set(["invited", "joined"]);
const OPENS_IT = ["m.room.power_levels", "m.room.join_rules", "m.room.history_visibility", "m.room.third_party_invite"];

function field(content: unknown, key: string): unknown {
  return typeof content === "object" && content !== null
    ? (content as { readonly [key: string]: unknown })[key]
    : undefined;
}
