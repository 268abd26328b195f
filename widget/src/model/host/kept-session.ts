import type { z } from "zod";
import type { Session } from "@mindminder/protocol/http-api.ts";

/** A session that is kept for as long as the page's tab lives. */
export type KeptSession<It extends Session> = {
  /** Null: none is kept, or it has run out. */
  find(): It | null;
  keep(session: It): void;
  drop(): void;
};

/** It is kept with the times of the person's own clock, which may be hours off the service's. */
export function keptSession<It extends Session>(
  schema: z.ZodType<It>,
  place: string,
  storage: Storage = sessionStorage,
): KeptSession<It> {
  return {
    find: () => {
      const { success, data } = schema.safeParse(parsed(storage.getItem(place)));
      return success && data.expiresAt > Date.now() ? data : null;
    },
    keep: (session) => {
      const now = Date.now();
      const expiresAt = now + session.expiresAt - session.serverTime;
      storage.setItem(place, JSON.stringify({ ...session, serverTime: now, expiresAt }));
    },
    drop: () => storage.removeItem(place),
  };
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
