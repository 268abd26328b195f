import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Floor } from "../circle/floor.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { personId } from "../../tests/support/protocol/ids.ts";
import { Gate } from "./gate.ts";
import { Permissions } from "./permissions.ts";

const closed: Floor = { mode: "closed" };
const speaker = (id: ParticipantId): Floor => ({ mode: "speaker", speaker: id });
const ANN = personId("@ann:x");
const BOB = personId("@bob:x");

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Longest time after which a client says back to LiveKit what it was told of its track. */
const ECHO_WITHIN_MS = 900;
const STEP_MS = 100;

/**
 * A LiveKit of two people that does what it is asked in any order, also long after its answer is no longer waited for,
 * and whose answers may be lost. Their clients say back what they are told of their tracks, as real ones do.
 */
class CarelessCall {
  readonly gate: Gate;
  now = 0;
  readonly #open = new Map<ParticipantId, boolean>();
  /** State of each microphone as its own client was told of it last. */
  readonly #atClient = new Map<ParticipantId, boolean>();
  #waiting: { done: boolean; happen(): void; answer(arrives: boolean): void }[] = [];
  /** Requests whose answer is lost, and which were not done yet. */
  #late: { happen(): void }[] = [];
  #told: (() => void)[] = [];
  #echoes: { at: number; say(): void }[] = [];
  readonly violations: string[] = [];

  constructor() {
    this.gate = new Gate({
      hands: {
        setMuted: (id, _track, muted) => this.#request(() => this.#obey(id, !muted)),
        setMayPublish: () => this.#request(() => {}),
      },
      onViolation: (id, offence) => this.violations.push(`${id} ${offence}`),
      isGone: () => false,
      onFailure: () => {},
      now: () => this.now,
    });
    this.gate.replace(
      [ANN, BOB].map((id) => ({
        id,
        sid: `PA_${id}`,
        joinedAt: 0,
        mayPublish: true,
        tracks: [{ sid: `TR_${id}`, kind: "audio", source: "microphone", open: false }],
      })),
    );
  }

  isOpen(id: ParticipantId): boolean {
    return this.#open.get(id) === true;
  }

  /** Does one of the requests under way. */
  do(which: number): void {
    const left = this.#waiting.filter(({ done }) => !done);
    left[which % left.length]?.happen();
  }

  /** Does one of the requests that nobody waits for any more. */
  doLate(which: number): void {
    for (const late of this.#late.splice(which % Math.max(1, this.#late.length), 1)) late.happen();
  }

  /** Somebody opens their microphone, out of turn or not. */
  openByHand(id: ParticipantId): void {
    this.#turn(id, true);
    this.tell();
  }

  /** Lets the clients say back the oldest of what they were told. */
  echo(): void {
    this.#echoes.shift()?.say();
  }

  /** Ends one request: by an answer, if it was done and the answer arrives. */
  async end(which: number, arrives: boolean): Promise<void> {
    const one = this.#waiting[which % this.#waiting.length];
    if (!one) return;
    this.#waiting = this.#waiting.filter((other) => other !== one);
    if (!arrives && !one.done) this.#late.push(one);
    one.answer(arrives && one.done);
    await vi.advanceTimersByTimeAsync(0);
  }

  /** Lets the watcher see what has happened so far. */
  tell(): void {
    for (const told of this.#told.splice(0)) told();
  }

  /** From here on all is well: whatever is asked is done and answered, until nothing is asked any more. */
  async calm(): Promise<void> {
    while (this.#late.length > 0) this.doLate(0);
    for (let round = 0; round < 10; round++) {
      while (this.#waiting.length > 0) {
        this.do(0);
        this.tell();
        await this.end(0, true);
      }
      this.tell();
      await this.pass(500);
    }
  }

  /** Lets time go by in small steps, so that a timer that ends meanwhile finds the time at which it ended. */
  async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    while (this.now < until) {
      const step = Math.min(STEP_MS, until - this.now);
      this.now += step;
      while (this.#echoes[0] && this.#echoes[0].at + ECHO_WITHIN_MS <= this.now) {
        this.echo();
        this.tell();
      }
      await vi.advanceTimersByTimeAsync(step);
    }
  }

  /** Turns a microphone by an order of ours, of which its client learns; it says back what is new to it. */
  #obey(id: ParticipantId, isOpen: boolean): void {
    this.#turn(id, isOpen);
    if ((this.#atClient.get(id) ?? false) === isOpen) return;
    this.#atClient.set(id, isOpen);
    this.#echoes.push({ at: this.now, say: () => this.#turn(id, isOpen) });
  }

  #turn(id: ParticipantId, isOpen: boolean): void {
    if (this.isOpen(id) === isOpen) return;
    this.#open.set(id, isOpen);
    this.#told.push(() => this.gate[isOpen ? "unmuted" : "muted"](id, `TR_${id}`));
  }

  #request(happen: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const request = {
        done: false,
        happen() {
          request.done = true;
          happen();
        },
        answer: (arrives: boolean) => (arrives ? resolve() : reject(new Error("LiveKit did not answer"))),
      };
      this.#waiting.push(request);
    });
  }
}

/** A call in which Bob has the word, and his microphone was opened, told and answered. */
async function bobSpeaks(): Promise<CarelessCall> {
  const call = new CarelessCall();
  call.gate.setFloor(speaker(BOB));
  call.do(0);
  call.tell();
  await call.end(0, true);
  return call;
}

test("a microphone that was opened by an order without an answer closes when the word passes on", async () => {
  const call = new CarelessCall();
  call.gate.setFloor(speaker(ANN));
  call.do(0);
  call.tell();
  await call.pass(1_300);
  call.gate.setFloor(speaker(BOB));
  call.do(0);
  expect(call.isOpen(ANN)).toBe(false);
  call.gate.close();
});

