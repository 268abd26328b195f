import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const NAME = /^mindminder-run-(\d+)-/;

/**
 * Makes the folder in which this run's tests have their temporary files, and takes it away with all that they left
 * there. Of runs that were killed it takes theirs.
 */
export function ownTemporaryFolder(): string {
  const all = tmpdir();
  for (const name of readdirSync(all)) {
    const pid = NAME.exec(name)?.[1];
    if (pid && existsSync("/proc") && !existsSync(`/proc/${pid}`))
      rmSync(join(all, name), { recursive: true, force: true });
  }
  const folder = mkdtempSync(join(all, `mindminder-run-${process.pid}-`));
  // Some tests give up root's rights, and go on in folders of their own below it.
  chmodSync(folder, 0o755);
  process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 2 }));
  return folder;
}
