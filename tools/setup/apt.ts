import { spawn } from "node:child_process";
import { once } from "node:events";
import { onPath, run, SetupProblem } from "./command.ts";
import type { Progress } from "./progress.ts";

export type AptOptions = {
  log: string;
  note?: (line: string) => void;
  remedy: string;
};

/** Installs a package of Debian or Ubuntu, as root or with sudo. `mayUseApt` must have been awaited before. */
export async function aptInstall(name: string, options: AptOptions): Promise<void> {
  const [command, ...prefix] = asRoot();
  const apt = (...args: string[]) =>
    run(command, [...prefix, ...args], { ...options, env: { DEBIAN_FRONTEND: "noninteractive" } });
  // A stale or missing list of packages is the usual reason for a failure, a broken third source a usual reason for
  // this one.
  await apt("update").catch(() => {});
  await apt("install", "--yes", "-o", "DPkg::Lock::Timeout=120", "--no-install-recommends", name);
}

/** Asks for the password, if one is needed, before any progress is drawn. */
export async function mayUseApt(progress: Progress, name: string, remedy: string): Promise<void> {
  if (!onPath("apt-get"))
    throw new SetupProblem(`The package ${name} is missing, and there is no apt-get to install it with.`, remedy);
  if (process.getuid?.() === 0) return;
  if (!onPath("sudo"))
    throw new SetupProblem(`The package ${name} is missing, and installing it needs root or sudo.`, remedy);
  const granted = await progress.aside(async () => {
    const sudo = spawn(
      "sudo",
      process.stdin.isTTY ? ["-v", "-p", `The package ${name} is needed. Password for sudo: `] : ["-n", "-v"],
      { stdio: "inherit" },
    );
    const [code] = await once(sudo, "exit");
    return code === 0;
  });
  if (!granted) throw new SetupProblem(`The package ${name} is missing, and sudo refused to install it.`, remedy);
}

function asRoot(): [string, ...string[]] {
  return process.getuid?.() === 0 ? ["apt-get"] : ["sudo", "-n", "apt-get"];
}
