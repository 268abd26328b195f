import type { ApiErrorCode } from "../api-errors.ts";
import { type Access, isMedia, type Route } from "./route.ts";

const ANYWHERE = ["HOMESERVER_AWAY", "NOT_KEPT", "TOO_MUCH", "UNKNOWN"] as const;

/** Errors that every request with this proof can have. */
const AT_THE_DOOR: { readonly [access in Access]: readonly ApiErrorCode[] } = {
  none: [],
  device: ["NO_DEVICE", ...ANYWHERE],
  session: ["UNKNOWN_TOKEN", "OTHER_ROOM", "NOT_IN_ROOM", ...ANYWHERE],
  homeserver: ["MISSING_TOKEN", "NOT_HOMESERVER", "TOO_MUCH", "UNKNOWN"],
  livekit: ["UNSIGNED", "TOO_MUCH", "UNKNOWN"],
};

/** Codes of all errors that a request by this route can fail with, each once. */
export function errorsOf({ access, body, params = {}, errors = [], guests }: Route): ApiErrorCode[] {
  const unread: ApiErrorCode[] = body && !isMedia(body) ? ["NOT_JSON", "BAD_BODY"] : [];
  const members: ApiErrorCode[] = access === "session" && !guests ? ["NOT_FOR_GUESTS"] : [];
  const unknown = Object.values(params).map(({ otherwise }) => otherwise);
  return [
    ...new Set([
      ...AT_THE_DOOR[access],
      ...(body ? [...unread, "TOO_LARGE" as const] : []),
      ...unknown,
      ...members,
      ...errors,
    ]),
  ];
}
