// npm run bench [-- NAME…] [--json FILE] [--minutes N]: each NAME.bench.ts beside this file; without a name all of
// them. The minutes are those of the soak.
import { readdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { isOverBudget, rounded, table, type Bench, type Figure } from "./figures.ts";

const known = readdirSync(import.meta.dirname)
  .flatMap((file) => /^(.+)\.bench\.ts$/.exec(file)?.[1] ?? [])
  .sort();
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "string" }, minutes: { type: "string", default: "3" } },
});
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no bench named ${unknown.join(", ")}. There are: ${known.join(", ")}.`);
  process.exit(1);
}

const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  console.error(`--minutes ${values.minutes}: a number above 0 is needed.`);
  process.exit(1);
}

const figures: Figure[] = [];
for (const name of positionals.length > 0 ? positionals : known) {
  const { bench } = (await import(`./${name}.bench.ts`)) as { bench: Bench };
  console.log(`${name}: ${bench.about}`);
  const found = await bench.run((line) => console.log(`  ${line}`), { minutes });
  console.log(`\n${table(found)}\n`);
  figures.push(...found);
}
if (values.json !== undefined) {
  writeFileSync(
    values.json,
    `${JSON.stringify(
      figures.map(({ name, value, unit }) => ({ name, value: rounded(value), unit })),
      null,
      2,
    )}\n`,
  );
  console.log(`Written to ${values.json}.`);
}
// LiveKit's client library keeps threads that would keep us alive.
process.exit(figures.some(isOverBudget) ? 1 : 0);
