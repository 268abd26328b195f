import { Session } from "@mindminder/protocol/http-api.ts";
import { ServiceFailure } from "../service/failure.ts";
import { HostFailure, type Host } from "./host.ts";
import type { UrlParameters } from "./parameters.ts";

/**
 * A browser that a personal link was opened in: no client around it. The link's code is worth one session, which is kept
 * for as long as the page's tab lives, so that loading the page anew does not lose the seat.
 */
export function openByLink(
  { code, roomId, userId, theme, language }: UrlParameters,
  kept: Storage = sessionStorage,
): Host {
  if (!code || !roomId) throw new HostFailure("outside-client");
  const place = `mindminder:${code}`;
  return {
    parameters: { roomId, userId },
    look: { theme, language },

    getOpenIdToken: () => Promise.reject(new HostFailure("identity-refused")),

    async openSession(redeem) {
      const known = Session.safeParse(parsed(kept.getItem(place)));
      if (known.success && known.data.expiresAt > Date.now()) return known.data;
      const session = await redeem(code).catch((cause: unknown) => {
        throw cause instanceof ServiceFailure && cause.kind === "unproven"
          ? new HostFailure("link-used", cause)
          : cause;
      });
      kept.setItem(place, JSON.stringify(session));
      return session;
    },
  };
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
