import { knownSecrets } from "../configuration/known-secrets.ts";
import type { LoadedConfig } from "../configuration/load-config.ts";
import { examine, type Report } from "../doctor/doctor.ts";
import { type Finding, reasonOf } from "../doctor/finding.ts";
import { discreet, keepSecret } from "./discreet.ts";

export type DoctorOptions = { readonly config: string; readonly room?: string; readonly json?: boolean };

const SIGNS: Readonly<Record<Finding["state"], string>> = {
  "in-order": "✓",
  warning: "!",
  problem: "✗",
  "not-looked-at": "–",
};

/**
 * Says what is in order and what is not, each with its remedy. Ends with 1 when something keeps the service from its
 * work.
 */
export async function doctor({ config, room, json }: DoctorOptions): Promise<void> {
  // An error thrown by a library behind our back is no bug of the admin's either.
  process.prependOnceListener("uncaughtException", (error) => giveUp(error));
  const onLoaded = (loaded: LoadedConfig) => keepSecret(knownSecrets(loaded));
  const reports = await examine(config, room ?? null, { ...(json ? {} : { tell: print }), onLoaded }).catch(giveUp);
  const count = (state: Finding["state"]) =>
    reports.flatMap(({ findings }) => findings).filter((finding) => finding.state === state).length;
  const sick = count("problem") > 0;
  if (json) console.log(discreet(JSON.stringify({ healthy: !sick, reports }, null, 2)));
  else
    console.log(
      sick
        ? `\n${count("problem")} to mend, ${count("warning")} to think about.`
        : `\nIn order${count("warning") > 0 ? `, with ${count("warning")} to think about` : ""}.`,
    );
  // The call's library keeps threads of its own.
  process.exit(sick ? 1 : 0);
}

/** Tells any failure in words: a stack trace tells an admin nothing. */
function giveUp(error: unknown): never {
  console.error(
    `The doctor could not go on (${reasonOf(error)}). Mend what stands above, if anything does, and look again.`,
  );
  process.exit(1);
}

function print({ title, findings }: Report): void {
  console.log(`\n${title}`);
  printFindings(findings);
}

export function printFindings(findings: readonly Finding[]): void {
  for (const { state, what, remedy } of findings)
    console.log(discreet(`  ${SIGNS[state]} ${what}${remedy ? `\n      ${remedy}` : ""}`));
}
