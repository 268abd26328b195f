import type { Actor } from "../../protocol/actor.ts";
import type { RoomId } from "../../protocol/identity.ts";

/** Person who pressed a sign, or took it back, in a room. */
export type Presser = { readonly room: RoomId; readonly actor: Actor };
