import { join } from "node:path";
import { cached, cacheFolder } from "./cache.ts";
import type { Progress } from "./progress.ts";
import { createEnvironment, pipInstall } from "./python.ts";

const VERSION = "3.31.0";

export type AiogramPaths = {
  /** A Python that has aiogram. */
  python: string;
};

/**
 * Another project's models of the Bot API, by which our stand-in for Telegram is judged; the product does not need it.
 */
export async function ensureAiogram(progress: Progress): Promise<AiogramPaths> {
  const job = {
    name: "aiogram",
    doing: `Installing aiogram, which knows Telegram's Bot API, into ${cacheFolder()}`,
    usually: "about 20 s, 90 MB",
  };
  const place = await cached(`aiogram-${VERSION}`, progress, job, async ({ folder, ...build }) => {
    await pipInstall(await createEnvironment(folder, build), [`aiogram==${VERSION}`], build);
  });
  return { python: join(place, "bin", "python") };
}
