import { readableName } from "../language/readable-name.ts";
import { eachOf, type Parts } from "../journal/parts-of-work.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import { OPENED_FOR, SCENARIO_STATE } from "../protocol/namespace.ts";
import type { StateEvent } from "./homeserver-events.ts";
import { CreateContent, creatorsIn, type PowerLevels, powerLevelsIn, powerWithoutLevels } from "./power-levels.ts";
import { TombstoneContent } from "./room-event.ts";

type Member = { readonly membership: string; readonly name: string; readonly avatar: string | null };

/** Facts of a room, by its state; members, power and scenarios are kept true by the events that follow. */
export type FactsOfRoom = {
  readonly members: Map<ParticipantId, Member>;
  readonly creators: ReadonlySet<string>;
  power: PowerLevels;
  encrypted: boolean;
  /** The room in which this one goes on. */
  replacedBy: RoomId | null;
  /** The room that went on in this one. */
  readonly replaces: RoomId | null;
  readonly creator: ParticipantId | null;
  /** Made in place of an encrypted room, as its creator says. */
  readonly opened: boolean;
  readonly space: boolean;
  readonly name: string | null;
  /** Content of the room's own scenarios, by id, as it stands. */
  readonly scenarios: Map<string, unknown>;
  readonly readAt: number;
};

/** In parts: a room has as many members, and they have as odd names, as they like. */
export function* factsFrom(state: readonly StateEvent[], readAt: number): Parts<FactsOfRoom> {
  const one = (type: string) => state.find((event) => event.type === type && event.state_key === "");
  const members = new Map<ParticipantId, Member>();
  yield* eachOf(state, ({ type, state_key: key, content }) => {
    if (type === "m.room.member") members.set(key as ParticipantId, memberOf(key, content));
  });
  const [creator, levels] = [one("m.room.create")?.sender ?? null, one("m.room.power_levels")];
  return {
    members,
    scenarios: scenariosIn(state),
    creator,
    opened: CreateContent.safeParse(one("m.room.create")?.content).data?.[OPENED_FOR] !== undefined,
    space: CreateContent.safeParse(one("m.room.create")?.content).data?.type === "m.space",
    name: titleIn(one("m.room.name")?.content),
    creators: creatorsIn(one("m.room.create")),
    power: levels ? powerLevelsIn(levels.content) : powerWithoutLevels(creator),
    encrypted: one("m.room.encryption") !== undefined,
    replacedBy: TombstoneContent.safeParse(one("m.room.tombstone")?.content).data?.replacement_room ?? null,
    replaces: CreateContent.safeParse(one("m.room.create")?.content).data?.predecessor?.room_id ?? null,
    readAt,
  };
}

function scenariosIn(state: readonly StateEvent[]): Map<string, unknown> {
  const scenarios = new Map<string, unknown>();
  for (const event of state) if (event.type === SCENARIO_STATE) keepScenario(scenarios, event.state_key, event.content);
  return scenarios;
}

/** State cannot be deleted; an empty content says that it is gone. */
export function keepScenario(scenarios: Map<string, unknown>, id: string, content: unknown): void {
  if (typeof content === "object" && content !== null && Object.keys(content).length > 0) scenarios.set(id, content);
  else scenarios.delete(id);
}

function titleIn(content: unknown): string | null {
  const { name } = (content ?? {}) as { name?: unknown };
  return (typeof name === "string" && readableName(name)) || null;
}

export function memberOf(id: string, content: unknown): Member {
  const {
    membership,
    displayname,
    avatar_url: avatar,
  } = (content ?? {}) as { membership?: unknown; displayname?: unknown; avatar_url?: unknown };
  const name = typeof displayname === "string" ? readableName(displayname) : "";
  return {
    membership: String(membership),
    name: name || localpart(id),
    avatar: typeof avatar === "string" ? avatar : null,
  };
}

export function serverOf(id: string): string {
  return id.slice(id.indexOf(":") + 1);
}

export function localpart(id: string): string {
  return id.replace(/^@/, "").split(":")[0] ?? id;
}
