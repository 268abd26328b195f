import { existsSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { cached } from "./cache.ts";
import { run } from "./command.ts";
import type { Progress } from "./progress.ts";

/** A recording in G.722 of 16,000 samples a second, with what its speaker was given to say. */
export type HumanRecording = { readonly name: string; readonly file: string; readonly text: string };

const LANGUAGES = ["ru", "en"] as const;
const SOUNDS = "usr/share/asterisk/sounds";
const unzipped = promisify(gunzip);

/**
 * Prompts of a telephone exchange really spoken by people, with their text, from packages of Debian: Russian (2010
 * Maxim Topal, ivrvoice.ru, CC-BY-3.0) and English (2003–2010 Allison Smith and Digium, CC-BY-SA-3.0). Nothing of them
 * is kept in the project.
 */
export async function ensureHumanSpeech(
  progress: Progress,
): Promise<Readonly<Record<(typeof LANGUAGES)[number], HumanRecording[]>>> {
  const packages = LANGUAGES.flatMap((language) =>
    ["", "-g722"].map((format) => `asterisk-core-sounds-${language}${format}`),
  );
  const job = {
    name: "Human speech",
    doing: "Fetching Debian's asterisk-core-sounds",
    usually: "about 10 s; 24 MB are kept",
  };
  const remedy = "look whether apt reaches its mirror (apt-get update), then run the command again";
  const place = await cached("asterisk-core-sounds-1", progress, job, async ({ folder, ...build }) => {
    await run("sh", ["-c", 'cd "$1" && shift && apt-get download "$@"', "sh", folder, ...packages], {
      ...build,
      remedy,
    });
    const packed = (await readdir(folder)).filter((name) => name.endsWith(".deb"));
    for (const each of packed) {
      await run("dpkg-deb", ["-x", join(folder, each), folder], { ...build, remedy });
      await rm(join(folder, each));
    }
  });
  const voices = await readdir(join(place, SOUNDS));
  const [ru, en] = await Promise.all(
    LANGUAGES.map((language) =>
      recordingsOf(place, language, voices.find((name) => name.startsWith(`${language}_`)) ?? language),
    ),
  );
  return { ru: ru ?? [], en: en ?? [] };
}

async function recordingsOf(place: string, language: string, voice: string): Promise<HumanRecording[]> {
  const list = join(place, `usr/share/doc/asterisk-core-sounds-${language}/core-sounds-${language}.txt.gz`);
  const lines = (await unzipped(await readFile(list))).toString("utf8").split("\n");
  return lines.flatMap((line) => {
    const [, name, text] = /^([\w/-]+):\s*(\S.*)$/.exec(line) ?? [];
    const file = join(place, SOUNDS, voice, `${name}.g722`);
    return name && text && existsSync(file) ? [{ name: `${language}/${name}`, file, text: text.trim() }] : [];
  });
}
