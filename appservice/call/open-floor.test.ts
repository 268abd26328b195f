import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Floor } from "../circle/floor.ts";
import { Gate } from "./gate.ts";
import type { Track } from "./gate-rules.ts";
import type { ParticipantId } from "../protocol/identity.ts";
import { personId } from "../../tests/support/protocol/ids.ts";

const open: Floor = { mode: "open" };
const closed: Floor = { mode: "closed" };
const speaker = (id: ParticipantId): Floor => ({ mode: "speaker", speaker: id });
const ANN = personId("@ann:x");
const BOB = personId("@bob:x");

/**
 * A LiveKit of two people that does what it is asked, and tells of it, when the test lets it. A new connection brings
 * along the tracks that its client had open.
 */
class SmallCall {
  readonly gate: Gate;
  now = 0;
  readonly #open = new Map<string, boolean>();
  readonly #connection = new Map<string, number>();
  readonly #here = new Set<ParticipantId>();
  readonly #waiting: ((works: boolean) => void)[] = [];
  readonly violations: string[] = [];

  constructor() {
    this.gate = new Gate({
      hands: {
        setMuted: (id, track, muted) => this.#request(() => this.turn(id, !muted, track)),
        setMayPublish: () => this.#request(() => {}),
      },
      onViolation: (id, offence) => this.violations.push(`${id} ${offence}`),
      isGone: () => false,
      onFailure: () => {},
      now: () => this.now,
    });
    for (const id of [ANN, BOB]) this.come(personId(id));
  }

  isOpen(id: string): boolean {
    return this.#open.get(this.#track(id)) === true;
  }

  floor(floor: Floor): this {
    this.gate.setFloor(floor);
    return this;
  }

  /** Turns a microphone, by somebody's own click or by LiveKit; everybody is told. */
  turn(id: ParticipantId, isOpen: boolean, track = this.#track(id)): void {
    if (this.#open.get(track) === undefined || this.#open.get(track) === isOpen) return;
    this.#open.set(track, isOpen);
    this.gate[isOpen ? "unmuted" : "muted"](id, track);
  }

  /** Opens a microphone, and the event is lost on its way. */
  openUntold(id: string): void {
    this.#open.set(this.#track(id), true);
  }

  unpublish(id: ParticipantId): void {
    this.gate.unpublished(id, this.#track(id));
  }

  go(id: ParticipantId): void {
    this.#here.delete(id);
    this.gate.left({ id, sid: this.#sid(id) });
  }

  /** `bringsOpen`: state in which the new connection's client believes its microphone to be. */
  come(id: ParticipantId, bringsOpen = this.isOpen(id)): void {
    const wasOpen = bringsOpen;
    this.#here.add(id);
    this.#open.delete(this.#track(id));
    this.#connection.set(id, (this.#connection.get(id) ?? 0) + 1);
    this.gate.arrived({ id, sid: this.#sid(id), joinedAt: 0, mayPublish: true, tracks: [] });
    this.#open.set(this.#track(id), wasOpen);
    this.gate.published(id, this.#microphone(id));
  }

  /** Shows the whole picture, as when the watcher comes in anew or LiveKit's list is read. */
  lookAgain(): void {
    this.gate.replace(
      [...this.#here].map((id) => ({
        id,
        sid: this.#sid(id),
        joinedAt: 0,
        mayPublish: true,
        tracks: [this.#microphone(id)],
      })),
    );
  }

  async answered(works = true): Promise<this> {
    while (this.#waiting.length > 0) {
      this.#waiting.shift()?.(works);
      await turn();
      if (!works) break;
    }
    return this;
  }

  #request(happen: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push((works) => {
        if (!works) return reject(new Error("LiveKit is away"));
        happen();
        resolve();
      });
    });
  }

  #microphone(id: string): Track {
    return { sid: this.#track(id), kind: "audio", source: "microphone", open: this.isOpen(id) };
  }

  #sid(id: string): string {
    return `PA_${id}_${this.#connection.get(id) ?? 0}`;
  }

