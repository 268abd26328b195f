// npm test [-- FILTER…]: lint, set-up, types, the widget, then all tests. The last line says how many passed and how
// many failed.
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runChild } from "./run-child.mjs";
import { setUp, TEST_SERVERS } from "./setup/setup.ts";
import { type List, ROUNDS } from "./test-projects.ts";
import { closingLine, countTests, failureLines, type Counts, type VitestReport } from "./test-counts.ts";

const PROJECT = join(import.meta.dirname, "..");
const bin = (name: string) => join(PROJECT, "node_modules", ".bin", name);

let interrupted = false;
let childrenRunning = 0;
const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];

async function main(filters: string[]): Promise<void> {
  await check("Lint", bin("biome"), ["lint", "--error-on-warnings", "."]);
  await check("Formatting", bin("biome"), ["format", "."]);
  await check("Dead code", bin("knip"), []);
  if (!(await succeeds("Set-up", () => setUp({ ...TEST_SERVERS, chromium: true, headlessShell: true })))) return;

  await check("Types of the service", bin("tsc"), ["-p", "."]);
  if (existsSync(join(PROJECT, "widget", "tsconfig.json")))
    await check("Types of the widget", bin("tsc"), ["-p", "widget"]);
  if (existsSync(join(PROJECT, "widget", "index.html"))) await succeeds("Widget", () => setUp({ widget: true }));
  await runTests(filters);
}

/** A step without tests of its own counts only when it fails: as one. */
async function succeeds(name: string, step: () => Promise<unknown>): Promise<boolean> {
  if (interrupted) return false;
  try {
    await step();
    return true;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    console.error(`\n${name} failed: ${why}\n`);
    failures.push(`${name}: ${why}`);
    counts.failed++;
    return false;
  }
}

async function check(name: string, command: string, args: string[]): Promise<void> {
  await succeeds(name, async () => {
    console.log(`${name}: checking`);
    const code = await run(command, args);
    if (code !== 0) throw new Error(`${args.join(" ")} ended with code ${code}`);
  });
}

async function runTests(filters: string[]): Promise<void> {
  if (interrupted) return;
  const rounds: readonly (readonly List[])[] = filters.some((filter) => filter.startsWith("--project"))
    ? [[{ projects: [] }]]
    : ROUNDS;
  const found: Counts[] = [];
  for (const lists of rounds)
    if (!interrupted) found.push(...(await Promise.all(lists.map((list) => runVitest(list, filters)))));
  if (!interrupted && found.every(({ passed, failed }) => passed + failed === 0)) {
    console.error("No test ran.");
    counts.failed++;
  }
}

async function runVitest({ projects, yields = false }: List, filters: string[]): Promise<Counts> {
  const folder = await mkdtemp(join(tmpdir(), "mindminder-test-"));
  const report = join(folder, "report.json");
  try {
    const vitest = [
      ...[process.execPath, join(PROJECT, "node_modules", "vitest", "vitest.mjs"), "run", "--passWithNoTests"],
      ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
      ...[...projects.map((project) => `--project=${project}`), ...filters],
    ];
    const [command = "", ...args] = yields ? ["nice", "-n", "10", ...vitest] : vitest;
    const code = await run(command, args, { byLine: true });
    const read = existsSync(report)
      ? (JSON.parse(await readFile(report, "utf8")) as VitestReport)
      : { testResults: [] };
    const found = countTests(read);
    failures.push(...failureLines(read, PROJECT));
    if (found.failed === 0 && code !== 0) {
      console.error(`Vitest ended with code ${code} though no test failed: see above.`);
      found.failed = 1;
    }
    counts.passed += found.passed;
    counts.failed += found.failed;
    counts.skipped += found.skipped;
    return found;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(command: string, args: string[], how?: { byLine: boolean }): Promise<number> {
  childrenRunning++;
  try {
    return await runChild(command, args, PROJECT, how);
  } finally {
    childrenRunning--;
  }
}

process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
await main(process.argv.slice(2));
finish();

/**
 * A child that is running gets the signal as well and cleans up first; a set-up just ends, and begins anew next time.
 */
function interrupt(): void {
  interrupted = true;
  if (childrenRunning === 0) finish();
}

function finish(): void {
  if (interrupted) {
    console.error("\nInterrupted.");
    counts.failed ||= 1;
  }
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map((line) => `  ${line}`).join("\n")}\n`);
  console.log(closingLine(counts));
  process.exit(interrupted ? 130 : counts.failed > 0 ? 1 : 0);
}
