import { setTimeout as wait } from "node:timers/promises";
import { FleetStage, forLong, pieceOf, saying } from "../../support/scribe/fleet-stage.ts";
import type { Figure } from "../figures.ts";

type Say = (line: string) => void;
type Victim = { readonly stage: FleetStage; readonly pid: number };

const PIECES = 24;
const PIECE_S = 4;
const COST = 0.5;

type Nemesis = {
  readonly name: string;
  readonly keeps?: boolean;
  /** Strikes at a worker or at Redis; resolves when it is over. */
  readonly strike: (victim: Victim) => Promise<void>;
};

const NEMESES: readonly Nemesis[] = [
  { name: "a worker is killed", strike: async ({ pid }) => void process.kill(pid, "SIGKILL") },
  {
    name: "a worker stands still for 15 s",
    async strike({ pid }) {
      process.kill(pid, "SIGSTOP");
      await wait(15_000);
      process.kill(pid, "SIGCONT");
    },
  },
  { name: "Redis is killed for 3 s, keeps nothing", strike: ({ stage }) => redisAway(stage) },
  { name: "Redis is killed for 3 s, with AOF", keeps: true, strike: ({ stage }) => redisAway(stage) },
];

async function redisAway({ redis }: FleetStage): Promise<void> {
  await redis.kill();
  await wait(3_000);
  await redis.restart();
}

/** Strikes while eight meetings speak, and looks what is lost, told twice, and how soon it goes on. */
export async function nemeses(say: Say): Promise<Figure[]> {
  let [lost, doubled, recovery] = [0, 0, 0];
  for (const nemesis of NEMESES) {
    const found = await struck(nemesis);
    say(
      `${nemesis.name}: ${found.told} of ${PIECES} texts, ${found.doubled} told twice, ${found.anew} decoded anew; begun anew after ${found.recovery.toFixed(1)} s at most`,
    );
    lost += PIECES - found.told;
    doubled += found.doubled;
    recovery = Math.max(recovery, found.recovery);
  }
  await slowOne(say);
  return [
    { name: "fleet.lost", value: lost, unit: "pieces", budget: 0 },
    { name: "fleet.doubled", value: doubled, unit: "pieces", budget: 0 },
    { name: "fleet.recovery_s", value: recovery, unit: "s", goal: 15 },
  ];
}

async function struck({ strike, keeps = false }: Nemesis) {
  const stage = await FleetStage.open({ cost: COST, keeps });
  try {
    const [victim] = [await stage.worker({ slots: 2 }), await stage.worker({ slots: 2 })];
    const service = await stage.service();
    while (service.workers.length < 2) await wait(50);
    const told = new Map<string, number>();
    const all = Array.from({ length: PIECES }, async (_, at) => {
      const words = `piece ${at}`;
      const { text } = await service.final(pieceOf(`m0000nem${at % 8}`, at), saying(words, PIECE_S), forLong());
      told.set(text, (told.get(text) ?? 0) + 1);
    });
    await wait(3_000);
    const struckAt = performance.now();
    await Promise.all([strike({ stage, pid: victim.pid }), ...all]);
    // Whatever a sleeper still brings comes now.
    await wait(1_000);
    const again = stage.engine.begun.filter(
      ({ prompt, at }, index) =>
        at > struckAt && stage.engine.begun.findIndex((other) => other.prompt === prompt) < index,
    );
    return {
      told: told.size,
      doubled: [...told.values()].filter((times) => times > 1).length,
      anew: again.length,
      recovery: Math.max(0, ...again.map(({ at }) => at - struckAt)) / 1_000,
    };
  } finally {
    await stage.close();
  }
}

/** One of two workers decodes at a tenth of the other's speed. */
async function slowOne(say: Say): Promise<void> {
  const [stage, slow] = [await FleetStage.open({ cost: 0.1 }), await FleetStage.open({ cost: 1 })];
  try {
    await stage.worker({ slots: 2 });
    await stage.worker({ slots: 2, speech: { openai: { baseUrl: slow.engine.baseUrl, model: "sleeper" } } });
    const service = await stage.service();
    while (service.workers.length < 2) await wait(50);
    await Promise.all(
      Array.from({ length: 60 }, (_, at) =>
        service.final(pieceOf(`m0000slow${at % 30}`, at), saying(`piece ${at}`, PIECE_S), forLong()),
      ),
    );
    const [fast, few] = [stage.engine, slow.engine].map(({ decoded }) => decoded.filter((text) => text !== "").length);
    say(`a worker at a tenth of the speed: it does ${few} pieces while the other does ${fast}`);
  } finally {
    await Promise.all([stage.close(), slow.close()]);
  }
}
