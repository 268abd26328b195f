import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { translateTo } from "../../appservice/language/translate.ts";
import { LONG } from "../support/stack/long.ts";

const HOUR = 3_600_000;
const MODEL = "qwen2.5-coder-1.5b";

/** A gigabyte is fetched for it, and the model writes a few words a second: in `npm run test:long` alone. */
describe.runIf(LONG)("the demo with a small language model", { timeout: 2 * HOUR }, () => {
  test("comes to its end, and its record says what the model wrote", async () => {
    const output = await mkdtemp(join(tmpdir(), "mindminder-demo-llm-"));
    onTestFinished(() => rm(output, { recursive: true, force: true }));
    const demo = ["tools/demo.ts", "--llm", "--people", "4", "--output", output];
    const { stdout } = await promisify(execFile)(process.execPath, demo, { maxBuffer: 2 ** 26, timeout: 1.9 * HOUR });
    expect(stdout).toContain("record.md");
    const record = await readFile(join(output, "record.md"), "utf8");
    expect(record).toContain(translateTo("en")("made.llm", { model: MODEL }));
  });
});
