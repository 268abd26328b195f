import { join } from "node:path";
import { onPath } from "./command.ts";
import { unpackDebian } from "./debian.ts";
import type { Progress } from "./progress.ts";

/** hledger (GPL, a program of its own), which checks what we write for bookkeepers; the product does not need it. */
export async function ensureHledger(progress: Progress): Promise<{ program: string }> {
  const present = onPath("hledger");
  if (present) return { program: present };
  const { folder } = await unpackDebian(
    { name: "hledger", packages: ["hledger"], holds: "usr/bin/hledger", remedy: "put an hledger on the PATH" },
    progress,
    { name: "hledger", doing: "Fetching the bookkeeper's program hledger", usually: "a few seconds, 5 MB" },
  );
  return { program: join(folder, "usr/bin/hledger") };
}
