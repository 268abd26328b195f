import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { ACTS } from "./world/acts.ts";
import { type CouncilOptions, holdCouncil } from "./council.ts";
import { shrink } from "./shrink.ts";
import { simulateOptions } from "./options.ts";
import { FAULTS } from "./world/mischief.ts";

/** Marks that a run with all faults has to reach now and then; those that it did not are told at the end. */
const HARD = [
  ...FAULTS.map((fault) => `fault ${fault}`),
  ...[
    "turn-held",
    "turn-continued",
    "meeting-paused",
    "meeting-resumed",
    "person-dropped",
    "person-left",
    "hand-raised",
  ].map((type) => `circle ${type}`),
  ...[
    "turn-waits",
    "comment-made",
    "comment-removed",
    "taken-back",
    "spoke-out-of-turn",
    "minutes-redo",
    "corrected",
    "comment-edited",
  ].map((type) => `record ${type}`),
  ...[
    "person-renamed",
    "order-set",
    "theme-set",
    "time-added",
    "text-written",
    "dots-given",
    "texts-grouped",
    "position-taken",
    "service-returned",
    "circle-cut-short",
  ].map((type) => `circle ${type}`),
  ...Object.keys(ACTS).map((act) => `somebody ${act}`),
  "crash in circle",
  "crash in between",
  "crash in ended",
  "LiveKit was away",
];

const given = simulateOptions(process.argv.slice(2));

const options = (seed: number): CouncilOptions => ({
  seed,
  people: given.people,
  faults: given.faults,
  without: given.without,
  ...(given.scenario && { scenario: given.scenario }),
});

function commandFor({ seed, people, faults, without, scenario }: CouncilOptions): string {
  const kinds = faults?.length === FAULTS.length ? "all" : faults?.join(",") || "none";
  const less = without && without.size > 0 ? ` --without ${[...without].join(",")}` : "";
  return `npm run simulate -- --seed ${seed} --meetings 1 --people ${people} --faults ${kinds}${less}${scenario ? ` --scenario ${scenario}` : ""} --story`;
}

const commit = () => execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();

const { seed: first, meetings, jobs } = given;
if (jobs > 1) {
  const each = Math.ceil(meetings / jobs);
  const codes = await Promise.all(
    Array.from({ length: jobs }, async (_, job) => {
      // Of an option named twice the last counts.
      const part = ["--jobs", "1", "--seed", `${first + job * each}`, "--meetings", `${each}`];
      const [code] = await once(fork(import.meta.filename, [...process.argv.slice(2), ...part]), "exit");
      return code as number | null;
    }),
  );
  process.exit(codes.every((code) => code === 0) ? 0 : 1);
}
const reached = new Set<string>();
const began = performance.now();
const until = began + given.minutes * 60_000;
let [held, failures, faults, simulatedMs] = [0, 0, 0, 0];
let isStopped = false;
// Tells of those that were held, too, when it is ended before all were.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => (isStopped = true));
for (let seed = first; seed < first + meetings && performance.now() < until && !isStopped; seed++) {
  held += 1;
  const run = await holdCouncil(options(seed));
  for (const mark of run.reached) reached.add(mark);
  [faults, simulatedMs] = [faults + run.faults, simulatedMs + run.simulatedMs];
  if (given.story) console.log(run.story.join("\n"));
  if (run.broken === null) continue;
  failures += 1;
  console.log(`\nBROKEN at commit ${commit()}: ${run.broken}\n  ${commandFor(options(seed))}`);
  if (given.story || !given.smaller || failures > 3) continue;
  const smaller = await shrink(options(seed), run);
  console.log(`made smaller:\n  ${commandFor(smaller.options)}\n${smaller.run.story.slice(-60).join("\n")}`);
}
const minutes = (performance.now() - began) / 60_000;
console.log(
  `${held} councils of ${given.people} from seed ${first}: ${failures} broken, ${faults} faults, ${(simulatedMs / 3_600_000).toFixed(1)} simulated hours, ${Math.round(held / minutes)} a minute`,
);
const missed = HARD.filter((mark) => !reached.has(mark));
if (given.faults.length === FAULTS.length && missed.length > 0) console.log(`never reached: ${missed.join(", ")}`);
process.exit(failures > 0 ? 1 : 0);
