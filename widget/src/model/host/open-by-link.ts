import { Session } from "@mindminder/protocol/http-api.ts";
import { ServiceFailure } from "../service/failure.ts";
import { thisBrowser } from "../service/device.ts";
import { HostFailure, type Host } from "./host.ts";
import { keptSession } from "./kept-session.ts";
import type { UrlParameters } from "./parameters.ts";

/**
 * A session is kept for as long as the page's tab lives; until the meeting is over the same browser gets another by the
 * same code.
 */
export function openByLink({ code, roomId, userId, theme, language }: UrlParameters): Host {
  if (!code || !roomId) throw new HostFailure("outside-client");
  return {
    issuer: "link",
    parameters: { roomId, userId },
    look: { theme, language },
    proof: () => {
      const browser = thisBrowser();
      return Promise.resolve({ issuer: "link", code, ...(browser !== undefined && { browser }) });
    },
    kept: keptSession(Session, `mindminder:${code}`),
    refusal: (cause) =>
      cause instanceof ServiceFailure && cause.kind === "unproven" ? new HostFailure("link-used", cause) : null,
  };
}
