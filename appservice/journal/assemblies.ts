import { type Assembly, listensIn, memberOf, ringOfCall, voiceNow } from "../assembly/assembly.ts";
import { nextAssemblyDeadline } from "../assembly/clock.ts";
import type { AssemblyCommand } from "../assembly/command.ts";
import { decideAssembly } from "../assembly/decide.ts";
import type { AssemblyEvent } from "../assembly/event.ts";
import { evolveAssembly, replayAssembly } from "../assembly/evolve.ts";
import type { AssemblyRuling } from "../assembly/ruling.ts";
import { refuse } from "../circle/ruling.ts";
import { AssemblyId, type Language, type ParticipantId, type RingNumber, type RoomId } from "../protocol/identity.ts";
import type { UnitOfWork } from "../store/unit-of-work.ts";
import { randomBytes } from "../time/chance.ts";
import type { Timer } from "../time/source.ts";
import { clearTimer, startTimer } from "../time/time.ts";
import type { AssemblyJournal } from "./assembly-journal.ts";
import { UnkeptChanges } from "./unkept-changes.ts";

type AssembliesDeps = {
  readonly journal: AssemblyJournal;
  readonly unit: UnitOfWork;
  readonly now: () => number;
  readonly onUnreadable: (room: RoomId, error: unknown) => void;
  /** Hears why the journal could not be written; true where that is seen to, and `goOn` will be called. */
  readonly onNotKept?: (error: unknown) => boolean;
};

/**
 * Commands that nobody is told about, so nobody makes them again. Time is looked at anew when the journal can be
 * written, and rings are compared.
 */
const MADE_LATER: ReadonlySet<AssemblyCommand["type"]> = new Set(["arrived", "dropped", "removed", "returned"]);

type AssemblyListener = (assembly: Assembly, happened: readonly AssemblyEvent[]) => void;

/** Assemblies of all rooms: takes commands, writes what they bring about, and lets time have its say. */
export class Assemblies {
  readonly #deps: AssembliesDeps;
  readonly #newest = new Map<RoomId, Assembly>();
  readonly #timers = new Map<RoomId, Timer>();
  readonly #together: AssemblyListener[] = [];
  readonly #listeners: AssemblyListener[] = [];
  readonly #unkept: UnkeptChanges;
  /** Rooms that another service has. */
  readonly #away = new Set<RoomId>();
  #stopped = false;

  constructor(deps: AssembliesDeps) {
    this.#deps = deps;
    this.#unkept = new UnkeptChanges(deps.unit, deps.onNotKept);
    for (const newest of deps.journal.newest()) this.#read(newest);
  }

