import type { Meeting } from "../circle/meeting.ts";
import type { RecordState } from "../record/state.ts";
import { type ChosenSet, type SetName, STANDARD_SET, type Trial } from "../protocol/chosen-set.ts";
import type { RoomId } from "../protocol/identity.ts";
import { chooseSet } from "./choose-set.ts";
import { factsOf } from "./meeting-facts.ts";
import type { Experiments, PluginSetOptions } from "./options.ts";

type ServedSetsDeps = {
  readonly experiments: Experiments;
  /** Places that meetings of a room had in experiments so far. */
  readonly trialsIn: (room: RoomId) => readonly Trial[];
  readonly now: () => number;
  /** Hears of a set that a running meeting was given, and that the file has no more. */
  readonly onGone: (set: SetName, room: RoomId) => void;
};

/** Decides which set serves a meeting. Once chosen it stays, whatever the file says later. */
export class ServedSets {
  readonly #deps: ServedSetsDeps;
  readonly #gone = new Set<string>();

  constructor(deps: ServedSetsDeps) {
    this.#deps = deps;
  }

  /** The choice for a meeting that has none yet: the same whenever it is asked, until the meeting has it. */
  choose(meeting: Meeting): ChosenSet {
    const { experiments, trialsIn, now } = this.#deps;
    const trials = trialsIn(meeting.roomId);
    return chooseSet(
      experiments,
      factsOf(meeting, now()),
      (id, digest) => trials.filter((trial) => trial.experiment === id && trial.digest === digest).length,
    );
  }

  /** Set of a meeting as the file has it now; one that is gone from it is served as the configuration says. */
  of({ meeting, record }: { readonly meeting: Meeting; readonly record: Pick<RecordState, "served"> }): SetName {
    const { set } = record.served?.chosen ?? this.choose(meeting);
    if (this.optionsOf(set)) return set;
    const once = `${meeting.id} ${set}`;
    if (!this.#gone.has(once)) this.#deps.onGone(set, meeting.roomId);
    this.#gone.add(once);
    return STANDARD_SET;
  }

  /** Scenario that a start without a name takes, where the room has chosen none. */
  scenarioFor(meeting: Meeting): string | null {
    return this.optionsOf(this.choose(meeting).set)?.scenario ?? null;
  }

  optionsOf(set: SetName): PluginSetOptions | null {
    return this.#deps.experiments.sets[set] ?? (set === STANDARD_SET ? { plugins: {} } : null);
  }
}
