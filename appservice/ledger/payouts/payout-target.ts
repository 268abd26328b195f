import type { Quarter } from "../../protocol/account.ts";
import type { RoomId } from "../../protocol/identity.ts";
import type { PayoutOrder } from "./order.ts";

export type PayoutList = {
  readonly room: RoomId;
  readonly quarter: Quarter;
  readonly orders: readonly PayoutOrder[];
};

export type PayoutDeps = {
  /** Place that was named for them: a file, or an address. Undefined: none was. */
  readonly to: string | undefined;
  /** Secret by which the receiver knows who sends. */
  readonly secret: string | undefined;
  readonly now: () => number;
  readonly print: (text: string) => void;
};

/** Place that orders to pay are handed to. It writes them; paying is for whoever reads them. */
export type PayoutTarget = {
  readonly name: string;
  /** Description of what `--to` has to be. */
  readonly takes: string;
  readonly write: (list: PayoutList, deps: PayoutDeps) => Promise<void>;
};
