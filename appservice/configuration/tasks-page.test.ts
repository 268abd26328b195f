import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { ExportOptions, secretFiles, openTargets } from "../export/tasks/registry.ts";
import { signatureOf } from "../export/tasks/webhook-signature.ts";
import { Config } from "./config.ts";

const page = readFileSync(resolve(import.meta.dirname, "../../docs/tasks.md"), "utf8");
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(([, text = ""]) => text);
const section = (text: string): unknown => (parse(text) as { export: unknown }).export;

test.each(blocks("yaml").map((text) => [text.match(/type: (\w+)/)?.[1] ?? "", text] as const))(
  "the page's configuration of %s is one that the service takes",
  (type, text) => {
    const options = Config.shape.export.parse(section(text)) as ExportOptions;
    const opened = openTargets(options, { folder: "/", now: Date.now });
    expect([...opened.values()].map((each) => each.type)).toEqual([type]);
    const named = [...text.matchAll(/(\w+File): /g)].map(
      ([, key]) => expect.stringMatching(new RegExp(`\\.${key}$`)) as string,
    );
    expect(secretFiles(options, mkdtempSync(join(tmpdir(), "mindminder-"))).map(({ key }) => key)).toEqual(named);
  },
);

test("every type of target stands on the page", () => {
  const known = ExportOptions.safeParse({ targets: { x: { type: "none" } } }).error?.issues[0]?.message ?? "";
  const types = known.replace(/.*one of /, "").split(", ");
  expect(types.length).toBeGreaterThan(6);
  expect(
    blocks("yaml")
      .flatMap((text) => text.match(/type: (\w+)/)?.[1] ?? [])
      .sort(),
  ).toEqual(types.sort());
});

test("the page's signed request is signed as the service signs, and the page's receiver takes it, but no other and not for long", async () => {
  const [request = ""] = blocks("http");
  const [, timestamp = ""] = /Timestamp: (\d+)/.exec(request) ?? [];
  const [, signature = ""] = /Signature: (\S+)/.exec(request) ?? [];
  const body = request.trim().split("\n").at(-1) ?? "";
  expect(signatureOf("garden", timestamp, body)).toBe(signature);

  const file = join(mkdtempSync(join(tmpdir(), "mindminder-")), "receiver.mjs");
  writeFileSync(file, blocks("js")[0] ?? "");
  const { isOurs } = (await import(pathToFileURL(file).href)) as { isOurs: (...given: unknown[]) => boolean };
  const at = Number(timestamp) * 1000;
  expect(isOurs("garden", timestamp, body, signature, at + 60_000)).toBe(true);
  expect(isOurs("garden", timestamp, body, signature, at + 600_000)).toBe(false);
  expect(isOurs("garden", timestamp, body.replace("open", "done"), signature, at)).toBe(false);
  expect(isOurs("other", timestamp, body, signature, at)).toBe(false);
});

test("what is wrong with a target is said with its key", () => {
  const problems =
    ExportOptions.safeParse({
      targets: {
        board: { type: "github", repository: "x", tokenFile: "t", label: 1 },
        "My list": { type: "csv", file: "f" },
      },
    }).error?.issues ?? [];
  expect(problems.map(({ path, message }) => `${path.join(".")}: ${message}`)).toEqual(
    expect.arrayContaining([
      expect.stringContaining("targets.board.repository: is written as OWNER/NAME"),
      expect.stringContaining("targets.board: Unrecognized key"),
      expect.stringContaining("targets.My list"),
    ]),
  );
});
