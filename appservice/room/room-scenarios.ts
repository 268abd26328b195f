import type { Scenario } from "../circle/scenario.ts";
import type { CheckedScenario, CheckScenario, ScenarioProblem } from "../circle/scenario-problem.ts";
import type { KnownRooms } from "../store/known-rooms.ts";
import type { RoomId } from "../protocol/identity.ts";
import type { RoomFacts } from "./room-facts.ts";

/** Scenarios that can be played in a room. */
export type ScenarioChoice = {
  /** Scenarios by id: the room's own stand before the built-in ones of the same id. */
  readonly all: ReadonlyMap<string, Scenario>;
  readonly own: ReadonlySet<string>;
  /** Own ones that somebody wrote into the room's state by hand, and wrongly. */
  readonly unusable: ReadonlyMap<string, readonly ScenarioProblem[]>;
  /** Scenario that a start without a name takes. */
  readonly preferred: string;
};

const DEFAULT_SCENARIO = "council";

/** The scenarios of each room: those built in, and those in the room's state. */
export class RoomScenarios {
  readonly #builtIn: ReadonlyMap<string, Scenario>;
  readonly #facts: RoomFacts;
  readonly #knownRooms: KnownRooms;
  readonly #check: CheckScenario;
  readonly #usual: (room: RoomId) => string | null;
  readonly #checked = new WeakMap<object, CheckedScenario>();

  constructor(parts: {
    builtIn: ReadonlyMap<string, Scenario>;
    facts: RoomFacts;
    knownRooms: KnownRooms;
    check: CheckScenario;
    /** Scenario of a room that has chosen none; null: that of all. */
    usual?: (room: RoomId) => string | null;
  }) {
    this.#builtIn = parts.builtIn;
    this.#facts = parts.facts;
    this.#knownRooms = parts.knownRooms;
    this.#check = parts.check;
    this.#usual = parts.usual ?? (() => null);
  }

  async of(room: RoomId): Promise<ScenarioChoice> {
    const all = new Map(this.#builtIn);
    const own = new Set<string>();
    const unusable = new Map<string, readonly ScenarioProblem[]>();
    for (const [id, content] of await this.#facts.scenariosOf(room)) {
      const checked = this.#checkOnce(id, content);
      if ("problems" in checked) unusable.set(id, checked.problems);
      else {
        all.set(id, checked.scenario);
        own.add(id);
      }
    }
    return { all, own, unusable, preferred: this.#preferred(room, all) };
  }

  #preferred(room: RoomId, all: ReadonlyMap<string, Scenario>): string {
    const { scenario } = this.#knownRooms.choicesOf(room);
    if (scenario !== null && all.has(scenario)) return scenario;
    const wanted = [this.#usual(room), DEFAULT_SCENARIO].find((id) => id !== null && all.has(id));
    return wanted ?? [...all.keys()][0] ?? DEFAULT_SCENARIO;
  }

  /** Content of state never changes once it is there, so it is looked at once. */
  #checkOnce(id: string, content: unknown): CheckedScenario {
    if (typeof content !== "object" || content === null) return this.#check.value(content);
    const known = this.#checked.get(content);
    if (known) return known;
    const checked = this.#check.value((content as { scenario?: unknown }).scenario);
    const misnamed = "scenario" in checked && checked.scenario.id !== id;
    const result: CheckedScenario = misnamed
      ? { problems: [{ key: "id", kind: "one-of", values: { values: id } }] }
      : checked;
    this.#checked.set(content, result);
    return result;
  }
}
