import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import type { LocalCallState } from "../../model/call/call-state.ts";
import type { RingSeat } from "../../model/meeting/seats.ts";
import type { RingLayout } from "./layout.ts";

/** Everything that each of the ring's middles is given. */
export type MiddleProps = {
  readonly meeting: MeetingSnapshot | null;
  readonly voices: LocalCallState["voices"];
  readonly layout: RingLayout;
  /** The theme stands under my clock, and not at the top. */
  readonly withTheme: boolean;
  /** Everybody who is here. */
  readonly seats: readonly RingSeat[];
};
