import { ServedSets } from "../experiments/served-sets.ts";
import { trialsIn } from "../journal/trials.ts";
import type { Ground } from "./ground.ts";
import type { Truth } from "./truth.ts";

type ExperimentsDeps = Pick<Ground, "loaded" | "log" | "now"> & Pick<Truth, "stores">;

/** The choice of what serves each meeting; null where the configuration names no file of experiments. */
export function createSets({ loaded: { config, experiments }, log, now, stores }: ExperimentsDeps): ServedSets | null {
  if (config.experiments === undefined) return null;
  return new ServedSets({
    experiments,
    trialsIn: (room) => trialsIn(stores.db, room),
    now,
    onGone: (set, room) =>
      log.warn(
        { set, room },
        "a meeting's set is in the file of experiments no more; it goes on as the configuration says",
      ),
  });
}
