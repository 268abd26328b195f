import type { Upcaster } from "../journal/upcast/upcaster.ts";
import type { PurposeEvent } from "./event.ts";

/** Steps by which older answers on purposes become today's; see `journal/upcast`. */
export const PURPOSE_UPCASTERS: readonly Upcaster<"room", PurposeEvent["type"]>[] = [];
