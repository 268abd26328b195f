import { setTimeout as wait } from "node:timers/promises";
import { personFrom, type CallPerson } from "../../../appservice/call/livekit-server.ts";
import type { ParticipantId } from "../../../appservice/protocol/identity.ts";
import { until } from "../call/call-stage.ts";
import { personId } from "../protocol/ids.ts";
import type { Client, LiveKitInQuestion } from "./livekit-in-question.ts";

export const [ANN, BORYA, NOBODY] = [personId("@ann:x"), personId("@borya:x"), personId("@nobody:x")];
/** Webhooks that the service reads. */
const READ: ReadonlySet<string> = new Set([
  "room_started",
  "room_finished",
  "participant_joined",
  "participant_left",
  "participant_connection_aborted",
]);
/** Time without anything new after which all that follows from a step is taken to be there. */
const QUIET_MS = 700;

export type Step = { readonly step: string; readonly result: unknown; readonly follows: readonly string[] };

/** A call of one LiveKit, while a script is put to it. */
export class PuttingToLiveKit {
  readonly livekit: LiveKitInQuestion;
  readonly steps: Step[] = [];
  readonly questions = new Set<string>();
  readonly #sids = new Map<string, string>();
  readonly #happened: string[] = [];
  #lastAt = 0;

  constructor(livekit: LiveKitInQuestion) {
    this.livekit = livekit;
    livekit.onWebhook = (body, authorization) => void this.#hear(body, authorization);
  }

  get server() {
    return this.#noting(this.livekit.reached.server);
  }

  get tokens() {
    return this.#noting(this.livekit.reached.tokens);
  }

  /** Notes each question that is asked of a part of it. */
  #noting<T extends object>(part: T): T {
    return new Proxy(part, {
      get: (target, name) => {
        this.questions.add(String(name));
        return Reflect.get(target, name);
      },
    });
  }

  async #hear(body: string, authorization: string | undefined): Promise<void> {
    this.questions.add("readWebhook");
    const { event, participant } = await this.livekit.reached.readWebhook(body, authorization);
    if (!READ.has(event)) return;
    const person = participant && personFrom(participant);
    // Of our own hidden participants the service passes over them.
    if (!participant || person) this.saw(`webhook ${event}`, person ? this.plain(person) : "");
  }

  saw(what: string, about: unknown = ""): void {
    this.#happened.push(`${what} ${typeof about === "string" ? about : JSON.stringify(about)}`.trim());
    this.#lastAt = performance.now();
  }

  /** Waits until something is seen from now on. People who publish nothing are shown to others up to 3 s later. */
  sees(what: string): Promise<void> {
    const before = this.#happened.filter((line) => line.startsWith(what)).length;
    return until(what, () => this.#happened.filter((line) => line.startsWith(what)).length > before);
  }

  /** Does something, and notes what came of it: the answer, and what is seen and told until all is quiet. */
  async step<T>(step: string, work: () => Promise<T>): Promise<T | undefined> {
    this.#happened.length = 0;
    this.#lastAt = performance.now();
    const [result, value] = await work().then(
      (done) => [done ?? null, done] as const,
      (error: { status?: number; message?: string }) =>
        [{ refused: error.status ?? this.#named(error.message ?? "") }, undefined] as const,
    );
    while (performance.now() - this.#lastAt < QUIET_MS) {
      // Nothing tells that nothing more will come.
      await wait(QUIET_MS / 5);
    }
    // Webhooks and the watcher's view come by ways of their own.
    this.steps.push({ step, result: this.plain(result), follows: [...this.#happened].sort() });
    return value;
  }

  /** Comes in as a step of its own. */
  async comes(step: string, id: ParticipantId, { hear = false, publish = true } = {}): Promise<Client> {
    const client = await this.step(step, async () => {
      const come = await this.livekit.come(await this.tokens.person("call", id, id, { publish: true, hear }));
      if (publish) await come?.publish();
      return come;
    });
    if (!client) throw new Error(`${id} does not come in`);
    return client;
  }

  microphoneOf(id: ParticipantId): Promise<string> {
    return this.livekit.reached.server
      .people("call")
      .then((people) => people.find((person) => person.id === id)?.tracks[0]?.sid ?? "");
  }

  /** Waits until a client knows something that it is told a moment later. */
  knows(what: string, knows: () => boolean): Promise<boolean> {
    return until(what, knows, 3_000).then(
      () => true,
      () => false,
    );
  }

  /** A copy without what LiveKit makes up: names of connections and tracks, moments. */
  plain(value: unknown): unknown {
    if (typeof value === "string") return this.#named(value);
    if (Array.isArray(value))
      return value
        .toSorted((one: { id?: string }, other: { id?: string }) => ((one?.id ?? "") < (other?.id ?? "") ? -1 : 1))
        .map((each) => this.plain(each));
    if (typeof value !== "object" || value === null) return value;
    const { joinedAt, ...rest } = value as Partial<CallPerson>;
    if ("publish" in rest) return "a client";
    const entries = Object.entries(rest).toSorted(([one], [other]) => (one < other ? -1 : 1));
    return Object.fromEntries([
      ...entries.map(([name, each]) => [name, this.plain(each)] as const),
      ...(joinedAt === undefined ? [] : [["joinedAt", joinedAt > 1_600_000_000_000 ? "milliseconds" : joinedAt]]),
    ]);
  }

  #named(text: string): string {
    return text.replace(/\b(PA|TR)_\w+/g, (sid, kind: string) => {
      const known = [...this.#sids.values()].filter((name) => name.startsWith(kind));
      const name = this.#sids.get(sid) ?? `${kind}-${known.length + 1}`;
      this.#sids.set(sid, name);
      return name;
    });
  }
}
