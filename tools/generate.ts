import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { GENERATED } from "./generated.ts";

const ROOT = resolve(import.meta.dirname, "..");

for (const [file, content] of GENERATED) {
  writeFileSync(resolve(ROOT, file), content());
  console.log(`wrote ${file}`);
}