  #read({ id, room }: ReturnType<AssemblyJournal["newest"]>[number]): void {
    const { journal, onUnreadable } = this.#deps;
    try {
      this.#newest.set(room, replayAssembly(journal.read(id)));
    } catch (error) {
      onUnreadable(room, error);
    }
  }

  /** Lets the assembly of a room go, which another service has from now on. */
  letGo(room: RoomId): void {
    this.#away.add(room);
    clearTimer(this.#timers.get(room));
    this.#timers.delete(room);
    this.#newest.delete(room);
  }

  /** Goes on with the assembly of a room that another service had until `since`. */
  comeIn(room: RoomId, since: number): void {
    this.#away.delete(room);
    const newest = this.#deps.journal.newest().find((one) => one.room === room);
    if (newest) this.#read(newest);
    this.#return(room, since);
  }

  /** Has a part act in the same unit: what the assembly does and what its rings do is written together. */
  inTheSameUnit(listener: AssemblyListener): void {
    this.#together.push(listener);
  }

  /** Hears after it is written. */
  listen(listener: AssemblyListener): void {
    this.#listeners.push(listener);
  }

  /** The assembly of a room, or its last. */
  of(room: RoomId): Assembly | null {
    return this.#newest.get(room) ?? null;
  }

  /** Tells whether an assembly is in the journal, whether it can be read or not. */
  isKept(id: AssemblyId): boolean {
    return this.#deps.journal.isKept(id);
  }

  all(): Assembly[] {
    return [...this.#newest.values()];
  }

  /** Ring in which somebody sits, or listens, while an assembly runs in the room. */
  seatOf(room: RoomId, who: ParticipantId): RingNumber | null {
    const assembly = this.of(room);
    if (assembly?.phase !== "running") return null;
    const member = assembly.members.find(({ id, gone }) => id === who && !gone);
    return member ? ringOfCall(member) : listensIn(assembly, who);
  }

  /**
   * Tells whether somebody has a turn where they are now; whoever listens has none, nor the keeper who visits a ring.
   */
  hasSeat(room: RoomId, who: ParticipantId): boolean {
    const assembly = this.of(room);
    const member = assembly?.phase === "running" ? memberOf(assembly, who) : null;
    return member?.seated === true && member.visits === null;
  }

  /** Tells whether all rings of a room hear one person now. */
  isVoiceToAll(room: RoomId): boolean {
    const assembly = this.of(room);
    return assembly?.phase === "running" && voiceNow(assembly) !== null;
  }

  /** Opens an assembly where none is open. */
  open(room: RoomId, language: Language): AssemblyRuling {
    const id = AssemblyId.parse(`a${randomBytes(8).toString("hex")}`);
    return this.send(room, { type: "gather", id, roomId: room, language, at: this.#deps.now() });
  }

  /** Refuses what cannot be written. */
  send(room: RoomId, command: AssemblyCommand): AssemblyRuling {
    const { unit, now } = this.#deps;
    try {
      return unit.run(() => this.#decide(room, command));
    } catch (error) {
      this.#unkept.throwUnlessSeenTo(error);
      if (MADE_LATER.has(command.type)) this.#unkept.add(() => this.send(room, { ...command, at: now() }));
      return refuse("not-kept");
    }
  }

  /** Writes that all words of somebody were erased, in whichever assembly of the room. */
  wordsErased(room: RoomId, id: AssemblyId, who: ParticipantId, since: number): void {
    const { unit, journal, now } = this.#deps;
    const known = this.#newest.get(room);
    const newest = known?.id === id ? known : null;
    const event = { type: "words-erased", at: Math.max(now(), since, newest?.at ?? 0), who } as const;
    unit.run(() => {
      journal.append(id, room, [event]);
      if (newest === null) return;
      this.#hold(room, evolveAssembly(newest, event), newest);
      unit.afterCommit(() => this.#tell(room, [event]));
    });
  }

  /** Ends one that people gather for, so that nobody waits for it any more. */
  callOff(room: RoomId, id: AssemblyId): void {
    const known = this.of(room);
    if (known?.id !== id || known.phase !== "gathering") return;
    const event = { type: "assembly-ended", at: Math.max(this.#deps.now(), known.at), by: null } as const;
    this.#deps.unit.run(() => this.#write(room, known, [event]));
  }

  /** Forgets an assembly that is over. */
  forget(room: RoomId, id: AssemblyId): void {
    this.#deps.journal.forget(id, room);
    if (this.of(room)?.id === id) this.#newest.delete(room);
  }

  #decide(room: RoomId, command: AssemblyCommand): AssemblyRuling {
    if (this.#away.has(room)) return refuse("not-kept");
    const known = this.#newest.get(room) ?? null;
    const ruling = decideAssembly(known?.phase === "ended" ? null : known, command);
    if (ruling.accepted) this.#write(room, known, ruling.events);
    return ruling;
  }

  #write(room: RoomId, known: Assembly | null, events: readonly AssemblyEvent[]): void {
    const { unit, journal } = this.#deps;
    const after = events.reduce<Assembly | null>(evolveAssembly, known?.phase === "ended" ? null : known);
    if (!after || events.length === 0) return;
    journal.append(after.id, room, events);
    this.#hold(room, after, known);
    for (const listener of this.#together) listener(after, events);
    unit.afterCommit(() => this.#tell(room, events));
  }

  /**
   * Makes the changes that waited, since the journal can be written again, and lets time have its say. `since`: nobody
   * was heard from then on, as far as that is known; null: people were heard all the time.
   */
  goOn(since: number | null): void {
    this.#unkept.makeNow();
    if (since !== null) this.start(since);
    for (const [room, assembly] of this.#newest) this.#arm(room, assembly);
  }

  /**
   * Lets time run from here on, after `since`, up to when people were heard: what fell due meanwhile comes that much
   * later.
   */
  start(since: number | null): void {
    for (const room of this.#newest.keys()) this.#return(room, since);
  }

  #return(room: RoomId, since: number | null): void {
    const assembly = this.of(room);
    if (assembly?.phase !== "running") return;
    const heardAt = Math.max(since ?? assembly.at, assembly.at);
    this.send(room, { type: "returned", since: heardAt, at: this.#deps.now() });
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers.values()) clearTimer(timer);
  }

  #hold(room: RoomId, assembly: Assembly, before: Assembly | null): void {
    this.#newest.set(room, assembly);
    this.#deps.unit.onRollback(() => {
      if (before) this.#newest.set(room, before);
      else this.#newest.delete(room);
    });
  }

  #tell(room: RoomId, happened: readonly AssemblyEvent[]): void {
    const assembly = this.of(room);
    if (!assembly) return;
    this.#arm(room, assembly);
    for (const listener of this.#listeners) this.#deps.unit.tell(() => listener(assembly, happened));
  }

  #arm(room: RoomId, assembly: Assembly): void {
    clearTimer(this.#timers.get(room));
    const due = nextAssemblyDeadline(assembly);
    if (due === null || this.#stopped) return;
    const { now } = this.#deps;
    const tick = () => {
      const ruling = this.send(room, { type: "clock", at: now() });
      const newest = this.of(room);
      // Times that could not be kept fall due again in `goOn`.
      if (newest && ruling.accepted) this.#arm(room, newest);
    };
    this.#timers.set(room, startTimer(tick, Math.max(0, due - now())));
  }
}
