import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MatrixPerson } from "../support/stack/matrix-person.ts";
import { startMindminder } from "../support/stack/mindminder.ts";
import { roomWithBot } from "../support/stack/room-with-bot.ts";
import { startShards } from "../support/stack/shards.ts";
import type { Synapse } from "../support/stack/synapse.ts";
import { type Bench, type Figure, p50, p95 } from "./figures.ts";

const ROOMS = 9;
const ROUNDS = 12;
const ANSWERED_WITHIN_MS = 20_000;

type Stage = { readonly synapse: Synapse; readonly botId: string };
type Found = { readonly took: readonly number[]; readonly lost: number };

export const bench: Bench = {
  about: `${ROOMS} rooms ask, each ${ROUNDS} times: of one service, then of three behind a router`,
  async run(say) {
    const folder = mkdtempSync(join(tmpdir(), "mindminder-shards-bench-"));
    try {
      const alone = await startMindminder({ dir: join(folder, "alone"), config: { speech: { engine: "off" } } });
      const one = await asked(alone).finally(() => alone.stop());
      const shards = await startShards(join(folder, "shards"), ["one", "two", "three"]);
      const three = await asked(shards).finally(() => shards.stop());
      say(`one service answers after ${ms(one)}, three behind the router after ${ms(three)}`);
      return figures(one, three);
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

const ms = ({ took }: Found) => `${Math.round(p50(took))} ms, p95 ${Math.round(p95(took))} ms`;
