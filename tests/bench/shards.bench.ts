import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MatrixPerson } from "../support/stack/matrix-person.ts";
import { startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { type Shards, startShards } from "../support/stack/shards.ts";
import type { Synapse } from "../support/stack/synapse.ts";
import { WidgetPerson } from "../support/stack/widget-person.ts";
import { type Bench, type Figure, p50, p95 } from "./figures.ts";

const ROOMS = 9;
const ROUNDS = 12;
const MOVES = 6;
const ANSWERED_WITHIN_MS = 20_000;

type Stage = { readonly synapse: Synapse; readonly botId: string };
type Found = { readonly took: readonly number[]; readonly lost: number };

export const bench: Bench = {
  about: `${ROOMS} rooms ask, each ${ROUNDS} times: of one service, then of three behind a router; and a room moves while people meet in it`,
  async run(say) {
    const folder = mkdtempSync(join(tmpdir(), "mindminder-shards-bench-"));
    try {
      const alone = await startMindminder({ dir: join(folder, "alone"), config: { speech: { engine: "off" } } });
      const one = await asked(alone).finally(() => alone.stop());
      const shards = await startShards(join(folder, "shards"), ["one", "two", "three"]);
      const three = await asked(shards).finally(() => shards.stop());
      const movable = await startShards(join(folder, "movable"), ["one", "two"], { movable: true });
      const refused = await moved(movable).finally(() => movable.stop());
      say(
        `a room moves ${refused.length} times, a meeting in it: refused for ${refused.map((s) => s.toFixed(2)).join(", ")} s`,
      );
      say(`one service answers after ${ms(one)}, three behind the router after ${ms(three)}`);
      return [...figures(one, three), { name: "shards.move_s", value: Math.max(...refused), unit: "s", goal: 2 }];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function figures(one: Found, three: Found): Figure[] {
  return [
    { name: "shards.post_ratio", value: p50(three.took) / p50(one.took), unit: "×", goal: 1.2 },
    { name: "shards.post_p95_ratio", value: p95(three.took) / p95(one.took), unit: "×" },
    { name: "shards.lost", value: three.lost, unit: "answers", budget: 0 },
  ];
}

/** Lets all rooms ask side by side; milliseconds from asking to the answer's being seen. */
async function asked(stage: Stage): Promise<Found> {
  const ann = await MatrixPerson.register(stage.synapse, "ann");
  try {
    const rooms: string[] = [];
    while (rooms.length < ROOMS) rooms.push(await roomWithBot(stage, ann));
    const took: number[] = [];
    let lost = 0;
    for (let round = 0; round < ROUNDS; round++)
      await Promise.all(
        rooms.map(async (room) => {
          const isAnswer = ({ sender, type }: { sender: string; type: string }) =>
            sender === stage.botId && type === "m.room.message";
          const answered = ann.next(room, isAnswer, "an answer", ANSWERED_WITHIN_MS);
          const began = performance.now();
          await ann.say(room, "!circle help");
          await answered.then(
            () => took.push(performance.now() - began),
            () => lost++,
          );
        }),
      );
    return { took, lost };
  } finally {
    await ann.close();
  }
}

/** Moves a room to and fro while a meeting runs in it; seconds for which its page was refused, each time. */
async function moved(shards: Shards): Promise<number[]> {
  const ann = await MatrixPerson.register(shards.synapse, "ann");
  try {
    const room = await roomWithBot(shards, ann);
    await ann.joinCircle(room);
    await ann.command(room, "!circle start council tea");
    const page = await WidgetPerson.open(shards.url, room, ann);
    const refused: number[] = [];
    for (let time = 0, at = shards.shardOf(room); time < MOVES; time++) {
      const to = at === "one" ? "two" : "one";
      let [first, last, moving] = [Infinity, -Infinity, true];
      const asking = (async () => {
        for (let ok = true; moving || !ok; ) {
          const [before, { status }] = [performance.now(), await page.ask("meeting")];
          ok = status === 200;
          if (!ok) first = Math.min(first, before);
          if (!ok) last = performance.now();
        }
      })();
      await shards.move(room, to);
      moving = false;
      await asking;
      refused.push(Math.max(0, last - first) / 1_000);
      at = to;
    }
    return refused;
  } finally {
    await ann.close();
  }
}

const ms = ({ took }: Found) => `${Math.round(p50(took))} ms, p95 ${Math.round(p95(took))} ms`;
