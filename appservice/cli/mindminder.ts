import { Command } from "commander";
import { AdminError } from "../protocol/mindminder-error.ts";
import { addCryptoCommands } from "./commands/crypto.ts";
import { addKeptCommands } from "./commands/kept.ts";
import { addMeasuringCommands } from "./commands/measuring.ts";
import { addServiceCommands } from "./commands/service.ts";
import { beDiscreet } from "./discreet.ts";
import { refusalOfMachine } from "./refusals.ts";

beDiscreet();

const program = new Command("mindminder")
  .description("A facilitator for groups that talk in Matrix rooms")
  .version("0.1.0");

for (const add of [addServiceCommands, addCryptoCommands, addKeptCommands, addMeasuringCommands]) add(program);

// A reader that takes only the beginning (“| head”) has seen enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  const said = error instanceof AdminError ? error.message : refusalOfMachine(error);
  if (said === null) throw error;
  console.error(said);
  // Ends the process, which things opened before the failure would keep alive.
  process.exit(1);
}