  #track(id: string): string {
    return `TR_${id}_${this.#connection.get(id) ?? 0}`;
  }
}

async function annSpeaks(): Promise<SmallCall> {
  const call = await new SmallCall().floor(speaker(ANN)).answered();
  expect(call.isOpen(ANN)).toBe(true);
  return call;
}

describe("a microphone that was opened for a turn", () => {
  test("closes when the meeting ends with the turn", async () => {
    const call = await annSpeaks();
    await call.floor(open).answered();
    expect(call.isOpen(ANN)).toBe(false);
    expect(call.gate.settled).toBe(true);
  });

  test("is its owner's to open again, whatever is looked at, told or wished afterwards", async () => {
    const call = await annSpeaks();
    await call.floor(open).answered();
    call.turn(ANN, true);
    call.lookAgain();
    call.go(BOB);
    call.come(BOB);
    await call.floor(open).answered();
    call.now = 60_000;
    call.lookAgain();
    await call.answered();
    expect(call.isOpen(ANN)).toBe(true);
    expect(call.violations).toEqual([]);
  });

  test("is its owner's to open again, also where only LiveKit's list tells of it", async () => {
    const call = await annSpeaks();
    await call.floor(open).answered();
    call.openUntold(ANN);
    call.lookAgain();
    await call.answered();
    expect(call.isOpen(ANN)).toBe(true);
  });

  test("closes though the turn ended before it had opened", async () => {
    const call = new SmallCall().floor(speaker(ANN));
    await call.floor(open).answered();
    expect(call.isOpen(ANN)).toBe(false);
  });

  test("closes though the first attempt fails, also when the floor opens between two attempts", async () => {
    const call = await annSpeaks();
    call.floor(speaker(BOB));
    await call.answered(false);
    call.floor(open);
    await call.answered();
    expect(call.isOpen(ANN)).toBe(false);
    call.gate.close();
  });

  test("closes though a click of its owner's crosses the end of the turn", async () => {
    const call = await annSpeaks();
    call.turn(ANN, false);
    call.floor(open);
    call.turn(ANN, true);
    await call.answered();
    expect(call.isOpen(ANN)).toBe(false);
    call.turn(ANN, true);
    await call.answered();
    expect(call.isOpen(ANN)).toBe(true);
  });

  test("closes when its owner drops out with the word and comes back after the end", async () => {
    const call = await annSpeaks();
    call.go(ANN);
    call.floor(closed).floor(open);
    call.now = 20_000;
    call.come(ANN);
    await call.answered();
    expect(call.isOpen(ANN)).toBe(false);
  });

  test("closes when its owner is back before the end was told to the old connection", async () => {
    const call = await annSpeaks();
    call.floor(open);
    call.go(ANN);
    call.come(ANN);
    await call.answered();
    expect(call.isOpen(ANN)).toBe(false);
  });

  test("closes when its owner's client never learnt that it was closed, and comes back with it open", async () => {
    const call = await annSpeaks();
    await call.floor(open).answered();
    call.now = 8_000;
    call.go(ANN);
    call.come(ANN, true);
    await call.answered();
    expect(call.isOpen(ANN)).toBe(false);
    call.turn(ANN, true);
    call.come(ANN, true);
    await call.answered();
    expect(call.isOpen(ANN)).toBe(true);
  });

  test("closes when all were looked at twice while it was being opened, and its owner went just then", async () => {
    const call = new SmallCall().floor(speaker(ANN));
    call.lookAgain();
    call.floor(closed);
    call.lookAgain();
    call.go(ANN);
    await call.answered();
    expect(call.isOpen(ANN)).toBe(true);
    call.floor(open);
    call.come(ANN);
    await call.answered();
    expect(call.isOpen(ANN)).toBe(false);
  });

  test("closes when LiveKit tells of the track's end before its owner's, and both after the floor is open", async () => {
    const call = await annSpeaks();
    call.floor(open);
    call.unpublish(ANN);
    call.go(ANN);
    call.come(ANN, true);
    await call.answered();
    expect(call.isOpen(ANN)).toBe(false);
  });

  test("closes though its opening was under way when all were looked at anew, and its owner went just then", async () => {
    const call = new SmallCall().floor(speaker(ANN)).floor(closed);
    call.lookAgain();
    call.go(ANN);
    await call.answered();
    call.floor(open);
    call.come(ANN);
    await call.answered();
    expect(call.isOpen(ANN)).toBe(false);
  });

  test("who never had the word opens theirs as soon as the floor is open", async () => {
    const call = await annSpeaks();
    call.floor(open);
    call.turn(BOB, true);
    await call.answered();
    expect([call.isOpen(BOB), call.isOpen(ANN)]).toEqual([true, false]);
  });

  test.each([0, 1, 2])(
    "who was closed as a meeting began, while all were looked at anew %i times, opens theirs as soon as it is over",
    async (looks) => {
      const call = await new SmallCall().floor(open).answered();
      call.turn(BOB, true);
      call.floor(speaker(ANN));
      for (let look = 0; look < looks; look++) call.lookAgain();
      await call.answered();
      expect([call.isOpen(BOB), call.isOpen(ANN)]).toEqual([false, true]);
      await call.floor(closed).answered();
      call.now += 200;
      call.floor(open).turn(BOB, true);
      await call.answered();
      expect([call.isOpen(BOB), call.isOpen(ANN)]).toEqual([true, false]);
    },
  );
});

