import type { Assembly } from "../assembly/assembly.ts";
import type { AssemblyEvent } from "../assembly/event.ts";
import { evolveAssembly } from "../assembly/evolve.ts";
import type { AssemblyId, MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { KnownErasure } from "../store/erasures.ts";
import type { Assemblies } from "./assemblies.ts";
import type { AssemblyJournal } from "./assembly-journal.ts";
import { byTurns, type Parts } from "./parts-of-work.ts";

type AssemblyErasingDeps = {
  readonly assemblies: Pick<Assemblies, "of" | "wordsErased" | "callOff" | "forget">;
  readonly journal: Pick<
    AssemblyJournal,
    "begunBefore" | "peopleIn" | "isErased" | "erasedIn" | "readableByAndBy" | "words"
  >;
  readonly messages: AssemblyMessages;
};

/** Messages of the bot about assemblies. */
export type AssemblyMessages = {
  /** Has them say nothing of words that were erased. */
  readonly renew: (assembly: Assembly) => Promise<void>;
  /** Takes away those with words of these people, of an assembly that cannot be read: nobody can make them anew. */
  readonly takeAwayOf: (room: RoomId, id: AssemblyId, erased: readonly ParticipantId[]) => void;
  /** Takes away all of them: what they say goes on has no end. */
  readonly takeAwayAll: (room: RoomId, id: AssemblyId) => void;
};

/** Tells whether the service ends, or the room is another's by now. */
type EndsHere = () => boolean;

/** Erases what somebody gave to a room's assemblies: told to all rings, proposed, or named as the topic. */
export class AssemblyErasing {
  readonly #deps: AssemblyErasingDeps;

  constructor(deps: AssemblyErasingDeps) {
    this.#deps = deps;
  }

  /** Has it written that all of it is erased: from then on nobody is shown it. Done already, it changes nothing. */
  takeBack({ room, who, at, begun }: KnownErasure): void {
    const { assemblies, journal } = this.#deps;
    for (const id of this.#of(room, who, begun))
      if (!journal.isErased(id, who, at)) assemblies.wordsErased(room, id, who, at);
  }

  /** Takes it out of the journal, and out of the room. `endsHere`: somebody else goes on. */
  async erase({ room, who, begun }: KnownErasure, endsHere: EndsHere): Promise<void> {
    const { journal, messages } = this.#deps;
    for (const id of this.#of(room, who, begun)) {
      if (endsHere()) return;
      await journal.words.erase(id, who);
      const assembly = await this.#read(room, id);
      if (endsHere()) return;
      if (assembly) await messages.renew(assembly);
      else messages.takeAwayOf(room, id, journal.erasedIn(id));
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

  /** Moment at which the last of these assemblies ended, 0 where none ever began or can be read; null: one goes on. */
  async lastEnd(room: RoomId, begun: number): Promise<number | null> {
    const ends: number[] = [];
    for (const id of this.#deps.journal.begunBefore(room, begun)) {
      const assembly = await this.#read(room, id);
      if (this.#goesOn(room, assembly)) return null;
      ends.push(assembly?.phase === "ended" ? assembly.endedAt : 0);
    }
    return Math.max(0, ...ends);
  }

  /** Tells whether a meeting is that of a group of the assembly that runs. */
  holds(room: RoomId, meeting: MeetingId): boolean {
    const assembly = this.#deps.assemblies.of(room);
    return assembly?.phase === "running" && assembly.held.some((each) => each.meeting === meeting);
  }

  /**
   * Forgets assemblies of a room that began before a moment and are still since then, or another moment. One that never
   * began is called off; one that cannot be read is over, and so is one that nobody keeps.
   */
  async forgetBefore(room: RoomId, begun: number, still = begun): Promise<void> {
    const { assemblies, journal, messages } = this.#deps;
    for (const id of journal.begunBefore(room, begun)) {
      const before = this.#known(room, id);
      const assembly = await this.#read(room, id);
      const lastIn = await this.#lastIn(id, assembly);
      // It may have begun while it was read, or somebody joined it: the next look decides.
      if (this.#known(room, id) !== before) continue;
      if (this.#goesOn(room, assembly) || lastIn >= still) continue;
      if (assembly && assembly.phase !== "ended") messages.takeAwayAll(room, id);
      if (assembly?.phase === "gathering") assemblies.callOff(room, id);
      assemblies.forget(room, id);
    }
  }

  /** An older one that has no end was lost when the room's next one began: no clock will end it. */
  #goesOn(room: RoomId, assembly: Assembly | null): boolean {
    return assembly?.phase === "running" && this.#deps.assemblies.of(room)?.id === assembly.id;
  }

  /**
   * Moment at which it was over, or something happened in it last. Erasures are written later, and keep it no longer.
   */
  async #lastIn(id: AssemblyId, assembly: Assembly | null): Promise<number> {
    if (assembly?.phase === "ended") return assembly.endedAt;
    const events = (await this.#deps.journal.readableByAndBy(id)) ?? [];
    return events.findLast(({ type }) => type !== "words-erased")?.at ?? 0;
  }

  #of(room: RoomId, who: ParticipantId, begun: number): AssemblyId[] {
    const { journal } = this.#deps;
    return journal.begunBefore(room, begun + 1).filter((id) => journal.peopleIn(id).includes(who));
  }

  /** Null: it cannot be read. */
  async #read(room: RoomId, id: AssemblyId): Promise<Assembly | null> {
    const { journal } = this.#deps;
    return this.#known(room, id) ?? byTurns(folded((await journal.readableByAndBy(id)) ?? []));
  }

  /** As it is now, if it is the newest of its room; null: another is, or it cannot be read. */
  #known(room: RoomId, id: AssemblyId): Assembly | null {
    const known = this.#deps.assemblies.of(room);
    return known?.id === id ? known : null;
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
