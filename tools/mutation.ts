// npm run mutation -- circle|journal|FILE [options of stryker run]: mutants of a folder, or of one file of it, and
// those that no test kills.
import { join } from "node:path";
import { runChild } from "./run-child.mjs";

const PROJECT = join(import.meta.dirname, "..");
const FOLDER = /^(?:appservice\/)?(circle|journal)(?:\/|$)/;

const [what = "", ...options] = process.argv.slice(2);
const folder = FOLDER.exec(what)?.[1];
if (!folder) {
  console.error("usage: npm run mutation -- circle|journal|appservice/circle/order.ts");
  process.exit(2);
}
process.env.MINDMINDER_MUTATED = folder;
const file = what.endsWith(".ts") ? ["--mutate", what] : [];
process.exitCode = await runChild(
  join(PROJECT, "node_modules", ".bin", "stryker"),
  ["run", ...file, ...options],
  PROJECT,
);
