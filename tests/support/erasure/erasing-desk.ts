import pino from "pino";
import { ErasureDesk, type ErasureDeskDeps } from "../../../appservice/erasure/erasure-desk.ts";
import type { openStores } from "../../../appservice/stores.ts";

type Deps = Pick<ErasureDeskDeps, "meetings" | "assemblies" | "now" | "before"> &
  Partial<Pick<ErasureDeskDeps, "purposes">>;

/** A desk for erasures on real stores: unless told otherwise nobody has answered on uses of their words, and there is no room to clean. */
export function erasingDesk(stores: ReturnType<typeof openStores>, deps: Deps): ErasureDesk {
  return new ErasureDesk({
    ...stores,
    purposes: { shownTo: () => [], answer: () => ({ accepted: true, events: [] }) },
    ...deps,
    inRoom: async (_, __, ___, erase) => erase(),
    log: pino({ level: "silent" }),
  });
}
