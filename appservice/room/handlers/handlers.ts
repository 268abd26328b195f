import type { SignIns } from "../../store/sign-ins.ts";
import type { RoomId } from "../../protocol/identity.ts";
import { RETENTION_STATE, type RoomEvent, type RoomEventOf } from "../room-event.ts";
import { SCENARIO_STATE, SIGN_IN } from "../../protocol/namespace.ts";
import { type EncryptionDeps, encryptionSwitchedOn } from "./encryption.ts";
import { type MemberDeps, memberChanged } from "./member.ts";
import { handleMessage, type MessageDeps } from "./message.ts";
import { noticeCall, type OwnCallDeps } from "./own-call.ts";
import { type OwnMembershipDeps, ownMembership } from "./own-membership.ts";
import { type PowerChangeDeps, powerChanged } from "./power-changed.ts";
import { answerReaction, type ReactionDeps } from "./reaction.ts";
import { handleRedaction, type RedactionDeps } from "./redaction.ts";
import { roomReplaced, type RoomReplacedDeps } from "./replaced.ts";

type Handler<Type extends RoomEvent["type"]> = (event: RoomEventOf<Type>) => void | Promise<void>;

/** Handler of each type of room event that the bot acts on. */
export type RoomHandlers = { readonly [Type in RoomEvent["type"]]: Handler<Type> };

export type RoomHandlersDeps = OwnMembershipDeps &
  MemberDeps &
  PowerChangeDeps &
  RoomReplacedDeps &
  EncryptionDeps &
  MessageDeps &
  OwnCallDeps &
  ReactionDeps &
  RedactionDeps & {
    /** Hears that a room says for how long it wants things kept. */
    readonly onRetention: (room: RoomId) => void;
    readonly signIns: Pick<SignIns, "confirm">;
  };

/** The table of what each event brings about. Every handler names for itself what it needs of these. */
export function roomHandlers(deps: RoomHandlersDeps): RoomHandlers {
  const { homeserver, onRetention, signIns } = deps;
  const ownCall = (event: RoomEventOf<"m.call.member">) => noticeCall(event, deps);
  return {
    "m.room.member": (event) =>
      event.state_key === homeserver.botId ? ownMembership(event, deps) : memberChanged(event, deps),
    "m.room.power_levels": (event) => powerChanged(event, deps),
    "m.room.tombstone": (event) => roomReplaced(event, deps),
    "m.room.encryption": (event) => encryptionSwitchedOn(event, deps),
    "m.room.message": (event) => handleMessage(event, deps),
    "m.reaction": (event) => answerReaction(event, deps),
    "m.room.redaction": (event) => handleRedaction(event, deps),
    "org.matrix.msc3401.call.member": ownCall,
    "m.call.member": ownCall,
    "org.matrix.msc3401.call": ownCall,
    [RETENTION_STATE]: ({ room_id: room }) => onRetention(room),
    [SIGN_IN]: ({ sender, room_id: room, content }) => signIns.confirm(sender, room, content.code),
    // Nothing is left to do: the facts of the room and the sight of its past have learnt of these already.
    "m.room.history_visibility": () => {},
    "m.room.encrypted": () => {},
    [SCENARIO_STATE]: () => {},
  };
}

/** Hands an event to its handler. A row of the table takes the events of the type that it stands under. */
export function handle(event: RoomEvent, handlers: RoomHandlers): void | Promise<void> {
  return (handlers[event.type] as Handler<RoomEvent["type"]>)(event);
}
