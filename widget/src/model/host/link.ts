import { Session } from "@mindminder/protocol/http-api.ts";
import { ServiceFailure } from "../service/failure.ts";
import { thisBrowser } from "../service/device.ts";
import { HostFailure, type Host } from "./host.ts";
import type { HostKind } from "./host-kind.ts";
import type { UrlParameters } from "./parameters.ts";

/** A browser that a personal link was opened in: no client around it. */
export const personalLink: HostKind = {
  isHere: ({ code }) => code !== null && code !== "",
  open: async (parameters) => openByLink(parameters),
};

/** A session is kept for as long as the page's tab lives; until the meeting is over the same browser gets another by the same code. */
export function openByLink(
  { code, roomId, userId, theme, language }: UrlParameters,
  kept: Storage = sessionStorage,
): Host {
  if (!code || !roomId) throw new HostFailure("outside-client");
  const place = `mindminder:${code}`;
  return {
    issuer: "link",
    parameters: { roomId, userId },
    look: { theme, language },
    proof: () => {
      const browser = thisBrowser();
      return Promise.resolve({ issuer: "link", code, ...(browser !== undefined && { browser }) });
    },
    kept: {
      find: () => {
        const known = Session.safeParse(parsed(kept.getItem(place)));
        return known.success && known.data.expiresAt > Date.now() ? known.data : null;
      },
      keep: (session) => kept.setItem(place, JSON.stringify(session)),
    },
    refusal: (cause) =>
      cause instanceof ServiceFailure && cause.kind === "unproven" ? new HostFailure("link-used", cause) : null,
  };
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
