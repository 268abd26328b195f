import { z } from "zod";
import type { RawEvent } from "../journal/inbox.ts";
import { EventId, ParticipantId, RoomId } from "../protocol/identity.ts";
import { SCENARIO_STATE, SIGN_IN } from "../protocol/namespace.ts";
import { unturned } from "../protocol/well-formed.ts";
import { textOfHtml } from "../language/text-of-html.ts";

/**
 * Bridges and old clients send null, an empty text or a list where something is left out: odd ones are as none, and
 * what stands around them is heard.
 */
const orNone = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined);

const base = {
  event_id: EventId,
  room_id: RoomId,
  sender: ParticipantId,
  origin_server_ts: z.number(),
  unsigned: orNone(
    z.object({
      age: orNone(z.number().nonnegative()),
      /**
       * Content of the state that this event replaces, where the homeserver says so (Client-Server API, "ClientEvent").
       */
      prev_content: orNone(z.looseObject({})),
    }),
  ),
};

/** Room upgrades, Client-Server API: the room goes on elsewhere. */
export const TombstoneContent = z.object({ replacement_room: RoomId });

const Relation = z.object({
  rel_type: orNone(z.string()),
  event_id: orNone(EventId),
  key: orNone(z.string()),
  is_falling_back: orNone(z.boolean()),
  "m.in_reply_to": orNone(z.object({ event_id: EventId })),
});

const text = {
  msgtype: z.string().catch("m.text"),
  body: z.unknown().optional(),
  formatted_body: z.unknown().optional(),
  filename: orNone(z.string()),
};

/** Moves the written text into `body`, wherever a bridge had put it. */
function withBody<C extends { readonly body?: unknown; readonly formatted_body?: unknown }>({
  body,
  formatted_body: html,
  ...content
}: C) {
  const plain = typeof body === "string" || typeof body === "number" ? String(body) : "";
  return { ...content, body: unturned(plain.trim() === "" && typeof html === "string" ? textOfHtml(html) : plain) };
}

const Mentions = z.object({
  user_ids: orNone(
    z
      .array(z.unknown())
      .max(100)
      .transform((ids) => ids.flatMap((id) => ParticipantId.safeParse(id).data ?? [])),
  ),
});

export const MessageContent = z
  .object({
    ...text,
    "m.relates_to": orNone(Relation),
    "m.new_content": orNone(z.object(text).transform(withBody)),
    "m.mentions": orNone(Mentions),
  })
  .transform(withBody);
export type MessageContent = z.infer<typeof MessageContent>;

/** Calls of the clients' own: who is in one (MSC4143, MSC3401), and that there is one. */
const CALL_TYPES = ["org.matrix.msc3401.call.member", "m.call.member", "org.matrix.msc3401.call"] as const;

/** State event that says for how long a room wants things kept (MSC1763). */
export const RETENTION_STATE = "m.room.retention";

/**
 * Events of a room that the bot acts on. An event that does not parse is counted and dropped before anybody sees it.
 */
export const RoomEvent = z.discriminatedUnion("type", [
  z.object({
    ...base,
    type: z.literal("m.room.message"),
    content: MessageContent,
  }),
  z.object({ ...base, type: z.literal("m.reaction"), content: z.object({ "m.relates_to": orNone(Relation) }) }),
  /** Until room version 10 the redacted event's id stood beside the content (room version 11, "Redactions"). */
  z.object({
    ...base,
    type: z.literal("m.room.redaction"),
    redacts: orNone(EventId),
    content: z.object({ redacts: orNone(EventId) }),
  }),
  z.object({
    ...base,
    type: z.literal("m.room.member"),
    state_key: ParticipantId,
    content: z.object({
      membership: z.enum(["invite", "join", "leave", "ban", "knock"]),
      displayname: orNone(z.string()),
      avatar_url: orNone(z.string()),
    }),
  }),
  z.object({
    ...base,
    type: z.literal("m.room.history_visibility"),
    state_key: z.literal(""),
    content: z.looseObject({}),
  }),
  z.object({ ...base, type: z.literal("m.room.power_levels"), state_key: z.literal(""), content: z.looseObject({}) }),
  z.object({ ...base, type: z.literal("m.room.tombstone"), state_key: z.literal(""), content: TombstoneContent }),
  z.object({ ...base, type: z.literal("m.room.encryption"), state_key: z.literal(""), content: z.looseObject({}) }),
  z.object({ ...base, type: z.literal("m.room.encrypted"), content: z.looseObject({}) }),
  z.object({ ...base, type: z.literal(CALL_TYPES), state_key: z.string().max(512), content: z.looseObject({}) }),
  z.object({ ...base, type: z.literal(RETENTION_STATE), state_key: z.literal(""), content: z.looseObject({}) }),
  z.object({ ...base, type: z.literal(SIGN_IN), content: z.object({ code: z.string().max(128) }) }),
  z.object({ ...base, type: z.literal(SCENARIO_STATE), state_key: z.string().max(255), content: z.looseObject({}) }),
]);
export type RoomEvent = z.infer<typeof RoomEvent>;
export type RoomEventOf<T extends RoomEvent["type"]> = RoomEvent extends infer E
  ? E extends { type: infer Type }
    ? T extends Type
      ? E
      : never
    : never
  : never;

export type CallEvent = RoomEventOf<"m.call.member">;

/**
 * Types that people's clients encrypt in an encrypted room. The room's state, redactions and reactions stand there
 * open.
 */
export const MAY_BE_ENCRYPTED: ReadonlySet<string> = new Set(["m.room.message", "m.reaction", SIGN_IN]);

export const HANDLED_TYPES: ReadonlySet<string> = new Set<RoomEvent["type"]>([
  "m.room.message",
  "m.reaction",
  "m.room.redaction",
  "m.room.member",
  "m.room.history_visibility",
  "m.room.power_levels",
  "m.room.tombstone",
  "m.room.encryption",
  "m.room.encrypted",
  SCENARIO_STATE,
  SIGN_IN,
  RETENTION_STATE,
  ...CALL_TYPES,
]);

/**
 * Parses an event; null for one that we do not know. A schema that stumbles over it must not stop the ones behind it.
 */
export function readEvent(raw: RawEvent): RoomEvent | null {
  try {
    return RoomEvent.safeParse(raw).data ?? null;
  } catch {
    return null;
  }
}

/**
 * The words of a message without the quotation that older clients put above a reply ("Rich replies" until Matrix
 * v1.13).
 */
export function wordsOf({ body, "m.relates_to": relation }: Pick<MessageContent, "body" | "m.relates_to">): string {
  return relation?.["m.in_reply_to"] && body.startsWith("> ") ? body.replace(/^(?:>[^\n]*\n)+\n?/, "") : body;
}
