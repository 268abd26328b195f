import { z } from "zod";
import { ParticipantId, RoomId } from "../protocol/identity.ts";
import { SCENARIO_STATE } from "../protocol/namespace.ts";

const base = {
  event_id: z.string().max(255),
  room_id: RoomId,
  sender: ParticipantId,
  origin_server_ts: z.number(),
  /** Odd ones are as none. */
  unsigned: z.object({ age: z.number().nonnegative() }).optional().catch(undefined),
};

/** Room upgrades, Client-Server API: the room goes on elsewhere. */
export const TombstoneContent = z.object({ replacement_room: RoomId });

const eventId = z.string().max(255);

const Relation = z.object({
  rel_type: z.string().optional(),
  event_id: eventId.optional(),
  key: z.string().optional(),
  is_falling_back: z.boolean().optional(),
  "m.in_reply_to": z.object({ event_id: eventId }).optional(),
});

const Text = { msgtype: z.string(), body: z.string() };

/** Calls of the clients' own: who is in one (MSC4143, MSC3401), and that there is one. */
const CALL_TYPES = ["org.matrix.msc3401.call.member", "m.call.member", "org.matrix.msc3401.call"] as const;

/** Events of a room that the bot acts on. What does not parse is counted and dropped before anybody sees it. */
export const RoomEvent = z.discriminatedUnion("type", [
  z.object({
    ...base,
    type: z.literal("m.room.message"),
    content: z.object({
      ...Text,
      "m.relates_to": Relation.optional(),
      "m.new_content": z.object(Text).optional(),
      /** Odd ones are as none. */
      "m.mentions": z.object({ user_ids: z.array(ParticipantId).max(100).optional() }).optional().catch(undefined),
    }),
  }),
  z.object({ ...base, type: z.literal("m.reaction"), content: z.object({ "m.relates_to": Relation.optional() }) }),
  /** Until room version 10 what is taken back stood beside the content (room version 11, "Redactions"). */
  z.object({ ...base, type: z.literal("m.room.redaction"), redacts: eventId.optional(), content: z.object({ redacts: eventId.optional() }) }),
  z.object({
    ...base,
    type: z.literal("m.room.member"),
    state_key: ParticipantId,
    content: z.object({
      membership: z.enum(["invite", "join", "leave", "ban", "knock"]),
      displayname: z.string().nullish(),
      avatar_url: z.string().nullish(),
    }),
  }),
  z.object({ ...base, type: z.literal("m.room.history_visibility"), state_key: z.literal(""), content: z.looseObject({}) }),
  z.object({ ...base, type: z.literal("m.room.power_levels"), state_key: z.literal(""), content: z.looseObject({}) }),
  z.object({ ...base, type: z.literal("m.room.tombstone"), state_key: z.literal(""), content: TombstoneContent }),
  z.object({ ...base, type: z.literal("m.room.encryption"), state_key: z.literal(""), content: z.looseObject({}) }),
  z.object({ ...base, type: z.literal("m.room.encrypted"), content: z.looseObject({}) }),
  z.object({ ...base, type: z.literal(CALL_TYPES), state_key: z.string().max(512), content: z.looseObject({}) }),
  z.object({ ...base, type: z.literal(SCENARIO_STATE), state_key: z.string().max(255), content: z.looseObject({}) }),
]);
export type RoomEvent = z.infer<typeof RoomEvent>;
export type RoomEventOf<T extends RoomEvent["type"]> = RoomEvent extends infer E ? (E extends { type: infer Type } ? (T extends Type ? E : never) : never) : never;

export type CallEvent = RoomEventOf<"m.call.member">;

export const HANDLED_TYPES: ReadonlySet<string> = new Set<RoomEvent["type"]>([
  "m.room.message", "m.reaction", "m.room.redaction", "m.room.member", "m.room.history_visibility", "m.room.power_levels", "m.room.tombstone", "m.room.encryption", "m.room.encrypted", SCENARIO_STATE, ...CALL_TYPES,
]);

const level = z.number();

export const PowerLevels = z.object({
  users: z.record(z.string(), level).default({}),
  users_default: level.default(0),
  events: z.record(z.string(), level).default({}),
  events_default: level.default(0),
  state_default: level.default(50),
  invite: level.default(0),
});
export type PowerLevels = z.infer<typeof PowerLevels>;

export const CreateContent = z.object({
  room_version: z.string().default("1"),
  additional_creators: z.array(z.string()).default([]),
  predecessor: z.object({ room_id: RoomId }).nullish().catch(null),
});

/** The words of a message without the quotation that older clients put above a reply ("Rich replies" until Matrix v1.13). */
export function wordsOf({ body, "m.relates_to": relation }: RoomEventOf<"m.room.message">["content"]): string {
  return relation?.["m.in_reply_to"] && body.startsWith("> ") ? body.replace(/^(?:>[^\n]*\n)+\n?/, "") : body;
}
