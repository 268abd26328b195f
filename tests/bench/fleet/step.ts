import { copyFileSync, existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { FleetStage, forLong, pieceOf, saying } from "../../support/scribe/fleet-stage.ts";
import { startProcess } from "../../support/stack/processes.ts";
import type { Figure } from "../figures.ts";

const PROGRAM = resolve(import.meta.dirname, "../../../appservice/cli/mindminder.ts");
const COST = 0.3;
const PIECE_S = 4;
const SLOTS = 2;
const [FEW, MANY] = [1, 15] as const;
/** Workers that fifteen speakers need, 70 % used. */
const ENOUGH = Math.ceil((MANY * COST) / (SLOTS * 0.7));
const [CALM_MS, BUSY_MS, AFTER_MS] = [10_000, 30_000, 25_000] as const;

/** Puts a step of load before the controller: one speaker, then fifteen, then one again. */
export async function controllerStep(say: (line: string) => void): Promise<Figure[]> {
  const stage = await FleetStage.open({ cost: COST, atStart: COST });
  const plot = join(stage.dir, "fleet.svg");
  const args = ["fleet", "run", "--config", stage.config({ slots: SLOTS }), "--min", "1", "--max", "6", "--quiet", "5"];
  const controller = await startProcess({
    name: "The controller",
    command: process.execPath,
    args: [PROGRAM, ...args, "--plot", plot],
    cwd: stage.dir,
    log: join(stage.dir, "controller.log"),
    ready: async () => (await stage.workers()).length > 0,
    drains: true,
  });
  try {
    const service = await stage.service();
    const took: number[] = [];
    let wanted: number = FEW;
    let over = false;
    const speaking = Array.from({ length: MANY }, async (_, speaker) => {
      for (let n = 0; !over; n++) {
        if (speaker < wanted) {
          const began = performance.now();
          const speech = saying(`${speaker}.${n}`, PIECE_S);
          void service.final(pieceOf(`m0000st${speaker}`, n), speech, forLong()).then(
            () => took.push(performance.now() - began),
            () => {},
          );
        }
        await wait(PIECE_S * 1_000 * (n === 0 ? (speaker + 1) / MANY : 1));
      }
    });
    await wait(CALM_MS);
    wanted = MANY;
    const steppedAt = performance.now();
    let upAt = Infinity;
    while (performance.now() < steppedAt + BUSY_MS) {
      if ((await stage.workers()).length >= ENOUGH) upAt = Math.min(upAt, performance.now());
      await wait(100);
    }
    wanted = FEW;
    await wait(AFTER_MS);
    over = true;
    await Promise.all(speaking);
    const left = (await stage.workers()).filter(({ draining }) => !draining).length;
    const up = (upAt - steppedAt) / 1_000;
    say(`from ${FEW} to ${MANY} speakers: ${ENOUGH} workers after ${up.toFixed(1)} s; ${left} are left at the end`);
    await controller.stop();
    const kept = process.env["MINDMINDER_FLEET_PLOT"];
    if (kept !== undefined && existsSync(plot)) copyFileSync(plot, kept);
    return [{ name: "fleet.scale_up_s", value: up, unit: "s", goal: 8 }];
  } finally {
    await controller.stop();
    await stage.close();
  }
}
