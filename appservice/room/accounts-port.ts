import type { AccountResponse, Quarter } from "../protocol/account.ts";
import type { Actor } from "../protocol/actor.ts";
import type { ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Pot, PotTold, PotWish } from "../protocol/pot.ts";
import type { Refusal } from "../protocol/refusal.ts";

/** Statements of account and pots, as the room's commands use them. */
export type AccountsPort = {
  readonly of: (room: RoomId, who: ParticipantId, quarter: Quarter | null) => Promise<AccountResponse>;
  /** `asked`: the message that asks; asked twice, it is one pot. */
  readonly showPot: (room: RoomId, wish: PotWish, actor: Actor, asked: string) => Promise<PotTold | Refusal>;
  readonly objectToPot: (room: RoomId, actor: Actor) => Promise<Pot | Refusal>;
};
