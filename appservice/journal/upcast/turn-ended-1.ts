import { Door } from "../../protocol/actor.ts";
import type { Upcaster } from "./upcaster.ts";

/**
 * Adds who ended a turn, which was not written until then: speakers who passed the word on themselves are known, people
 * who did so for another are not. `spoken` was all that told of a door.
 */
export const turnEnded1: Upcaster = {
  kind: "circle",
  type: "turn-ended",
  from: 1,
  up: ({ spoken, ...event }) => ({
    ...event,
    by: event.reason === "passed" || event.reason === "left" ? event.speaker : null,
    door: spoken === true ? Door.enum.speech : null,
  }),
};
