// node tools/run.mjs SCRIPT.ts [arguments]
//
// Runs a script of this project on a clone that nobody has touched yet: installs npm's packages when they are missing or
// out of date, among them the Node that the project runs on, and hands over to that Node. Until then there is only the
// machine's own Node, so this file is plain JavaScript for Node 20 with nothing imported but its built-in modules and its like.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runChild } from "./run-child.mjs";

const OLDEST_NODE = 20;
const project = join(dirname(fileURLToPath(import.meta.url)), "..");
const ownNode = join(project, "node_modules", ".bin", "node");

const [script, ...args] = process.argv.slice(2);
if (!script) fail("Usage: node tools/run.mjs SCRIPT.ts [arguments]");
if (Number(process.versions.node.split(".")[0]) < OLDEST_NODE) {
  fail(
    `This is Node ${process.versions.node}; Node ${OLDEST_NODE} or newer is needed (https://nodejs.org, or your system's package nodejs).`,
  );
}

if (!isInstalled()) {
  console.log("Installing npm's packages into node_modules; about 30 s.");
  const code = await runChild("npm", ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], project);
  if (code !== 0)
    fail("npm ci failed: see above. Look whether npm reaches its registry, then run the command again.", code);
  if (!existsSync(ownNode))
    fail("npm ci left out the Node that this project runs on (package node). Is npm told to ignore scripts?");
}

// Of what libraries call there is nothing that its reader could mend.
process.exitCode = await runChild(ownNode, ["--no-deprecation", join(project, script), ...args], process.cwd());

/** npm keeps a note of what it has installed, written last: whatever package-lock.json wants must stand in it. */
function isInstalled() {
  try {
    const packages = (file) => JSON.parse(readFileSync(join(project, file), "utf8")).packages;
    const installed = packages("node_modules/.package-lock.json");
    const wanted = Object.entries(packages("package-lock.json")).filter(
      ([path, { optional, devOptional }]) => path && !optional && !devOptional,
    );
    return (
      existsSync(ownNode) &&
      wanted.every(
        ([path, { version, integrity }]) =>
          installed[path] && installed[path].version === version && installed[path].integrity === integrity,
      )
    );
  } catch {
    return false;
  }
}

function fail(message, code = 1) {
  console.error(message);
  process.exit(code);
}
