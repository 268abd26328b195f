import { isRunning } from "../../../appservice/circle/meeting.ts";
import { standing } from "../../../appservice/assembly/assembly.ts";
import { nextAssemblyDeadline } from "../../../appservice/assembly/clock.ts";
import type { AssemblyCommand } from "../../../appservice/assembly/command.ts";
import type { ParticipantId } from "../../../appservice/protocol/identity.ts";
import { nextTurn } from "../../../appservice/time/time.ts";
import { madeActor } from "../protocol/made-actor.ts";
import { act, beginAt, type RandomAssembly } from "./random-assemblies.ts";
import { ring, ringService, ROOM } from "./ring-service.ts";
import { AssemblyTable, who } from "./table.ts";

/** Turns of the process after which meetings that are compared once more must be as they should. */
const MOST_TURNS = 100;

/** A table at which the rings have their meetings, and time goes on in both. */
export class ServedTable extends AssemblyTable {
  readonly served = ringService();
  /** People who left of themselves, or whom somebody put out. */
  readonly #went = new Set<ParticipantId>();

  override send(command: AssemblyCommand): this {
    const { assemblies, meetings, clock } = this.served;
    clock.now = this.at;
    if (command.type === "leave") this.#went.add(command.actor.id);
    if (command.type === "removed" || command.type === "take-out") this.#went.add(command.who);
    if (command.type === "ring-over") this.#endRing(command.ring);
    else this.last = assemblies.send(ROOM, command.type === "gather" ? { ...command, roomId: ROOM } : command);
    if (command.type === "clock")
      for (const place of meetings.placesIn(ROOM)) meetings.send(place, { type: "clock", at: this.at });
    this.assembly = assemblies.of(ROOM);
    return this;
  }

  /** Ends the meeting of a ring by a moderator, where one runs: the part may have ended before it began. */
  #endRing(number: number): void {
    const meeting = this.served.meetings.of(ring(number))?.meeting;
    if (!meeting || !isRunning(meeting)) return;
    const actor = madeActor(who("mod"), { moderates: true });
    this.served.meetings.send(ring(number), { type: "end", actor, at: this.at, expectedVersion: null });
  }

  /** Waits until no meeting is asked anything more. */
  async settled(): Promise<void> {
    const { decided, assemblies } = this.served;
    let turns = 0;
    for (let known = -1; known !== decided.length; ) {
      if (turns++ > MOST_TURNS) throw new Error(`meetings are asked again and again: ${decided.slice(-3).join(", ")}`);
      known = decided.length;
      await nextTurn();
      await nextTurn();
    }
    this.assembly = assemblies.of(ROOM);
  }

  /** Numbers of rings that run though their meeting, in which people sit, has not begun. */
  get unbegun(): number[] {
    const { state } = this;
    if (state.phase !== "running") return [];
    return standing(state)
      .filter(({ status, number }) => {
        const meeting = this.served.meetings.of(ring(number))?.meeting;
        return status === "running" && meeting?.phase === "gathering" && meeting.people.some(isHere);
      })
      .map(({ number }) => number);
  }

  /** People whom the assembly takes for gone, and who never went. */
  get lost(): string[] {
    return this.state.members.flatMap(({ id, gone, name }) => (gone && !this.#went.has(id) ? [name] : []));
  }

  /** Meetings that go on, or in which people still sit, though no ring of this phase has them. */
  get left(): string[] {
    const rings = this.state.phase === "running" ? standing(this.state) : [];
    return this.served.meetings.all().flatMap(({ meeting: { id, phase, people } }) => {
      const isOver = phase === "ended" || (phase === "gathering" && !people.some(isHere));
      return isOver || rings.some(({ meeting }) => meeting === id) ? [] : [`${id} ${phase}`];
    });
  }
}

const isHere = ({ presence }: { readonly presence: string }) => presence !== "left";

/** Plays it to its end where the rings have their meetings, and shows the table whenever they are settled. */
export async function playServed(made: RandomAssembly, look: (table: ServedTable) => void): Promise<ServedTable> {
  const table = beginAt(new ServedTable(), made);
  const shown = async () => {
    await table.settled();
    look(table);
  };
  try {
    await shown();
    for (const step of made.steps) {
      act(table, step);
      await shown();
    }
    while (table.state.phase === "running") {
      table.at = Math.max(table.at, nextAssemblyDeadline(table.state) ?? table.at);
      table.wait(0);
      await shown();
    }
    return table;
  } finally {
    table.served.stop();
  }
}
