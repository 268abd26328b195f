import { z } from "zod";
import { ParticipantId, RoomId } from "../protocol/identity.ts";

const base = {
  event_id: z.string().max(255),
  room_id: RoomId,
  sender: ParticipantId,
  origin_server_ts: z.number(),
};

const Relation = z.object({ rel_type: z.string().optional(), event_id: z.string().optional() });

/** Events of a room that the bot acts on. What does not parse is counted and dropped before anybody sees it. */
export const RoomEvent = z.discriminatedUnion("type", [
  z.object({
    ...base,
    type: z.literal("m.room.message"),
    content: z.object({ msgtype: z.string(), body: z.string(), "m.relates_to": Relation.optional() }),
  }),
  z.object({
    ...base,
    type: z.literal("m.room.member"),
    state_key: ParticipantId,
    content: z.object({
      membership: z.enum(["invite", "join", "leave", "ban", "knock"]),
      displayname: z.string().nullish(),
    }),
  }),
  z.object({ ...base, type: z.literal("m.room.power_levels"), state_key: z.literal(""), content: z.looseObject({}) }),
  z.object({ ...base, type: z.literal("m.room.encryption"), state_key: z.literal(""), content: z.looseObject({}) }),
  z.object({ ...base, type: z.literal("m.room.encrypted"), content: z.looseObject({}) }),
]);
export type RoomEvent = z.infer<typeof RoomEvent>;

export const HANDLED_TYPES: ReadonlySet<string> = new Set([
  "m.room.message", "m.room.member", "m.room.power_levels", "m.room.encryption", "m.room.encrypted",
]);

const level = z.number();

export const PowerLevels = z.object({
  users: z.record(z.string(), level).default({}),
  users_default: level.default(0),
  events: z.record(z.string(), level).default({}),
  state_default: level.default(50),
});
export type PowerLevels = z.infer<typeof PowerLevels>;

export const CreateContent = z.object({
  room_version: z.string().default("1"),
  additional_creators: z.array(z.string()).default([]),
});
