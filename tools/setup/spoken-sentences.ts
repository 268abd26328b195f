import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { cached } from "./cache.ts";
import { run } from "./command.ts";
import type { Progress } from "./progress.ts";

const PACKAGE = "pocketsphinx-testdata";

export type SpokenSentence = {
  readonly file: string;
  readonly text: string;
};

/**
 * Five sentences that a person really read aloud, with their text, from a package of Debian (BSD). Nothing of it is
 * kept in the project.
 */
export async function ensureSpokenSentences(progress: Progress): Promise<SpokenSentence[]> {
  const job = { name: "Recordings", doing: `Fetching Debian's ${PACKAGE}`, usually: "about 5 s; 6 MB are kept" };
  const remedy = "look whether apt reaches its mirror (apt-get update), then run the command again";
  const place = await cached("pocketsphinx-testdata-1", progress, job, async ({ folder, ...build }) => {
    await run("sh", ["-c", 'cd "$1" && apt-get download "$2"', "sh", folder, PACKAGE], { ...build, remedy });
    const [packed = ""] = (await readdir(folder)).filter((name) => name.endsWith(".deb"));
    await run("dpkg-deb", ["-x", join(folder, packed), folder], { ...build, remedy });
    await rm(join(folder, packed));
  });
  const folder = join(place, "usr/share/pocketsphinx/test/data/librivox");
  const lines = (await readFile(join(folder, "transcription"), "utf8")).split("\n");
  return lines.flatMap((line) => {
    const [, text, name] = /^<s> ([^<>]*) <\/s> \(([^()]*)\)$/.exec(line) ?? [];
    return text && name ? [{ file: join(folder, `${name}.wav`), text }] : [];
  });
}
