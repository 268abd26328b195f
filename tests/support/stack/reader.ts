import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { cacheFolder } from "../../../tools/setup/cache.ts";
import { onPath } from "../../../tools/setup/command.ts";

const ROOT = resolve(import.meta.dirname, "../../..");

/** Somebody who follows a page in a folder of their own, with one shell from the first command to the last. */
export class Reader {
  /** Working folder of their shell. */
  folder: string;
  readonly #home: string;
  readonly #own: Readonly<Record<string, string>>;

  /** `own`: what a reader puts in the place of what the page can only give as an example. */
  constructor(home: string, own: Readonly<Record<string, string>>) {
    mkdirSync(home, { recursive: true });
    this.folder = home;
    this.#home = home;
    this.#own = {
      ...own,
      "git clone …": `git clone --quiet ${sourceIn(home)}`,
      "/opt/mindminder/models": cacheFolder(),
      "/opt/mindminder": join(home, "opt-mindminder"),
      "/backups": join(home, "backups"),
      // The same packages, in a second instead of half a minute. `npm test` on a fresh clone installs them in truth.
      "npm ci --loglevel=error": `cp -al ${join(ROOT, "node_modules")} node_modules`,
    };
  }

  /** The commands as the reader types them. */
  typed(commands: string): string {
    return Object.entries(this.#own).reduce((text, [printed, own]) => text.replaceAll(printed, own), commands);
  }

  /** Runs them one after the other, and stops at the first that fails. Gives what was printed. */
  run(commands: string): string {
    const where = join(this.#home, "where");
    const script = `set -e\n${this.typed(commands)}\npwd > ${where}`;
    const { status, stdout, stderr, error } = spawnSync("bash", ["-c", script], {
      cwd: this.folder,
      env: this.environment,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    if (status !== 0)
      throw new Error(`a command of the page failed (${error ?? status}):\n${script}\n${stdout}\n${stderr}`);
    this.folder = readFileSync(where, "utf8").trim();
    return stdout;
  }

  /** Environment of a machine before anything is installed; ours has the project's own Node in front. */
  get environment(): NodeJS.ProcessEnv {
    const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));
    const bare = folders.join(delimiter);
    const { PATH, NODE_ENV: _, NODE_OPTIONS: __, VITEST: ___, ...others } = process.env;
    return {
      ...others,
      PATH: folders.some((folder) => existsSync(join(folder, "npm"))) ? bare : PATH,
      MINDMINDER_CACHE: cacheFolder(),
    };
  }
}

/** The project as a repository of its own, with what has not been committed yet. */
function sourceIn(home: string): string {
  const source = join(home, "source");
  const git = (cwd: string, ...args: string[]) =>
    spawnSync(onPath("git") ?? "git", args, { cwd, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 }).stdout;
  for (const file of git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    .split("\0")
    .filter(Boolean)) {
    if (existsSync(join(ROOT, file))) cpSync(join(ROOT, file), join(source, file));
  }
  git(source, "init", "--quiet");
  git(source, "add", "--all");
  git(source, "-c", "user.name=reader", "-c", "user.email=reader@localhost", "commit", "--quiet", "--message=all");
  writeFileSync(join(home, "where"), "");
  return source;
}
