import { readdirSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { FORMATS } from "../appservice/export/file-formats.ts";
import { TARGETS } from "../appservice/export/tasks/target-list.ts";
import { FILE_FORMATS, FORMAT_LIST, GRAPH_FORMATS } from "../appservice/protocol/format-list.ts";
import { ENGINES } from "../appservice/scribe/engine-list.ts";
import { importsOf, sources } from "./imports.ts";

const ROOT = resolve(import.meta.dirname, "..");
const code = [...sources(resolve(ROOT, "appservice")), ...sources(resolve(ROOT, "widget/src"))].filter(
  (file) => !/\.test\.tsx?$|\/testing\//.test(file),
);

/** Names of files in a folder, without their ending. */
const filesIn = (folder: string) =>
  readdirSync(resolve(ROOT, folder))
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => name.slice(0, -".ts".length))
    .sort();

/** Files beside those allowed that have the name in quotation marks, or import the file of that name. */
function placesOf(name: string, folder: string, list: string): string[] {
  const own = `${folder}/${name}.ts`;
  const quoted = new RegExp(`(["'\`])${name}\\1`);
  return code
    .map((file) => relative(ROOT, file))
    .filter((file) => file !== own && file !== list)
    .filter(
      (file) =>
        quoted.test(withoutComments(readFileSync(resolve(ROOT, file), "utf8"))) ||
        importsOf(resolve(ROOT, file)).includes(resolve(ROOT, own)),
    );
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
}

const FORMAT_FILES = "appservice/export/record";
/** Words that mean other things elsewhere, too: bodies of requests, Matrix's rooms, a file of tasks. */
const COMMON_WORDS: readonly string[] = ["json", "html", "csv"];

test("each format of export is the file of its name, and a line in the list", () => {
  expect(filesIn(FORMAT_FILES)).toEqual(FILE_FORMATS.toSorted());
});

test.each(FILE_FORMATS.filter((format) => !COMMON_WORDS.includes(format)))(
  "the format %s is known by name in its file and the list alone",
  (format) => expect(placesOf(format, FORMAT_FILES, "appservice/protocol/format-list.ts")).toEqual([]),
);

test("a format of graphs draws graphs, and no other does", () => {
  expect(FILE_FORMATS.filter((format) => "draw" in FORMATS[format])).toEqual(GRAPH_FORMATS);
});

test("no two buttons beside each other have one name, and no two files one ending", () => {
  const labels = FILE_FORMATS.map((format) => `${FORMAT_LIST[format].of}: ${JSON.stringify(FORMAT_LIST[format].name)}`);
  expect(new Set(labels).size).toBe(FILE_FORMATS.length);
  expect(new Set(FILE_FORMATS.map((format) => FORMATS[format].extension)).size).toBe(FILE_FORMATS.length);
});

/** Language models of the minutes are reached by the same package, and one has the same name. */
const OF_LANGUAGE_MODELS = /^appservice\/(?:minutes\/|doctor\/checks\/(?:embeddings|language-model)\.ts$)/;
const ENGINE_FILES = "appservice/scribe/engines";

test("each speech engine is the file of its name, and a line in the list", () => {
  expect(filesIn(ENGINE_FILES)).toEqual(Object.keys(ENGINES).sort());
});

test.each(Object.keys(ENGINES))("the speech engine %s is known by name in its file and the list alone", (engine) => {
  const places = placesOf(engine, ENGINE_FILES, "appservice/scribe/engine-list.ts");
  expect(places.filter((file) => !OF_LANGUAGE_MODELS.test(file))).toEqual([]);
});

const TARGET_FILES = "appservice/export/tasks/targets";

test("each task target is the file of its type, and a line in the list", () => {
  expect(filesIn(TARGET_FILES)).toEqual(TARGETS.map(({ type }) => type).sort());
});

test.each(TARGETS.map(({ type }) => type).filter((type) => !COMMON_WORDS.includes(type)))(
  "the task target %s is known by name in its file and the list alone",
  (type) => expect(placesOf(type, TARGET_FILES, "appservice/export/tasks/target-list.ts")).toEqual([]),
);
