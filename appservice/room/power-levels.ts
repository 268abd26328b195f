import { z } from "zod";
import { ParticipantId, RoomId } from "../protocol/identity.ts";
import { OPENED_FOR } from "../protocol/namespace.ts";

const WHOLE = /^[+-]?[0-9]+$/;

/**
 * Reads a level. Until room version 9 homeservers took one that is written as a text, or with a fraction, and read it
 * as a number (room versions 1 to 9, "Authorization rules"); later ones refuse such events. A value that is no level at
 * all is left out, and takes nobody else's.
 */
function levelOf(value: unknown): number | undefined {
  const plain = typeof value === "string" ? value.trim() : "";
  const level = typeof value === "number" ? Math.trunc(value) : WHOLE.test(plain) ? Number(plain) : NaN;
  return Number.isNaN(level) ? undefined : Math.min(Math.max(level, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}

const Level = z.unknown().transform(levelOf).optional();
const Levels = z
  .record(z.string(), z.unknown())
  .catch({})
  .transform((all) => {
    const levels = Object.entries(all).flatMap(([name, value]) => {
      const level = levelOf(value);
      return level === undefined ? [] : [[name, level] as const];
    });
    return new Map<string, number>(levels);
  });

const Content = z
  .object({
    users: Levels,
    users_default: Level,
    events: Levels,
    events_default: Level,
    state_default: Level,
    invite: Level,
  })
  .catch({
    users: new Map(),
    users_default: undefined,
    events: new Map(),
    events_default: undefined,
    state_default: undefined,
    invite: undefined,
  });

export type PowerLevels = {
  readonly users: ReadonlyMap<string, number>;
  readonly usersDefault: number;
  readonly events: ReadonlyMap<string, number>;
  readonly eventsDefault: number;
  readonly stateDefault: number;
  readonly invite: number;
};

/** Reads the content of `m.room.power_levels` (Client-Server API, "m.room.power_levels"). */
export function powerLevelsIn(content: unknown): PowerLevels {
  const {
    users,
    users_default: usersDefault = 0,
    events,
    events_default: eventsDefault = 0,
    state_default: stateDefault = 50,
    invite = 0,
  } = Content.parse(content);
  return { users, usersDefault, events, eventsDefault, stateDefault, invite };
}

/** Power in a room that has no such event: its creator alone has any. */
export function powerWithoutLevels(creator: string | null): PowerLevels {
  return { ...powerLevelsIn({}), users: new Map(creator === null ? [] : [[creator, 100]]) };
}

const Ids = z
  .array(z.unknown())
  .catch([])
  .transform((ids) => ids.flatMap((id) => ParticipantId.safeParse(id).data ?? []));

export const CreateContent = z.object({
  /** Type of the room; most have none. */
  type: z.string().optional().catch(undefined),
  room_version: z.string().catch("1"),
  additional_creators: Ids,
  /** Encrypted room in place of which this one was made. */
  [OPENED_FOR]: RoomId.optional().catch(undefined),
  predecessor: z.object({ room_id: RoomId }).nullish().catch(null),
});

/** Creators who, from room version 12 on, stand above all power levels and are not listed there (MSC4289). */
export function creatorsIn(
  create: { readonly sender: string; readonly content: unknown } | undefined,
): ReadonlySet<string> {
  const content = CreateContent.safeParse(create?.content).data;
  if (!create || !content || !(Number(content.room_version) >= 12)) return new Set();
  return new Set([create.sender, ...content.additional_creators]);
}
