import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, matchesGlob, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");

/** Files in an admin's checkout after the first day, by docs/admin.md and by what the sample names. */
const THEIRS = [
  "registration.yaml",
  "config/registration.yaml",
  "config/livekit-key",
  "config/livekit-secret",
  "config/config.yaml",
  "config/config.yaml.bak",
  "config/config.yaml~",
  "config/data/mindminder.db",
  "config/data/mindminder.db-wal",
  "config/data/mindminder.db-lock",
  "config/data/speech-kept/m1/u1.opus",
  "config/data/speech-waiting/p1.wav",
  "config/data/before-restore-2026-11-28/mindminder.db",
  "config/models/whisper-base/tokens.txt",
  "config/todoist-token",
  "config/gigachat.pem",
  "config/.env",
  "docker/deploy/livekit-secret",
  "docker/deploy/.as-token",
  "docker/deploy/config.yaml",
];
/** An unpacked archive has no list of its own. */
const isCheckout = existsSync(join(ROOT, ".git"));
const tracked = isCheckout ? execFileSync("git", ["ls-files"], { cwd: ROOT, encoding: "utf8" }).trim().split("\n") : [];

/** By Docker's rules: a pattern covers all below it, `!` takes back, and the last that fits decides. */
function goesIntoTheImage(file: string): boolean {
  const parents = file.split("/").map((_, at, parts) => parts.slice(0, at + 1).join("/"));
  let goes = true;
  for (const line of readFileSync(join(ROOT, ".dockerignore"), "utf8").split("\n")) {
    const [pattern, back] = line.startsWith("!") ? [line.slice(1), true] : [line, false];
    if (pattern === "" || pattern.startsWith("#")) continue;
    if (parents.some((path) => matchesGlob(path, pattern))) goes = back;
  }
  return goes;
}

test.skipIf(!isCheckout)(
  "an image takes no key, no registration and nobody's words along, and has all that it is built from",
  () => {
    expect(THEIRS.filter(goesIntoTheImage)).toEqual([]);
    const copied = [
      ...readFileSync(join(ROOT, "docker/Dockerfile"), "utf8").matchAll(/^COPY (?!--from)(.+) \S+$/gm),
    ].flatMap(([, from = ""]) => from.split(" "));
    expect(copied).toContain("config");
    // Gallery and host page are for those who work on the widget; the product's build knows nothing of them.
    const aside = (file: string) => /\.test\.tsx?$/.test(file) || file.startsWith("widget/dev/");
    const needed = tracked.filter(
      (file) => copied.some((from) => file === from || file.startsWith(`${from}/`)) && !aside(file),
    );
    expect(needed).toContain("widget/src/main.tsx");
    expect(needed).toContain("config/scenarios/council.yaml");
    expect(needed.filter((file) => !goesIntoTheImage(file))).toEqual([]);
  },
);

test.skipIf(!isCheckout)(
  "a commit takes none of it along either, and leaves out nothing that comes with the project",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "mindminder-ignored-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, encoding: "utf8" });
    git("init", "--quiet");
    cpSync(join(ROOT, ".gitignore"), join(folder, ".gitignore"));
    for (const file of [...THEIRS, ...tracked.filter((each) => each !== ".gitignore")]) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), "");
    }
    git("add", "--all");
    expect(git("ls-files").trim().split("\n").sort()).toEqual([...tracked].sort());
  },
);
