import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { z } from "zod";
import { BUILDER_FLAGS } from "../../appservice/dataset/builder-flags.ts";
import { flacOf } from "../../appservice/scribe/audio/flac-write.ts";
import { roomId } from "../support/protocol/ids.ts";
import { DatasetStage } from "../support/dataset/dataset-stage.ts";
import type { Bench } from "./figures.ts";

const [MEETINGS, PIECES, SECONDS] = [30, 60, 12];
const DAY_MS = 86_400_000;
const Told = z.object({ took: z.number(), megabytes: z.number() });

export const bench: Bench = {
  about: `a set of ${(MEETINGS * PIECES * SECONDS) / 3600} hours of speech is built in all forms, then looked at again: how fast, and in how much memory`,
  async run(say) {
    const sounds = Array.from({ length: 5 }, () => flacOf(rustling(SECONDS * 16_000)));
    const it = new DatasetStage({ at: Date.now() - DAY_MS, sound: (_, n) => sounds[n % sounds.length] ?? Buffer.of() });
    try {
      for (let n = 0; n < MEETINGS; n++) hold(it, n);
      const config = join(it.folder, "config.yaml");
      writeFileSync(config, stringify({ database: it.database, speech: { keepAudioDays: 30 } }));
      const build = () => builtBy([it.place, config]);
      say(`${MEETINGS} meetings of ${PIECES} pieces are there`);
      const first = await build();
      const again = await build();
      const seconds = MEETINGS * PIECES * SECONDS;
      return [
        { name: "dataset.realtime_factor", value: seconds / first.took, unit: "×", atLeast: 200 },
        { name: "dataset.memory_mb", value: Math.max(first.megabytes, again.megabytes), unit: "MB", budget: 300 },
        { name: "dataset.again_s", value: again.took, unit: "s" },
      ];
    } finally {
      it.close();
    }
  },
};

/** A meeting of six people who know nobody of another, each with a third of its pieces corrected. */
function hold(it: DatasetStage, n: number): void {
  const room = roomId(`!room${n}`);
  const people = Array.from({ length: 6 }, (_, person) => `p${n}x${person}`);
  for (const who of people) it.allow(who, ["sound", "improve"], room);
  const meeting = it.meeting({
    room,
    said: Array.from({ length: PIECES }, (_, piece) => ({
      who: people[piece % people.length] ?? "",
      text: `In the meeting ${n} somebody says for the ${piece}th time that Boris and Olga will call +7 912 345-67-89 about it.`,
      seconds: SECONDS,
    })),
  });
  for (let piece = 0; piece < PIECES; piece += 3)
    it.correct(
      meeting,
      people[0] ?? "",
      `${piece + 1}.1`,
      `In meeting ${n} somebody says for the ${piece}th time that they will call.`,
    );
}

/** Sound that a packer makes as little of as of speech. */
function rustling(samples: number): Float32Array {
  let before = 0;
  return Float32Array.from({ length: samples }, (_, at) => {
    before = 0.9 * before + 0.05 * (Math.random() - 0.5);
    return before * (0.3 + 0.7 * Math.abs(Math.sin(at / 3_000)));
  });
}

async function builtBy(args: readonly string[]): Promise<z.output<typeof Told>> {
  const child = fork(join(import.meta.dirname, "dataset/builder.ts"), args, {
    execArgv: [...BUILDER_FLAGS],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const told = once(child, "message");
  const ended = once(child, "exit");
  const [message] = await Promise.race([
    told,
    ended.then(([code]) => Promise.reject(new Error(`it ended with ${code}`))),
  ]);
  await ended;
  return Told.parse(message);
}
