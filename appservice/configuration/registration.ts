import { randomBytes } from "node:crypto";
import { z } from "zod";

/** What the service reads of its registration. */
export const Registration = z.object({
  id: z.string().min(1),
  url: z.string().nullable(),
  as_token: z.string().min(1),
  hs_token: z.string().min(1),
  sender_localpart: z.string().min(1),
});
export type Registration = z.infer<typeof Registration>;

/** A registration as the homeserver and this service read it (Application Service API, "Registration"). */
export function registrationFor({ url, id, bot }: { readonly url: string; readonly id: string; readonly bot: string }, newToken = freshToken) {
  return {
    id,
    url,
    as_token: newToken(),
    hs_token: newToken(),
    sender_localpart: bot,
    rate_limited: false,
    namespaces: {
      users: [{ exclusive: true, regex: `@${escapeRegex(bot)}(_.*)?:.*` }],
      aliases: [],
      rooms: [],
    },
  };
}

function freshToken(): string {
  return randomBytes(32).toString("hex");
}

function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
