import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { Scenario } from "../circle/scenario.ts";
import { Config, OWN_SCENARIOS } from "./config.ts";
import { loadConfig } from "./load-config.ts";
import { BadFiles } from "./problems.ts";
import { readScenarios } from "./scenarios.ts";
import { checkYaml } from "./yaml-file.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const folder = () => mkdtempSync(join(tmpdir(), "mindminder-"));

function problemsIn(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (error instanceof BadFiles) return error.problems;
    throw error;
  }
  throw new Error("nothing was refused");
}

test("the sample is a configuration that works once its addresses are set", () => {
  const sample = parse(readFileSync(resolve(ROOT, "config/config.sample.yaml"), "utf8")) as unknown;
  expect(Config.safeParse(sample).error?.issues ?? []).toEqual([]);
});

test("every problem of a configuration is named at once, with its key and what the key is", () => {
  const dir = folder();
  const file = join(dir, "config.yaml");
  writeFileSync(
    file,
    `
homeserver: { url: not-an-address, serverName: example.org }
service: { publicUrl: "https://x.org", prot: 1, port: 99999 }
livekit: { url: "http://x.org", apiKey: k, apiSecret: short }
language: de
`,
  );
  const keys = problemsIn(() => loadConfig(file)).map(({ key }) => key);
  expect(keys).toEqual(
    expect.arrayContaining([
      "homeserver.url",
      "homeserver.registration",
      "service.prot",
      "service.port",
      "livekit.url",
      "livekit.apiSecret",
      "language",
    ]),
  );
  for (const problem of problemsIn(() => loadConfig(file)))
    expect(problem).toMatchObject({ file, remedy: expect.stringMatching(/\S/) });
});

test("a file that is missing or no YAML is named with the remedy", () => {
  expect(problemsIn(() => loadConfig("/nowhere/config.yaml"))).toMatchObject([
    { file: "/nowhere/config.yaml", problem: "there is no such file." },
  ]);
  const file = join(folder(), "config.yaml");
  writeFileSync(file, "homeserver: [unclosed");
  expect(problemsIn(() => loadConfig(file))[0]?.problem).toMatch(/not valid YAML/);
});

describe("scenarios", () => {
  const check = (text: string) => checkYaml(text, "mine.yaml", Scenario);

  test("those that come along are in order, and the council has two circles", () => {
    expect(readScenarios(OWN_SCENARIOS).get("council")?.circles).toHaveLength(2);
  });

  test.each([
    ["an unknown key", "id: a1\ntitle: A\nspeed: 1\ncircles: [{ theme: x }]", "speed"],
    ["a circle without a theme", "id: a1\ntitle: A\ncircles: [{ kind: statement }]", "circles[0].theme"],
    ["a time of 0", "id: a1\ntitle: A\nturnSeconds: 0\ncircles: [{ theme: x }]", "turnSeconds"],
    ["a time of 10 h", "id: a1\ntitle: A\ncircles: [{ theme: x, turnSeconds: 36000 }]", "circles[0].turnSeconds"],
    ["no circles", "id: a1\ntitle: A\ncircles: []", "circles"],
  ])("%s is refused by its key", (_, text, key) => {
    expect(problemsIn(() => check(text)).map((problem) => problem.key)).toContain(key);
  });

  test("neither a megabyte nor an anchor bomb gets far", () => {
    expect(problemsIn(() => check(`title: ${"x".repeat(1_000_000)}`))[0]?.problem).toMatch(/larger than/);
    const bomb = Array.from(
      { length: 9 },
      (_, i) =>
        `a${i}: &a${i} [${Array(9)
          .fill(i === 0 ? "x" : `*a${i - 1}`)
          .join(",")}]`,
    ).join("\n");
    expect(problemsIn(() => check(bomb))[0]?.problem).toMatch(/cannot be read/);
  });

  test("two of one id are told apart by their files", () => {
    const dir = folder();
    for (const name of ["a.yaml", "b.yaml"])
      writeFileSync(join(dir, name), "id: same\ntitle: A\ncircles: [{ theme: x }]");
    expect(problemsIn(() => readScenarios(dir))).toMatchObject([{ file: join(dir, "b.yaml"), key: "id" }]);
  });
});
