import type { z } from "zod";
import type { ParticipantId } from "../../../appservice/protocol/identity.ts";
import { madeActor } from "../protocol/made-actor.ts";
import type { HandKind, Position } from "../../../appservice/protocol/scenario-words.ts";
import type { Command, PersonCommand } from "../../../appservice/circle/command.ts";
import { decide } from "../../../appservice/circle/decide.ts";
import type { Ruling } from "../../../appservice/circle/ruling.ts";
import type { CircleEvent } from "../../../appservice/circle/event.ts";
import { evolve } from "../../../appservice/circle/evolve.ts";
import { type Meeting, turnOf, circleOf } from "../../../appservice/circle/meeting.ts";
import { type Plan, planOf, Scenario } from "../../../appservice/circle/scenario.ts";
import { meetingId, personId, roomId } from "../protocol/ids.ts";

type Asked = DistributiveOmit<PersonCommand, keyof ReturnType<Play["from"]>>;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** A table to play a meeting on in tests: commands go in by short names, time is moved by hand. */
export class Play {
  meeting: Meeting | null = null;
  readonly journal: CircleEvent[] = [];
  at = 1_000_000;
  last: Ruling = { accepted: true, events: [] };
  readonly #server: string;

  constructor(server = "hs") {
    this.#server = server;
  }

  send(command: Command): this {
    this.last = decide(this.meeting, command);
    if (this.last.accepted) {
      for (const event of this.last.events) {
        this.journal.push(event);
        this.meeting = evolve(this.meeting, event);
      }
    }
    return this;
  }

  by(
    name: string,
    type: "accept" | "pass" | "skip" | "pause" | "resume" | "next-circle" | "end" | "leave" | "lower-hand",
    version: number | null = null,
  ): this {
    return this.send({ type, ...this.from(name), expectedVersion: version });
  }

  /** Any command of a person's, as they would ask for it. */
  ask(name: string, what: Asked): this {
    return this.send({ ...what, ...this.from(name) } as Command);
  }

  gather(...names: string[]): this {
    this.send({ type: "gather", id: meetingId("mtest00001"), roomId: roomId("!room"), language: "en", at: this.at });
    for (const name of names) this.join(name).connect(name);
    return this;
  }

  join(name: string): this {
    return this.send({ type: "join", name, ...this.from(name) });
  }

  start(name: string, plan: Plan = council(), topic = ""): this {
    return this.send({ type: "start", plan, topic, seed: 7, ...this.from(name) });
  }

  extend(name: string, byMs: number): this {
    return this.send({ type: "extend", byMs, ...this.from(name) });
  }

  raise(name: string, hand: HandKind = "reply"): this {
    return this.send({ type: "raise-hand", hand, ...this.from(name) });
  }

  position(name: string, position: Position, reason = ""): this {
    return this.send({ type: "take-position", position, reason, ...this.from(name) });
  }

  write(name: string, text: string, finished = true): this {
    return this.send({ type: "write", text, finished, ...this.from(name) });
  }

  handOver(name: string, to: string): this {
    return this.send({ type: "hand-over", to: this.#id(to), ...this.from(name) });
  }

  giveWord(name: string, to: string): this {
    return this.send({ type: "give-word", to: this.#id(to), ...this.from(name) });
  }

  connect(name: string): this {
    return this.send({ type: "connected", who: this.#id(name), at: this.at });
  }

  drop(name: string): this {
    return this.send({ type: "dropped", who: this.#id(name), at: this.at });
  }

  remove(name: string): this {
    return this.send({ type: "removed", who: this.#id(name), at: this.at });
  }

  wait(seconds: number): this {
    this.at += seconds * 1000;
    return this.send({ type: "clock", at: this.at });
  }

  /** The service hears nobody for so long. */
  serviceAway(seconds: number): this {
    const since = this.at;
    this.at += seconds * 1000;
    return this.send({ type: "service-returned", since, at: this.at });
  }

  get state(): Meeting {
    if (!this.meeting) throw new Error("nothing has been gathered");
    return this.meeting;
  }

  /** Short name of the person who has the word, offered or taken. */
  get word(): string | null {
    const turn = turnOf(this.state);
    return turn ? nameOf(turn.speaker) : null;
  }

  /** Stances of people in the running circle. */
  get stances(): readonly object[] | undefined {
    const circle = circleOf(this.state);
    return circle?.kind === "consent" ? circle.data.stances : undefined;
  }

  get refusal(): string | null {
    return this.last.accepted ? null : this.last.refusal.code;
  }

  #id(name: string): ParticipantId {
    return id(name, this.#server);
  }

  private from(name: string) {
    return {
      actor: madeActor(this.#id(name), { moderates: name === "mod" }),
      at: this.at,
      expectedVersion: null,
    };
  }
}

export function council(change: Partial<z.input<typeof Scenario>> = {}): Plan {
  const scenario = Scenario.parse({
    id: "council",
    title: "Council",
    turnSeconds: 60,
    circles: [{ theme: "first" }, { theme: "second" }],
    ...change,
  });
  return planOf(scenario, "en", "");
}

export const id = (name: string, server = "hs"): ParticipantId => personId(`@${name}:${server}`);
export const nameOf = (who: ParticipantId): string => who.slice(1, who.indexOf(":"));
