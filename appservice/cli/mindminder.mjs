#!/usr/bin/env node
// Starts the command with the Node that the project brings along, whichever one the machine has.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("./mindminder.ts", import.meta.url));
const [major] = process.versions.node.split(".").map(Number);

// Deprecations inside the SDKs are their authors' to mend, and no news for whoever runs this.
process.noDeprecation = true;

if (major >= 24) {
  await import("./mindminder.ts");
} else {
  const own = fileURLToPath(new URL("../../node_modules/node/bin/node", import.meta.url));
  if (!existsSync(own)) {
    console.error("Mindminder needs Node 24. Run “npm install” in its folder, which brings it along.");
    process.exit(1);
  }
  const child = spawn(own, ["--no-deprecation", program, ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
