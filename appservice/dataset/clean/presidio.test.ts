import { existsSync, globSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { DatasetStage } from "../../../tests/support/dataset/dataset-stage.ts";
import { DatasetOptions } from "../options.ts";
import { presidio } from "./presidio.ts";

const Asked = z.strictObject({ text: z.string(), language: z.string(), score_threshold: z.number() });
type Asked = z.output<typeof Asked>;

/**
 * A stand-in for Presidio's analyzer, which cannot be run here: it takes and answers what `POST /analyze` does, and
 * finds one surname. `answers`: left out, it never does.
 */
async function analyzer(answers?: (found: object[]) => { status: number; body: string }) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (part) => (text += String(part)));
    request.on("end", () => {
      const each = Asked.parse(JSON.parse(text));
      asked.push(each);
      // Counts characters as Python does.
      const start = [...each.text.slice(0, Math.max(0, each.text.indexOf("Quillfeather")))].length;
      const found = each.text.includes("Quillfeather")
        ? [{ start, end: start + 12, score: 0.85, entity_type: "PERSON", analysis_explanation: null }]
        : [];
      const day = { start: 0, end: 2, score: 0.9, entity_type: "DATE_TIME", analysis_explanation: null };
      const answer = answers?.([...found, day]);
      if (answer && request.url === "/analyze")
        response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function stage() {
  const it = new DatasetStage();
  onTestFinished(() => it.close());
  it.allow("ann");
  it.meeting({
    said: [
      { who: "ann", text: "😀 we wrote to Quillfeather" },
      { who: "ann", text: "Пишем Quillfeather", language: "ru" },
    ],
  });
  const files = () =>
    globSync("**/*", { cwd: it.place, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"))
      .join("\n");
  const options = (given: object) => DatasetOptions.parse({ presidio: given }).presidio;
  const build = (given: object) => {
    const chosen = options(given);
    if (!chosen) throw new Error("it is configured");
    return it.build({ findMore: presidio(chosen, it.pseudonyms) });
  };
  return { it, files, build };
}

const well = (found: object[]) => ({ status: 200, body: JSON.stringify(found) });

test("names that the service finds are replaced in every file, in the languages that it knows", async () => {
  const { it, files, build } = stage();
  const { url, asked } = await analyzer(well);
  await build({ url, languages: ["en", "ru"], leastScore: 0.7 });
  expect(new Set(asked.map(({ language }) => language))).toEqual(new Set(["en", "ru"]));
  expect(asked.every((each) => each.score_threshold === 0.7)).toBe(true);
  expect(files()).not.toContain("Quillfeather");
  expect(it.rows().map(({ replaced }) => replaced)).toEqual([1, 1]);
  expect(String(it.rows()[0]?.["text"]).startsWith("😀 we wrote to "), "a date is nobody's name").toBe(true);
  expect(it.read("README.md")).toContain("A service that finds further names was asked");
});

test("it is not asked in a language that it does not know", async () => {
  const { build } = stage();
  const { url, asked } = await analyzer(well);
  await build({ url });
  expect(new Set(asked.map(({ language }) => language))).toEqual(new Set(["en"]));
});

test.each([
  ["is away", () => ({ url: "http://127.0.0.1:9", timeoutSeconds: 5 })],
  ["is too slow", async () => ({ url: (await analyzer()).url, timeoutSeconds: 0.2 })],
  ["fails", async () => ({ url: (await analyzer(() => ({ status: 500, body: "{}" }))).url })],
  ["answers something else", async () => ({ url: (await analyzer(() => ({ status: 200, body: "[{}]" }))).url })],
] as const)("where it %s the build says so, and no word goes out that it has not seen", async (_, place) => {
  const { it, files, build } = stage();
  const options = await place();
  await expect(build(options)).rejects.toMatchObject({
    code: "DATASET_AWAY",
    message: expect.stringMatching(/127\.0\.0\.1.*\/analyze: Presidio/),
  });
  expect(existsSync(join(it.place, "CHECKSUMS.sha256")), "it is no version").toBe(false);
  expect(files()).not.toContain("Quillfeather");
  const { url } = await analyzer(well);
  await build({ url, languages: ["en", "ru"] });
  expect((await it.verify()).faults).toEqual([]);
});
