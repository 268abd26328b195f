import type { Assembly } from "../assembly/assembly.ts";
import type { AssemblyEvent } from "../assembly/event.ts";
import { evolveAssembly } from "../assembly/evolve.ts";
import type { AssemblyId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Assemblies } from "./assemblies.ts";
import type { AssemblyJournal } from "./assembly-journal.ts";
import { byTurns, type Parts } from "./parts-of-work.ts";

type AssemblyErasingDeps = {
  readonly assemblies: Pick<Assemblies, "of" | "wordsErased" | "forget">;
  readonly journal: Pick<AssemblyJournal, "begunBefore" | "peopleIn" | "isErased" | "readableByAndBy" | "words">;
  /** Has the room's messages say nothing of words that were erased. */
  readonly renew: (assembly: Assembly) => Promise<void>;
};

/** Tells whether the service ends, or the room is another's by now. */
type EndsHere = () => boolean;

/** Erases what somebody gave to a room's assemblies: told to all rings, proposed, or named as the topic. */
export class AssemblyErasing {
  readonly #deps: AssemblyErasingDeps;

  constructor(deps: AssemblyErasingDeps) {
    this.#deps = deps;
  }

  /** Has it written that all of it is erased: from then on nobody is shown it. Done since `at`, it changes nothing. */
  takeBack(room: RoomId, who: ParticipantId, at: number): void {
    const { assemblies, journal } = this.#deps;
    for (const id of this.#of(room, who, at))
      if (!journal.isErased(id, who, at)) assemblies.wordsErased(room, id, who, at);
  }

  /** Takes it out of the journal, and out of the room. `endsHere`: somebody else goes on. */
  async erase(room: RoomId, who: ParticipantId, at: number, endsHere: EndsHere): Promise<void> {
    const { journal, renew } = this.#deps;
    for (const id of this.#of(room, who, at)) {
      if (endsHere()) return;
      await journal.words.erase(id, who);
      const assembly = await this.#read(room, id);
      if (assembly && !endsHere()) await renew(assembly);
    }
  }

  /** Seals others' words anew, without the keys of somebody that are to be destroyed. */
  async letGo(room: RoomId, who: ParticipantId, endsHere: EndsHere): Promise<void> {
    const { journal } = this.#deps;
    for (const id of journal.begunBefore(room, Infinity)) {
      if (endsHere()) return;
      await journal.words.letGo(id, who);
    }
  }

  areBefore(room: RoomId, moment: number): boolean {
    return this.#deps.journal.begunBefore(room, moment).length > 0;
  }

  peopleBefore(room: RoomId, moment: number): ParticipantId[] {
    const { journal } = this.#deps;
    return [...new Set(journal.begunBefore(room, moment).flatMap((id) => journal.peopleIn(id)))];
  }

  /** Forgets assemblies of a room that were over before a moment; one that cannot be read is over. */
  async forgetBefore(room: RoomId, moment: number): Promise<void> {
    const { assemblies, journal } = this.#deps;
    for (const id of journal.begunBefore(room, moment)) {
      const assembly = await this.#read(room, id);
      // Erasures are written later than its end, and keep it no longer.
      if (!assembly || (assembly.phase === "ended" && assembly.endedAt < moment)) assemblies.forget(room, id);
    }
  }

  #of(room: RoomId, who: ParticipantId, at: number): AssemblyId[] {
    const { journal } = this.#deps;
    return journal.begunBefore(room, at + 1).filter((id) => journal.peopleIn(id).includes(who));
  }

  /** Null: it cannot be read. */
  async #read(room: RoomId, id: AssemblyId): Promise<Assembly | null> {
    const { assemblies, journal } = this.#deps;
    const known = assemblies.of(room);
    return known?.id === id ? known : byTurns(folded((await journal.readableByAndBy(id)) ?? []));
  }
}

function* folded(events: readonly AssemblyEvent[]): Parts<Assembly | null> {
  let assembly: Assembly | null = null;
  for (const event of events) {
    assembly = evolveAssembly(assembly, event);
    yield;
  }
  return assembly;
}
