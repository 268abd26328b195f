import type { ParticipantId } from "../protocol/identity.ts";
import type { Happening } from "./happening.ts";

/** A person's word on what may be done with something of theirs. `right`: which one, by a short name. */
export type RightTold = {
  readonly who: ParticipantId;
  readonly right: string;
  readonly granted: boolean;
  readonly at: number;
};

/**
 * Rights that an event grants or takes back; none for most events. The only place that knows which events these are: a
 * new kind of consent is a line here.
 */
export function rightsIn({ event }: Pick<Happening, "event">): readonly RightTold[] {
  switch (event.type) {
    case "agreement-answered":
      return [{ who: event.who, right: "write-down", granted: event.agreed, at: event.at }];
    case "purpose-answered":
      return [{ who: event.who, right: event.purpose, granted: event.given, at: event.at }];
    default:
      return [];
  }
}
