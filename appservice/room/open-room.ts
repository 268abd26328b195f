import { z } from "zod";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import { OPENED_FOR, SCENARIO_STATE } from "../protocol/namespace.ts";
import type { StateEvent } from "./homeserver-events.ts";
import { CreateContent, creatorsIn } from "./power-levels.ts";

const LISTED_TO_VERSION = 11;
const BOT_POWER = 100;
const Levels = z.looseObject({ users: z.record(z.string(), z.unknown()).catch({}) }).catch({ users: {} });

/**
 * State that an open room takes over from the encrypted one: what it is called, who may come in, what newcomers see.
 */
const TAKEN_OVER: ReadonlySet<string> = new Set([
  "m.room.name",
  "m.room.topic",
  "m.room.avatar",
  "m.room.join_rules",
  "m.room.history_visibility",
  "m.room.guest_access",
  SCENARIO_STATE,
]);

/**
 * Makes the request for an open room like an encrypted one, of the same room version and with the same power for all
 * (Client-Server API, "createRoom"). From room version 12 on creators stand above all levels (MSC4289): those of the
 * encrypted room become creators here as well.
 */
export function openRoomLike(room: RoomId, state: readonly StateEvent[], botId: ParticipantId): object {
  const create = state.find(({ type }) => type === "m.room.create");
  const { room_version: version } = CreateContent.parse(create?.content ?? {});
  const levels = Levels.parse(state.find(({ type }) => type === "m.room.power_levels")?.content);
  const creators = [...creatorsIn(create && { sender: create.sender, content: create.content })];
  const { [botId]: _, ...users } = levels.users;
  const hasCreators = Number(version) > LISTED_TO_VERSION;
  return {
    preset: "private_chat",
    room_version: version,
    creation_content: {
      [OPENED_FOR]: room,
      ...(hasCreators ? { additional_creators: creators.filter((who) => who !== botId) } : {}),
    },
    power_level_content_override: { ...levels, users: hasCreators ? users : { ...users, [botId]: BOT_POWER } },
    initial_state: state
      .filter(({ type }) => TAKEN_OVER.has(type))
      .map(({ type, state_key, content }) => ({ type, state_key, content })),
  };
}
