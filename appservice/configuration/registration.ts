import { ParticipantId } from "../protocol/identity.ts";
import { z } from "zod";
import { randomBytes } from "../time/chance.ts";

/** A key of our own, which homeservers pass over: the local part of the account that people know as the bot. */
const BOT_KEY = "org.mindminder.bot";
/**
 * Lets the service make and delete devices of its users without logins, as encrypted rooms want (MSC4190, Synapse's
 * name for it).
 */
const DEVICES_KEY = "io.element.msc4190";

/** The part of its registration that the service reads. */
export const Registration = z
  .object({
    id: z.string().min(1),
    url: z.string().nullable(),
    as_token: z.string().min(1),
    hs_token: z.string().min(1),
    sender_localpart: z.string().min(1),
    [BOT_KEY]: z.string().min(1).optional(),
    [DEVICES_KEY]: z.boolean().default(false),
  })
  .transform(({ [BOT_KEY]: bot, [DEVICES_KEY]: devices, ...registration }) => ({
    ...registration,
    bot: bot ?? registration.sender_localpart,
    devices,
  }));
/**
 * `bot`: the local part of the bot's account; in registrations of before it is the sender's. `devices`: the bot may
 * have devices, without which it reads no encrypted room.
 */
export type Registration = z.infer<typeof Registration>;

/**
 * A registration as the homeserver and this service read it (Application Service API, "Registration"). The bot is not
 * the sender, and its namespace is not exclusive: Synapse lists neither senders nor exclusive users in its directory of
 * users, where people look for whom to invite.
 */
export function registrationFor(
  { url, id, bot }: { readonly url: string; readonly id: string; readonly bot: string },
  newToken = freshToken,
) {
  return {
    id,
    url,
    as_token: newToken(),
    hs_token: newToken(),
    sender_localpart: `${bot}_service`,
    [BOT_KEY]: bot,
    rate_limited: false,
    [DEVICES_KEY]: true,
    namespaces: {
      users: [{ exclusive: false, regex: `@${escapeRegex(bot)}(_.*)?:.*` }],
      aliases: [],
      rooms: [],
    },
  };
}

/** The bot's full id on its homeserver. */
export function botIdOf({ bot }: Pick<Registration, "bot">, serverName: string): ParticipantId {
  return ParticipantId.parse(`@${bot}:${serverName}`);
}

function freshToken(): string {
  return randomBytes(32).toString("hex");
}

function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
