import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { stringify } from "yaml";
import { BadFiles } from "../configuration/problems.ts";
import { registrationFor } from "../configuration/registration.ts";

export type RegistrationOptions = {
  readonly url: string;
  readonly out: string;
  readonly id: string;
  readonly bot: string;
  readonly force?: boolean;
};

/** Writes a registration, readable for its owner alone, and says what to do with it. */
export function registration(options: RegistrationOptions): void {
  const file = resolve(options.out);
  if (!URL.canParse(options.url)) {
    throw new BadFiles([
      {
        file: "--url",
        key: "",
        problem: `“${options.url}” is not an address.`,
        remedy: "Give one such as http://127.0.0.1:29330.",
      },
    ]);
  }
  if (existsSync(file) && !options.force) {
    throw new BadFiles([
      {
        file,
        key: "",
        problem: "it is there already.",
        remedy: "Use another name with --out, or --force to replace it and its tokens.",
      },
    ]);
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, stringify(registrationFor(options)), { mode: 0o600 });
  console.log(`Wrote ${file}.
For Synapse, add it to homeserver.yaml and restart:
  app_service_config_files:
    - ${file}
Mindminder's configuration names the same file, by a path that counts from its own folder:
homeserver:
  registration: ${file}`);
}
