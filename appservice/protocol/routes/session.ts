import { KnockRequest, KnockResponse } from "../guests.ts";
import { Session } from "../http-api.ts";
import { SessionRequest } from "../session-proof.ts";
import { route } from "./route.ts";

const OF_MATRIX = ["UNPROVEN", "OTHER_SERVER", "UNKNOWN_HOMESERVER", "SIGNED_OUT", "HOMESERVER_SILENT"] as const;
const OF_GUESTS = ["GUEST_LINK_OVER", "GUEST_TURNED_AWAY", "GUEST_WAITS"] as const;

/**
 * Sessions are opened with a proof of who one is, by one of the issuers: an OpenID token of the homeserver, or a link
 * the bot gave. A guest knocks before.
 */
export const SESSION_ROUTES = {
  knock: route({
    method: "POST",
    path: "/api/v1/guest",
    access: "device",
    body: { schema: KnockRequest, otherwise: "A guest asks with the code of a link and a name." },
    answer: KnockResponse,
    errors: ["ENCRYPTED_ROOM", "GUEST_LINK_OVER", "GUEST_TURNED_AWAY", "GUESTS_FULL", "GUEST_NAME"],
  }),
  openSession: route({
    method: "POST",
    path: "/api/v1/session",
    access: "device",
    body: {
      schema: SessionRequest,
      otherwise: "A session is asked for with a room and an OpenID token, or with the code of a link.",
    },
    answer: Session,
    errors: ["NOT_IN_ROOM", "BOT_ABSENT", "ENCRYPTED_ROOM", ...OF_MATRIX, "LINK_USED", ...OF_GUESTS],
  }),
};
