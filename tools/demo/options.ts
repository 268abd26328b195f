import { Command, InvalidArgumentError, Option } from "commander";

export type DemoOptions = {
  readonly people: number;
  readonly language: "en" | "ru";
  readonly keep: boolean;
  readonly record: boolean;
  readonly llm: boolean;
  /** Twelve people in three groups, instead of one circle. */
  readonly assembly: boolean;
  readonly output: string;
};

export function demoOptions(args: readonly string[]): DemoOptions {
  const program = new Command("npm run demo --")
    .description("One whole meeting on real servers, on this machine")
    .option("--people <n>", "how many take part, from 4 to 7", people, 5)
    .addOption(new Option("--language <language>", "the language the bot speaks").choices(["en", "ru"]).default("en"))
    .option("--keep", "leave everything running afterwards, to try it", false)
    .option("--record", "also write a video of the widget", false)
    .option("--llm", "a small language model writes the minutes as well: fetched first, poor and slow", false)
    .option("--assembly", "twelve people in three groups at once, and their delegates", false)
    .option("--output <folder>", "where the record and the pictures go", "demo-output")
    .option("--livekit-server <file>", "a livekit-server to use instead of building one")
    .option("--synapse-python <file>", "the Python of an environment that has Synapse, instead of making one");
  const options = program
    .parse([...args], { from: "user" })
    .opts<DemoOptions & { livekitServer?: string; synapsePython?: string }>();
  if (options.livekitServer) process.env["MINDMINDER_LIVEKIT_SERVER"] = options.livekitServer;
  if (options.synapsePython) process.env["MINDMINDER_SYNAPSE_PYTHON"] = options.synapsePython;
  return options;
}

function people(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 4 || n > 7) throw new InvalidArgumentError("It is a number from 4 to 7.");
  return n;
}
