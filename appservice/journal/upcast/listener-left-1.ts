import type { AssemblyEvent } from "../../assembly/event.ts";
import type { Upcaster } from "./upcaster.ts";

/** Has whoever left the gallery have gone by themselves: nobody was out of it for good then. */
export const listenerLeft1: Upcaster<"assembly", AssemblyEvent["type"]> = {
  kind: "assembly",
  type: "listener-left",
  from: 1,
  up: (event) => ({ ...event, by: null }),
};