test("an opening that LiveKit does after the closing behind it is undone, also where nobody tells of it", async () => {
  const call = new CarelessCall();
  call.gate.setFloor(speaker(ANN));
  call.gate.setFloor(closed);
  call.do(1);
  await call.end(1, true);
  call.do(0);
  expect(call.isOpen(ANN)).toBe(true);
  await call.end(0, true);
  call.do(0);
  expect(call.isOpen(ANN)).toBe(false);
  call.gate.close();
});

test("whoever gets the word back while the order to close is still to be done is heard", async () => {
  const call = new CarelessCall();
  call.gate.setFloor(speaker(BOB));
  call.do(0);
  call.gate.setFloor(closed);
  call.tell();
  await call.pass(1_200);
  call.gate.setFloor(speaker(BOB));
  await call.calm();
  expect(call.isOpen(BOB)).toBe(true);
  call.gate.close();
});

test("an opening done long after nobody waits for it, and its echo, are no fault of the speaker’s", async () => {
  const call = await bobSpeaks();
  // Repeated while their track is young, and left without an answer by a LiveKit that hangs.
  await call.pass(300);
  await call.end(0, false);
  await call.pass(5_000);
  call.gate.setFloor(closed);
  call.do(0);
  call.tell();
  await call.end(0, true);
  call.doLate(0);
  call.tell();
  await call.calm();
  expect([call.isOpen(BOB), call.violations]).toEqual([false, []]);
  call.gate.close();
});

test("an opening done after the closing behind it, and answered before either is told, is no fault of the speaker’s", async () => {
  const call = await bobSpeaks();
  // Repeated while their track is young; the network holds the second repetition up.
  await call.pass(300);
  call.do(0);
  await call.end(0, true);
  await call.pass(5_000);
  call.gate.setFloor(closed);
  call.do(1);
  call.do(0);
  await call.end(0, true);
  await call.end(0, true);
  call.tell();
  await call.calm();
  expect([call.isOpen(BOB), call.violations]).toEqual([false, []]);
  call.gate.close();
});

test("whoever opens their microphone a moment after all was answered and told did it themselves", async () => {
  const call = await bobSpeaks();
  // Repeated while their track is young, and overtaken by the end of the turn.
  await call.pass(300);
  call.gate.setFloor(closed);
  await call.calm();
  call.openByHand(BOB);
  await call.calm();
  expect([call.isOpen(BOB), call.violations]).toEqual([false, ["@bob:x unmuted-out-of-turn"]]);
  call.gate.close();
});

const move = fc.oneof(
  fc.record({ do: fc.constant("floor" as const), to: fc.constantFrom<Floor>(closed, speaker(ANN), speaker(BOB)) }),
  fc.record({ do: fc.constantFrom("do", "answered", "lost", "late"), which: fc.nat({ max: 3 }) }),
  fc.record({ do: fc.constantFrom("tell", "echo"), which: fc.constant(0) }),
  fc.record({ do: fc.constant("wait"), which: fc.constant(400) }),
);

test("whose microphone LiveKit did not close, and did not say that it had opened, is closed though the word came back for a moment", async () => {
  const call = new CarelessCall();
  call.gate.setFloor(speaker(ANN));
  call.do(0);
  call.tell();
  call.gate.setFloor(closed);
  await call.end(1, true);
  call.gate.setFloor(speaker(ANN));
  await call.end(0, false);
  call.gate.setFloor(closed);
  await call.calm();
  expect(call.isOpen(ANN)).toBe(false);
  expect(call.violations).toEqual([]);
});

test("a closing that got no answer, and is done once the word has come back, silences nobody", async () => {
  const call = new CarelessCall();
  call.gate.setFloor(speaker(BOB));
  call.do(0);
  await call.pass(800);
  call.gate.setFloor(closed);
  await call.pass(400);
  await call.end(1, false);
  call.gate.setFloor(speaker(BOB));
  await call.calm();
  expect(call.isOpen(BOB)).toBe(true);
  expect(call.violations).toEqual([]);
});

test("in whatever order LiveKit acts and whichever answers are lost, whoever has the word is heard in the end, and nobody else", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { maxLength: 16 }), fc.constantFrom(closed, speaker(BOB)), async (moves, last) => {
      const call = new CarelessCall();
      for (const each of moves) {
        if (each.do === "floor") call.gate.setFloor(each.to);
        else if (each.do === "do") call.do(each.which);
        else if (each.do === "late") call.doLate(each.which);
        else if (each.do === "echo") call.echo();
        else if (each.do === "tell") call.tell();
        else if (each.do === "wait") await call.pass(each.which);
        else await call.end(each.which, each.do === "answered");
      }
      call.gate.setFloor(last);
      await call.calm();
      expect([call.isOpen(ANN), call.isOpen(BOB)]).toEqual([false, last.mode === "speaker"]);
      expect(call.violations).toEqual([]);
      expect(call.gate.settled).toBe(true);
      call.gate.close();
    }),
    { numRuns: 1_000 },
  );
});

test("a right that is taken away waits for no answer, and is taken once more after it", async () => {
  const asked: boolean[] = [];
  const answers: (() => void)[] = [];
  const permissions = new Permissions((_id, { publish }) => {
    asked.push(publish);
    return new Promise((resolve) => answers.push(resolve));
  });
  void permissions.change(ANN, { hear: true });
  await vi.advanceTimersByTimeAsync(0);
  void permissions.change(ANN, { publish: false });
  expect(asked).toEqual([true, false]);
  answers.shift()?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual([true, false, false]);
});
