// Runs a program in our place: it has our terminal, gets our signals, and its exit code becomes ours.
// Plain JavaScript for Node 20: it is used before anything is installed.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { createInterface } from "node:readline";

export function runChild(command, args, cwd, { byLine = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      stdio: byLine ? ["inherit", "pipe", "pipe"] : "inherit",
      env: byLine && process.stdout.isTTY ? { FORCE_COLOR: "1", ...process.env } : process.env,
    });
    if (byLine) {
      createInterface({ input: child.stdout }).on("line", (line) => process.stdout.write(`${line}\n`));
      createInterface({ input: child.stderr }).on("line", (line) => process.stderr.write(`${line}\n`));
    }
    // Ctrl-C in a terminal reaches the child by itself, for it is in the same process group: we only have to live on until
    // it has ended. A signal that was sent to us alone is handed on, once: npm hands on its own copy as well.
    let handedOn = false;
    const onInterrupt = () => {
      if (inForeground() || handedOn) return;
      handedOn = true;
      child.kill("SIGINT");
    };
    const onTerminate = () => child.kill("SIGTERM");
    const onHangup = () => child.kill("SIGHUP");
    process.on("SIGINT", onInterrupt).on("SIGTERM", onTerminate).on("SIGHUP", onHangup);
    const ended = (code) => {
      process.off("SIGINT", onInterrupt).off("SIGTERM", onTerminate).off("SIGHUP", onHangup);
      resolve(code);
    };
    child.once("error", (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      ended(127);
    });
    child.once(byLine ? "close" : "exit", (code, signal) => ended(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

/** Whether a terminal's Ctrl-C goes to our process group. */
function inForeground() {
  try {
    // After the name in brackets: state, parent, process group, session, terminal, the terminal's foreground group.
    const [, , group, , , foreground] = readFileSync("/proc/self/stat", "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return group === foreground;
  } catch {
    return Boolean(process.stdin.isTTY);
  }
}
