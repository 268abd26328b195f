import { Door } from "../../protocol/actor.ts";
import type { Upcaster } from "./upcaster.ts";

/**
 * Until then it was not written who ended a turn: whoever passed the word on themselves is known, whoever did so for another is not.
 * `spoken` was all that told of a door.
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
