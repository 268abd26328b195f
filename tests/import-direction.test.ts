import { join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { importsOf, sources } from "./imports.ts";

const APPSERVICE = resolve(import.meta.dirname, "../appservice");

/** Each folder of the service and those it may import from. What is not named here may not be imported. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  language: ["protocol"],
  circle: ["protocol"],
  record: ["protocol", "circle"],
  journal: ["protocol", "circle", "record", "language"],
  // Who somebody is, and may be in a room, by each issuer's word.
  admission: ["protocol", "journal"],
  room: ["protocol", "admission", "circle", "record", "journal", "language"],
  call: ["protocol", "circle", "record", "journal", "language"],
  scribe: ["protocol", "circle", "record", "journal", "language"],
  minutes: ["protocol", "circle", "record", "journal", "language"],
  export: ["protocol", "circle", "record", "journal", "language"],
  http: ["protocol", "admission", "circle", "record", "journal", "language"],
  // What takes long is worked out in a thread of its own, which takes along what it needs.
  elsewhere: ["protocol", "language", "minutes", "export"],
  // The configuration is put together from the parts' own sections.
  configuration: ["protocol", "circle", "call", "scribe", "minutes", "export", "http"],
};

const partOf = (file: string) => relative(APPSERVICE, file).split("/")[0] ?? "";

test.each(Object.entries(MAY_IMPORT))("%s imports only what stands below it", (part, allowed) => {
  const files = sources(join(APPSERVICE, part));
  expect(files.length).toBeGreaterThan(0);
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter((target) => target.startsWith(APPSERVICE) && partOf(target) !== part && !allowed.includes(partOf(target)))
      .map((target) => `${relative(APPSERVICE, file)} imports ${relative(APPSERVICE, target)}`),
  );
  expect(wrong).toEqual([]);
});

test("the widget takes nothing of the service but the protocol, by its name as a package", () => {
  const wrong = ["src", "dev"]
    .flatMap((folder) => sources(resolve(APPSERVICE, "../widget", folder)))
    .flatMap((file) =>
      importsOf(file)
        .filter((target) => target.startsWith(APPSERVICE))
        .map((target) => `${file} imports ${target}`),
    );
  expect(wrong).toEqual([]);
});
