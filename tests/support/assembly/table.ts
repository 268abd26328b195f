import type { Assembly, RunningAssembly } from "../../../appservice/assembly/assembly.ts";
import { nextAssemblyDeadline } from "../../../appservice/assembly/clock.ts";
import type { AssemblyCommand, AssemblyRequest } from "../../../appservice/assembly/command.ts";
import { decideAssembly } from "../../../appservice/assembly/decide.ts";
import type { AssemblyEvent } from "../../../appservice/assembly/event.ts";
import { evolveAssembly } from "../../../appservice/assembly/evolve.ts";
import type { AssemblyRuling } from "../../../appservice/assembly/ruling.ts";
import { type AssemblyPlan, AssemblyScenario, assemblyPlanOf } from "../../../appservice/assembly/scenario.ts";
import { Scenario } from "../../../appservice/circle/scenario.ts";
import { AssemblyId, type ParticipantId } from "../../../appservice/protocol/identity.ts";
import { personId, roomId } from "../protocol/ids.ts";
import { madeActor } from "../protocol/made-actor.ts";

const TALK = Scenario.parse({ id: "talk", title: "Talk", circles: [{ theme: "What is it?" }] });

/** A plan from its phases, as YAML has them; every ring plays one plain circle. */
export function planned(phases: readonly object[], more: object = {}, topic = "tea"): AssemblyPlan {
  const withDefaults = phases.map((phase) => ({
    seconds: 300,
    ...("kind" in phase && phase.kind === "topics" ? {} : { scenario: "talk" }),
    ...phase,
  }));
  const scenario = AssemblyScenario.parse({ id: "made", title: "Made", phases: withDefaults, ...more });
  const plan = assemblyPlanOf(scenario, { language: "en", topic, known: new Map([["talk", TALK]]) });
  if (!plan) throw new Error("the plan has scenarios that are not there");
  return plan;
}

/** A table to play an assembly on in tests: commands by short names, time moved by hand. */
export class AssemblyTable {
  assembly: Assembly | null = null;
  readonly journal: AssemblyEvent[] = [];
  at = 1_000_000;
  last: AssemblyRuling = { accepted: true, events: [] };

  send(command: AssemblyCommand): this {
    this.last = decideAssembly(this.assembly, command);
    if (!this.last.accepted) return this;
    for (const event of this.last.events) {
      this.journal.push(event);
      this.assembly = evolveAssembly(this.assembly, event);
    }
    return this;
  }

  gather(...names: readonly string[]): this {
    this.send({
      type: "gather",
      id: AssemblyId.parse("atest00001"),
      roomId: roomId("!room:hs"),
      language: "en",
      at: this.at,
    });
    for (const name of names) this.join(name);
    return this;
  }

  join(name: string, language: "en" | "ru" | null = null): this {
    return this.by(name, { type: "join", name, language });
  }

  /** A person's command; `mod` is a moderator of the room. */
  by(name: string, what: AssemblyRequest): this {
    const actor = madeActor(who(name), { name, moderates: name === "mod" });
    return this.send({ ...what, actor, at: this.at });
  }

  start(name: string, plan: AssemblyPlan, seed = 7): this {
    return this.by(name, { type: "start", plan, topic: "tea", seed });
  }

  arrive(...names: readonly string[]): this {
    for (const name of names) {
      const ring = this.ringOf(name);
      if (ring !== null) this.send({ type: "arrived", who: who(name), ring, at: this.at });
    }
    return this;
  }

  over(...rings: readonly number[]): this {
    for (const ring of rings) this.send({ type: "ring-over", ring, spoken: [], at: this.at });
    return this;
  }

  wait(seconds: number): this {
    this.at += seconds * 1000;
    return this.send({ type: "clock", at: this.at });
  }

  /** Lets time alone bring it to its end. */
  toTheEnd(most = 500): this {
    for (let i = 0; this.state.phase === "running"; i++) {
      if (i > most) throw new Error("an assembly must end by time alone");
      const next = nextAssemblyDeadline(this.state);
      if (next === null) throw new Error("nothing is due in an assembly that runs");
      this.at = Math.max(this.at, next);
      this.wait(0);
    }
    return this;
  }

  get state(): Assembly {
    if (!this.assembly) throw new Error("nothing has been gathered");
    return this.assembly;
  }

  get running(): RunningAssembly {
    const { state } = this;
    if (state.phase !== "running") throw new Error(`it does not run, but is ${state.phase}`);
    return state;
  }

  ringOf(name: string): number | null {
    return this.state.members.find(({ id, gone }) => id === who(name) && !gone)?.ring ?? null;
  }

  /** Names of those who sit in each ring, by its number. */
  get seating(): Map<number, string[]> {
    const { members } = this.state;
    const rings = Map.groupBy(
      members.filter(({ gone }) => !gone),
      ({ ring }) => ring ?? 0,
    );
    return new Map([...rings].map(([ring, all]) => [ring, all.map(({ name }) => name)]));
  }

  get refusal(): string | null {
    return this.last.accepted ? null : this.last.refusal.code;
  }

  happened<T extends AssemblyEvent["type"]>(type: T): Extract<AssemblyEvent, { type: T }>[] {
    return this.journal.filter((event): event is Extract<AssemblyEvent, { type: T }> => event.type === type);
  }
}

/** Somebody of Matrix, by a short name; guests and people of Telegram by their whole id. */
export const who = (name: string): ParticipantId => personId(name.includes(":") ? name : `@${name}:hs`);

export const people = (count: number): string[] => Array.from({ length: count }, (_, i) => `p${i + 1}`);
