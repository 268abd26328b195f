import { setTimeout as wait } from "node:timers/promises";
import { FleetStage, forLong, pieceOf, saying } from "../support/scribe/fleet-stage.ts";
import { type Bench, type Figure, p50, p95 } from "./figures.ts";
import { nemeses } from "./fleet/nemeses.ts";
import { controllerStep } from "./fleet/step.ts";

/** Seconds that the engine takes for a second of sound: it sleeps, so that what is measured is the sharing out. */
const COST = 0.3;
const PIECE_S = 4;
const BUSY = 0.7;
const FOR_MS = 24_000;

export const bench: Bench = {
  about: `speech workers on a real Redis: an engine that sleeps ${COST} s for a second of sound; 1, 2 and 4 processes`,
  async run(say) {
    return [
      ...(await overhead(say)),
      ...(await speakers(15, 2, say)),
      ...(await speakers(100, 4, say)),
      ...(await fairness(say)),
      ...(await full(say)),
      ...(await nemeses(say)),
      ...(await controllerStep(say)),
    ];
  },
};

type Say = (line: string) => void;

/** Cost of the queue, against asking the same engine directly; nobody else asks meanwhile. */
async function overhead(say: Say): Promise<Figure[]> {
  const stage = await FleetStage.open({ cost: 0 });
  try {
    await stage.worker({ slots: 1 });
    const service = await stage.service();
    await until(() => service.workers.length === 1);
    const engine = await stage.directEngine();
    const speech = saying("overhead", PIECE_S);
    const direct: number[] = [];
    const queued: number[] = [];
    for (let round = 0; round < 150; round++) {
      direct.push(await timed(() => engine.transcribe(speech, forLong())));
      queued.push(await timed(() => service.final(pieceOf(`m0000over${round}`, round), speech, forLong())));
    }
    say(`a piece of ${PIECE_S} s: ${ms(direct)} directly, ${ms(queued)} by the queue`);
    return [
      { name: "fleet.overhead_p95_ms", value: p95(queued) - p95(direct), unit: "ms", goal: 25 },
      { name: "fleet.overhead_p50_ms", value: p50(queued) - p50(direct), unit: "ms" },
    ];
  } finally {
    await stage.close();
  }
}

/** So many people speak in meetings of seven; the workers are 70 % busy. */
async function speakers(count: number, processes: number, say: Say): Promise<Figure[]> {
  const stage = await FleetStage.open({ cost: COST });
  try {
    const slots = Math.ceil((count * COST) / BUSY);
    const service = await crewed(stage, slots, processes);
    const took: number[] = [];
    const until = performance.now() + FOR_MS;
    await Promise.all(
      Array.from({ length: count }, async (_, speaker) => {
        await wait((speaker / count) * PIECE_S * 1_000);
        const asked: Promise<unknown>[] = [];
        for (let n = 0; performance.now() < until; n++, await wait(PIECE_S * 1_000)) {
          const piece = pieceOf(`m0000sp${speaker}`, n);
          const speech = saying(`${speaker}.${n}`, PIECE_S);
          asked.push(timed(() => service.final(piece, speech, forLong())).then((each) => took.push(each)));
        }
        await Promise.all(asked);
      }),
    );
    const decoded = stage.engine.decoded.filter((text) => text !== "");
    const doubled = decoded.length - new Set(decoded).size;
    say(
      `${count} speakers, ${slots} slots in ${processes} processes: ${took.length} pieces, ${ms(took)}; doubled ${doubled}`,
    );
    const goal = Number((1.5 * COST * PIECE_S).toFixed(2));
    return [{ name: `fleet.${count}.final_p95_s`, value: p95(took) / 1_000, unit: "s", goal }];
  } finally {
    await stage.close();
  }
}

