import { z } from "zod";

/** Bytes in base64url without padding, of so many letters. */
const bytes = (letters: number) => z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${letters}}$`));

/**
 * Place at a push service (RFC 8030) by which one browser is reached, with the keys for it (RFC 8291), as
 * `PushManager.subscribe` gives it.
 */
export const NudgeAddress = z.object({
  endpoint: z.url({ protocol: /^https$/ }).max(1024),
  keys: z.object({ p256dh: bytes(87), auth: bytes(22) }),
});
export type NudgeAddress = z.infer<typeof NudgeAddress>;

/** `POST /rooms/ROOM/nudges`: where this tab's person wants to be told that they are next; null: not any more. */
export const NudgeRequest = z.object({ address: NudgeAddress.nullable() });

/**
 * `key`: the service's own public key (VAPID, RFC 8292); null: there are no nudges for this person. `on`: this tab has
 * some.
 */
export const NudgesResponse = z.object({ key: z.string().nullable(), on: z.boolean() });
export type NudgesResponse = z.infer<typeof NudgesResponse>;
