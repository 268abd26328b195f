import { Command, InvalidArgumentError, Option } from "commander";
import { type Fault, FAULTS } from "./world/mischief.ts";

export type SimulateOptions = {
  readonly seed: number;
  readonly meetings: number;
  readonly minutes: number;
  readonly people: number;
  readonly faults: readonly Fault[];
  readonly scenario?: string;
  readonly without: ReadonlySet<number>;
  readonly story: boolean;
  readonly smaller: boolean;
  readonly jobs: number;
};

/** Reads the words behind `npm run simulate --`; an odd one is told with what it may be, and ends the process. */
export function simulateOptions(args: readonly string[]): SimulateOptions {
  return simulateProgram()
    .parse([...args], { from: "user" })
    .opts<SimulateOptions>();
}

export function simulateProgram(): Command {
  return new Command("npm run simulate --")
    .description("Whole councils in one process and in virtual time, with faults that are drawn from a seed")
    .option("--seed <n>", "seed of the first council, by chance where none is given", whole(0), anySeed())
    .option("--meetings <n>", "how many councils, each of the next seed", whole(1), 100)
    .option("--minutes <n>", "ends the run after so many, though not all were held", above0, Infinity)
    .option("--people <n>", "how many take part", whole(1), 7)
    .option("--faults <list>", `all, none, or some of: ${FAULTS.join(", ")}`, faults, FAULTS)
    .option("--scenario <id>", "scenario of all councils, in place of one by chance")
    .addOption(
      new Option("--without <steps>", "leaves these steps of the story out").argParser(steps).default(new Set()),
    )
    .option("--story", "tells what happened, step by step", false)
    .option("--no-smaller", "does not make the first failures smaller, which takes as long as a hundred councils each")
    .option("--jobs <n>", "processes that share the councils; each tells of its own", whole(1), 1);
}

const anySeed = () => Math.floor(Math.random() * 2 ** 31);

const whole = (least: number) => (text: string) => {
  const n = Number(text);
  if (text.trim() === "" || !Number.isSafeInteger(n) || n < least)
    throw new InvalidArgumentError(`It is a whole number from ${least} on.`);
  return n;
};

function above0(text: string): number {
  const n = Number(text);
  if (!(n > 0)) throw new InvalidArgumentError("It is a number above 0.");
  return n;
}

function faults(text: string): readonly Fault[] {
  if (text === "all") return FAULTS;
  if (text === "none") return [];
  return text.split(",").map((name) => {
    const fault = FAULTS.find((each) => each === name);
    if (!fault) throw new InvalidArgumentError(`There is no fault ${name}. There are: ${FAULTS.join(", ")}.`);
    return fault;
  });
}

const steps = (text: string): ReadonlySet<number> => new Set(text.split(",").filter(Boolean).map(whole(0)));
