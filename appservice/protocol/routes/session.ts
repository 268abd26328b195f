import { LinkSessionRequest, Session, SessionRequest } from "../http-api.ts";
import { route } from "./route.ts";

const NOT_YET = ["NOT_IN_ROOM", "BOT_ABSENT", "ENCRYPTED_ROOM"] as const;

/** Sessions are opened with a proof of who one is: an OpenID token of the homeserver, or a link the bot gave. */
export const SESSION_ROUTES = {
  openSession: route({
    method: "POST",
    path: "/api/v1/session",
    access: "device",
    body: { schema: SessionRequest, otherwise: "A session is asked for with a room and an OpenID token." },
    answer: Session,
    errors: [...NOT_YET, "UNPROVEN", "OTHER_SERVER", "UNKNOWN_HOMESERVER", "SIGNED_OUT", "HOMESERVER_SILENT"],
  }),
  openSessionByLink: route({
    method: "POST",
    path: "/api/v1/session/link",
    access: "device",
    body: { schema: LinkSessionRequest, otherwise: "A session is asked for with the code of a link." },
    answer: Session,
    errors: [...NOT_YET, "LINK_USED"],
  }),
};
