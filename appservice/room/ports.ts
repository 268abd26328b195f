import type { Homeserver } from "./homeserver.ts";

/**
 * Names the part of the homeserver that each part of the room asks for. The class `Homeserver` gives all of it, and is
 * the one way to it; a fake in a test gives no more than what is asked for.
 */
export type MessagesOfHomeserver = Pick<Homeserver, "send" | "redact" | "ownEditsOf" | "failsAtThisAlone">;
export type StateOfHomeserver = Pick<Homeserver, "botId" | "state">;
export type PastOfHomeserver = Pick<Homeserver, "botId" | "state" | "past">;
export type DirectRooms = Pick<Homeserver, "botId" | "state" | "createDirectRoom">;
export type RoomStateOfHomeserver = Pick<Homeserver, "stateContent" | "setState">;
export type Uploads = Pick<Homeserver, "upload">;
