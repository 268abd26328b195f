import type { Assembly } from "./assembly.ts";
import type { AssemblyEvent } from "./event.ts";
import { evolveAssembly } from "./evolve.ts";

/** Events one after another, each decided in the light of those before it. */
export class AssemblyStory {
  readonly events: AssemblyEvent[] = [];
  #assembly: Assembly;

  constructor(assembly: Assembly) {
    this.#assembly = assembly;
  }

  get assembly(): Assembly {
    return this.#assembly;
  }

  add(event: AssemblyEvent): void {
    this.events.push(event);
    this.#assembly = evolveAssembly(this.#assembly, event);
  }
}