/** Fifteen meetings on seven slots; one of them brings a hundred pieces at once. */
async function fairness(say: Say): Promise<Figure[]> {
  const stage = await FleetStage.open({ cost: COST });
  try {
    const service = await crewed(stage, 7, 2);
    const waits = new Map<string, number[]>();
    const end = performance.now() + FOR_MS;
    const crowd = Array.from({ length: 100 }, (_, n) =>
      service.final(pieceOf("m0000crowd", n), saying(`crowd.${n}`, PIECE_S), forLong()),
    );
    await Promise.all(
      Array.from({ length: 14 }, async (_, meeting) => {
        const own: number[] = [];
        waits.set(`m${meeting}`, own);
        await wait((meeting / 14) * PIECE_S * 1_000);
        for (let n = 0; performance.now() < end; n++) {
          const speech = saying(`${meeting}.${n}`, PIECE_S);
          const took = await timed(() => service.final(pieceOf(`m0000even${meeting}`, n), speech, forLong()));
          own.push(took - COST * PIECE_S * 1_000);
          await wait(Math.max(0, PIECE_S * 1_000 - took));
        }
      }),
    );
    const means = [...waits.values()].map((own) => own.reduce((sum, each) => sum + each, 0) / own.length);
    const mean = means.reduce((sum, each) => sum + each, 0) / means.length;
    const worst = Math.max(...means);
    say(
      `beside a meeting of 100 pieces the 14 others wait ${Math.round(mean)} ms on the average, the worst ${Math.round(worst)}`,
    );
    await Promise.all(crowd);
    return [
      { name: "fleet.fairness", value: worst / mean, unit: "×", goal: 1.5 },
      { name: "fleet.fairness_wait_p95_ms", value: p95([...waits.values()].flat()), unit: "ms" },
    ];
  } finally {
    await stage.close();
  }
}

/** All is full with thirteen meetings, when one more begins in which three speak at once. */
async function full(say: Say): Promise<Figure[]> {
  const stage = await FleetStage.open({ cost: COST });
  try {
    const service = await crewed(stage, 4, 1);
    const [before, after, came]: [number[], number[], number[]] = [[], [], []];
    const began = performance.now();
    const hasCome = () => performance.now() - began > FOR_MS;
    const speak = async (meeting: string, speaker: string, into: () => number[]) => {
      const asked: Promise<unknown>[] = [];
      for (let n = 0; performance.now() - began < 2 * FOR_MS; n++, await wait(PIECE_S * 1_000)) {
        const speech = saying(`${speaker}.${n}`, PIECE_S);
        const to = into();
        const piece = pieceOf(`m0000${meeting}`, Number(`${speaker.length}${n}`));
        asked.push(timed(() => service.final(piece, speech, forLong())).then((took) => to.push(took)));
      }
      await Promise.all(asked);
    };
    const running = Array.from({ length: 13 }, async (_, at) => {
      await wait((at / 13) * PIECE_S * 1_000);
      await speak(`run${String(at).padStart(2, "0")}`, `r${at}`, () => (hasCome() ? after : before));
    });
    const newcomer = ["a", "bb", "ccc"].map(async (speaker) => {
      await wait(FOR_MS);
      await speak("newly", speaker, () => came);
    });
    await Promise.all([...running, ...newcomer]);
    const [was, is] = [p95(before), p95(after)];
    say(
      `full with 13 speakers: ${ms(before)}; a meeting more begins, with three: ${ms(after)} for those that ran, ${ms(came)} for it`,
    );
    return [
      { name: "fleet.full_running_ratio", value: is / was, unit: "×", goal: 1.5 },
      { name: "fleet.full_newcomer_p95_s", value: p95(came) / 1_000, unit: "s" },
    ];
  } finally {
    await stage.close();
  }
}

/** Opens a service, with so many slots in so many processes. */
async function crewed(stage: FleetStage, slots: number, processes: number) {
  const each = Array.from({ length: processes }, (_, at) => Math.floor((slots + at) / processes));
  await Promise.all(each.map((own) => stage.worker({ slots: own })));
  const service = await stage.service();
  await until(() => service.workers.length === processes);
  return service;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await wait(50);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const ms = (values: readonly number[]) => `${Math.round(p50(values))} / ${Math.round(p95(values))} ms`;
