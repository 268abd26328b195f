import { Session } from "../http-api.ts";
import { SessionRequest } from "../session-proof.ts";
import { route } from "./route.ts";

const OF_MATRIX = ["UNPROVEN", "OTHER_SERVER", "UNKNOWN_HOMESERVER", "SIGNED_OUT", "HOMESERVER_SILENT"] as const;

/** Sessions are opened with a proof of who one is, by one of the issuers: an OpenID token of the homeserver, or a link the bot gave. */
export const SESSION_ROUTES = {
  openSession: route({
    method: "POST",
    path: "/api/v1/session",
    access: "device",
    body: {
      schema: SessionRequest,
      otherwise: "A session is asked for with a room and an OpenID token, or with the code of a link.",
    },
    answer: Session,
    errors: ["NOT_IN_ROOM", "BOT_ABSENT", "ENCRYPTED_ROOM", ...OF_MATRIX, "LINK_USED"],
  }),
};
