import { spawn } from "node:child_process";
import type { Writable } from "node:stream";

/**
 * Ends what we started when we die, however we die (even by SIGKILL, where no handler of ours can run).
 *
 * A small shell in a session of its own reads the process groups to guard from a pipe. Only we hold the other end, so
 * the pipe closes when we are gone; then the shell ends what is left.
 */
const SCRIPT = `
groups=" "
while read -r sign group; do
  case $sign in
    +) groups="$groups$group " ;;
    -) groups="\${groups%% $group *} \${groups#* $group }" ;;
  esac
done
for tries in 1 2; do # twice: some servers drain at the first request and leave at the second
  for group in $groups; do kill -s TERM -- "-$group"; done
  for tick in 1 2 3 4 5 6 7 8 9 10; do
    left=
    for group in $groups; do kill -s 0 -- "-$group" && left=yes; done
    [ -z "$left" ] && exit
    sleep 0.1
  done
done
for group in $groups; do kill -s KILL -- "-$group"; done
`;

let pipe: Writable | undefined;

/** `group` is the id of a process group: the pid of a child that was spawned with `detached: true`. */
export function guard(group: number): void {
  pipe ??= startWatchdog();
  pipe.write(`+ ${group}\n`);
}

/** To be called as soon as the group is gone, for its number may be given to somebody else. */
export function unguard(group: number): void {
  pipe?.write(`- ${group}\n`);
}

function startWatchdog(): Writable {
  const shell = spawn("/bin/sh", ["-c", SCRIPT], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  shell.stdin.on("error", () => {});
  // Neither the shell nor its pipe may keep us alive.
  shell.unref();
  (shell.stdin as Writable & { unref(): void }).unref();
  return shell.stdin;
}
