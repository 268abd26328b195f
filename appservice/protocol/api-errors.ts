import { GUEST_ERRORS } from "./guests.ts";
import { HOMESERVER_SILENT, ROOM_NOT_READY, SIGNED_OUT, UNKNOWN_HOMESERVER } from "./http-api.ts";
import { NAMESPACE } from "./namespace.ts";
import { TELEGRAM_API_ERRORS } from "./telegram-api-errors.ts";

const own = (name: string) => `${NAMESPACE}.${name}`.toUpperCase();

/**
 * Errors of the HTTP API, by a name of their own: one `errcode` may be several errors, as in Matrix. `errcode` and
 * `sentence` (in the body's `error`) are the client's; where a route has a better sentence, that one is told. `remedy`
 * is for people who write a client.
 */
export const API_ERRORS = {
  SHARD_AWAY: {
    status: 503,
    errcode: own("shard_away"),
    sentence:
      "The part of the service that keeps this room cannot be reached right now. What you do in the room meanwhile is not lost.",
    remedy: "Ask again in a moment.",
  },
  ROOM_MOVES: {
    status: 503,
    errcode: own("room_moves"),
    sentence: "This room is moving to another part of the service, a moment please. Nothing is lost.",
    remedy: "Ask again in a second.",
  },
  MOVE_REFUSED: {
    status: 409,
    errcode: own("move_refused"),
    sentence: "This room cannot be moved now.",
    remedy: "Its sentence says why; the room is where it was.",
  },
  NO_SUCH_SHARD: {
    status: 404,
    errcode: "M_NOT_FOUND",
    sentence: "The router's table names no such shard.",
    remedy: "Compare service.shard.name with the table.",
  },
  SHARD_NOT_FREE: {
    status: 409,
    errcode: own("shard_not_free"),
    sentence: "The shard answers, or another has taken it over.",
    remedy: "Look again, and take it over when it is away.",
  },
  NOT_JSON: {
    status: 400,
    errcode: "M_NOT_JSON",
    sentence: "The request could not be read.",
    remedy: "Send JSON in UTF-8, and percent-encode the path.",
  },
  BAD_BODY: {
    status: 400,
    errcode: "M_BAD_JSON",
    sentence: "This is not what is asked for here.",
    remedy: "Compare the body with the schema of the request.",
  },
  NO_DEVICE: {
    status: 400,
    errcode: "M_BAD_JSON",
    sentence: "A session is opened for a device: 16 to 64 letters of chance in x-mindminder-device.",
    remedy: "Make up letters once for each tab, and send them with every request.",
  },
  MISSING_TOKEN: {
    status: 401,
    errcode: "M_MISSING_TOKEN",
    sentence: "The homeserver's token is missing.",
    remedy: "Send `Authorization: Bearer` with the registration's `hs_token`.",
  },
  UNKNOWN_TOKEN: {
    status: 401,
    errcode: "M_UNKNOWN_TOKEN",
    sentence: "This session is not known or has expired.",
    remedy: "Open a session anew, by a new proof, and ask once more.",
  },
  UNPROVEN: {
    status: 401,
    errcode: "M_UNKNOWN_TOKEN",
    sentence: "Your homeserver did not confirm who you are.",
    remedy: "Ask the homeserver for a new OpenID token: each lives an hour at most.",
  },
  LINK_USED: {
    status: 401,
    errcode: own("link_used"),
    sentence: "This link was opened in another browser, or has run out. “!circle link” in the room makes a new one.",
    remedy: "Have the person type `!circle link` in the room.",
  },
  GUEST_LINK_OVER: {
    status: 404,
    errcode: GUEST_ERRORS.over,
    sentence: "This link for guests opens nothing any more. Ask the person who gave it to you for another.",
    remedy: "Have the keeper make a link: `!circle guests`.",
  },
  GUEST_TURNED_AWAY: {
    status: 403,
    errcode: GUEST_ERRORS.turnedAway,
    sentence: "The keeper has not let you in, or has ended your visit.",
    remedy: "Nothing is to be done by the client.",
  },
  GUESTS_FULL: {
    status: 409,
    errcode: GUEST_ERRORS.full,
    sentence: "All places for guests are taken.",
    remedy: "Ask again later, or have the keeper make a link with more places.",
  },
  GUEST_NAME: {
    status: 400,
    errcode: GUEST_ERRORS.name,
    sentence: "A name has at least one letter.",
    remedy: "Have the guest choose another name.",
  },
  GUEST_WAITS: {
    status: 409,
    errcode: GUEST_ERRORS.waits,
    sentence: "The keeper has not let you in yet.",
    remedy: "Knock until the answer is `in`, then ask for a session.",
  },
  NOT_FOR_GUESTS: {
    status: 403,
    errcode: own("not_for_guests"),
    sentence: "Guests see the meeting that they sit in, and nothing else of the room.",
    remedy: "Ask as a member of the room.",
  },
  NO_SUCH_GUEST: {
    status: 404,
    errcode: own("no_such_guest"),
    sentence: "Nobody waits or sits there by that id any more.",
    remedy: "Ask for the room’s guests anew.",
  },
  MANY_GUEST_LINKS: {
    status: 409,
    errcode: own("many_guest_links"),
    sentence: "This room has as many links for guests as it may have. Take one back first.",
    remedy: "Close a link that is not needed.",
  },
  ...TELEGRAM_API_ERRORS,
  UNSIGNED: {
    status: 401,
    errcode: "M_FORBIDDEN",
    sentence: "This webhook is not signed by LiveKit.",
    remedy: "Give LiveKit and the service the same API key and secret.",
  },
  FORBIDDEN: {
    status: 403,
    errcode: "M_FORBIDDEN",
    sentence: "You may not do this.",
    remedy: "Have the keeper of the meeting or a moderator of the room do it.",
  },
  NOT_IN_ROOM: {
    status: 403,
    errcode: "M_FORBIDDEN",
    sentence: "You are not in this room, or the facilitator is not.",
    remedy: "Join the room, and invite the facilitator.",
  },
  OTHER_ROOM: {
    status: 403,
    errcode: "M_FORBIDDEN",
    sentence: "This session belongs to another room.",
    remedy: "Open a session for each room.",
  },
  OTHER_SERVER: {
    status: 403,
    errcode: "M_FORBIDDEN",
    sentence: "Your homeserver confirmed somebody of another server.",
    remedy: "Name in `matrix_server_name` the server that gave the token.",
  },
  NOT_HOMESERVER: {
    status: 403,
    errcode: "M_FORBIDDEN",
    sentence: "This is not the homeserver's token.",
    remedy: "Give homeserver and service the same registration file.",
  },
  BOT_ABSENT: {
    status: 403,
    errcode: ROOM_NOT_READY.botAbsent,
    sentence: "The facilitator is not in this room. Invite it first.",
    remedy: "Invite the bot.",
  },
  ENCRYPTED_ROOM: {
    status: 403,
    errcode: ROOM_NOT_READY.encrypted,
    sentence: "This room is encrypted, and the facilitator cannot take part in encrypted rooms yet.",
    remedy: "Meet in a room without encryption.",
  },
  SIGNED_OUT: {
    status: 403,
    errcode: SIGNED_OUT,
    sentence: "All sessions of this account were ended just now. “!circle link” in the room opens the circle.",
    remedy: "Have the person type `!circle link` in the room.",
  },
  UNKNOWN_HOMESERVER: {
    status: 403,
    errcode: UNKNOWN_HOMESERVER,
    sentence:
      "This service does not know your homeserver. “!circle link” in the room sends you a link of your own; the service’s admin can add the server under homeserver.openid.",
    remedy: "Have the person type `!circle link`, or the admin add their server under `homeserver.openid`.",
  },
  NOTHING_HERE: {
    status: 404,
    errcode: "M_UNRECOGNIZED",
    sentence: "There is nothing here.",
    remedy: "Spell the path as this page does, letter by letter: case and a slash at the end count.",
  },
  NO_SUCH_MEETING: {
    status: 404,
    errcode: "M_NOT_FOUND",
    sentence: "There was no such meeting in this room.",
    remedy: "List the room's meetings. One that the room's history does not show to a person is not there for them.",
  },
  NO_SUCH_FORMAT: {
    status: 404,
    errcode: "M_NOT_FOUND",
    sentence: "There is no such format.",
    remedy: "Take one of those that the path's schema lists.",
  },
  NO_SUCH_QUARTER: {
    status: 404,
    errcode: "M_NOT_FOUND",
    sentence: "There is no such quarter.",
    remedy: "Write it like 2026-Q3, or “now” for the present one.",
  },
  NO_SOUND: {
    status: 404,
    errcode: "M_NOT_FOUND",
    sentence: "The sound of this is not kept.",
    remedy: "Ask first which utterances can be heard.",
  },
  NO_SUCH_TARGET: {
    status: 404,
    errcode: "M_NOT_FOUND",
    sentence: "There is no such task manager here.",
    remedy: "Take one of the `targets` that the answer to `GET` lists.",
  },
  NOBODY_ON_DEMAND: {
    status: 404,
    errcode: "M_NOT_FOUND",
    sentence: "This service makes no users or rooms on demand.",
    remedy: "None: this is the answer to each of these questions.",
  },
  REFUSED: {
    status: 409,
    errcode: own("…"),
    sentence: "The circle refuses this.",
    remedy: "Tell the person the sentence: it is in the room's language. Its `errcode` says why, see below.",
  },
  TOO_LARGE: {
    status: 413,
    errcode: "M_TOO_LARGE",
    sentence: "The request is too large.",
    remedy: "Send less: the largest body that is read is named above.",
  },
  TOO_MUCH: {
    status: 429,
    errcode: "M_LIMIT_EXCEEDED",
    sentence: "That was too much at once. Try again in a minute.",
    remedy: "Wait as long as `Retry-After` says, in seconds; the admin sets the limits under `service.limits`.",
  },
  UNKNOWN: {
    status: 500,
    errcode: "M_UNKNOWN",
    sentence: "Something went wrong on our side.",
    remedy: "Tell the admin the number in `error`: the log has the cause beside it.",
  },
  HOMESERVER_SILENT: {
    status: 502,
    errcode: HOMESERVER_SILENT,
    sentence:
      "Your homeserver could not be asked who you are. Try again in a moment; “!circle link” in the room sends you a link of your own.",
    remedy: "Try again in a moment, or have the person type `!circle link` in the room.",
  },
  NO_SUCH_ARCHIVE: {
    status: 404,
    errcode: own("no_such_archive"),
    sentence: "This address was used, or has run out. Ask for your data again.",
    remedy: "Ask for another: the widget's settings, or “!circle my data”.",
  },
  NOT_RUNNING: {
    status: 503,
    errcode: "M_UNKNOWN",
    sentence: "The service is not running; its doctor is.",
    remedy: "None: the homeserver keeps its events and sends them again.",
  },
  CALL_UNAVAILABLE: {
    status: 503,
    errcode: own("call_unavailable"),
    sentence: "The call cannot be reached right now. Try again in a moment.",
    remedy: "Try again in a moment; `mindminder doctor` looks at LiveKit.",
  },
  NOT_KEPT: {
    status: 503,
    errcode: own("not_kept"),
    sentence: "The service cannot write to its disk. Try again in a moment, or tell your admin.",
    remedy: "Try again in a moment: nothing of it was done.",
  },
  HOMESERVER_AWAY: {
    status: 503,
    errcode: own("homeserver_away"),
    sentence: "The homeserver does not answer. Try again in a moment.",
    remedy: "Try again in a moment.",
  },
  TOO_MUCH_WORK: {
    status: 503,
    errcode: own("too_much_work"),
    sentence: "This takes longer than the service may spend on it. A single meeting, or a simpler format, takes less.",
    remedy: "Ask for a single meeting, or a simpler format.",
  },
} as const satisfies { readonly [code: string]: ApiErrorKind };

export type ApiErrorKind = {
  readonly status: number;
  readonly errcode: string;
  readonly sentence: string;
  readonly remedy: string;
};
export type ApiErrorCode = keyof typeof API_ERRORS;