test("a screen that was shown in the last turn closes with it", async () => {
  const asked: string[] = [];
  const gate = new Gate({
    hands: {
      setMuted: async (_id, track, muted) => void asked.push(`${muted ? "mute" : "unmute"} ${track}`),
      setMayPublish: async () => {},
    },
    onViolation: () => {},
    isGone: () => false,
    onFailure: () => {},
  });
  gate.setFloor(speaker(ANN));
  gate.replace([
    {
      id: ANN,
      sid: "PA_ann",
      joinedAt: 0,
      mayPublish: true,
      tracks: [
        { sid: "screen", kind: "video", source: "screen", open: true },
        { sid: "camera", kind: "video", source: "camera", open: true },
      ],
    },
  ]);
  gate.setFloor(open);
  await turn();
  expect(asked).toEqual(["mute screen"]);
});

const move = fc.oneof(
  fc.record({ do: fc.constant("floor" as const), to: fc.constantFrom<Floor>(closed, speaker(ANN), speaker(BOB)) }),
  fc.record({ do: fc.constantFrom("answered", "failed", "look", "wait"), who: fc.constant(ANN) }),
  fc.record({ do: fc.constantFrom("go", "come"), who: fc.constantFrom(ANN, BOB) }),
);

test("whatever happened in the circle, nobody is heard once it is over, until they open by hand", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { maxLength: 14 }), async (moves) => {
      const call = new SmallCall();
      for (const each of moves) {
        if (each.do === "floor") call.floor(each.to);
        else if (each.do === "answered" || each.do === "failed") await call.answered(each.do === "answered");
        else if (each.do === "look") call.lookAgain();
        else if (each.do === "wait") call.now += 4_000;
        else call[each.do](each.who);
      }
      call.floor(open);
      call.come(ANN);
      call.come(BOB);
      await call.answered();
      expect([call.isOpen(ANN), call.isOpen(BOB)]).toEqual([false, false]);
      call.now += 20_000;
      call.turn(BOB, true);
      call.lookAgain();
      await call.answered();
      expect(call.isOpen(BOB)).toBe(true);
      call.gate.close();
    }),
    { numRuns: 1_000 },
  );
});
