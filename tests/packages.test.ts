import { globSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";

const ROOT = resolve(import.meta.dirname, "..");
const Names = z.record(z.string(), z.string()).default({});
const Package = z.object({
  dependencies: Names,
  devDependencies: Names,
  optionalDependencies: Names,
  peerDependencies: Names,
});
const Lock = z.object({ packages: z.record(z.string(), Package) });
const { packages } = Lock.parse(JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")));

/** All that npm brings for what is needed at run time, by the places in package-lock.json. */
function broughtFor(place: string, seen = new Set<string>()): Set<string> {
  const { dependencies, optionalDependencies } = packages[place] ?? Package.parse({});
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const found = whereFrom(place, name);
    if (found === undefined || seen.has(found)) continue;
    seen.add(found);
    broughtFor(found, seen);
  }
  return seen;
}

/** Finds a package as Node does: in the asking package's own folder first, then in each folder above. */
function whereFrom(place: string, name: string): string | undefined {
  const here = `${place === "" ? "" : `${place}/`}node_modules/${name}`;
  if (packages[here]) return here;
  return place === "" ? undefined : whereFrom(place.replace(/(^|\/)[^/]+$/, ""), name);
}

const TAKES_IN =
  /(?:^@?import\s(?:[^;"=]*\sfrom\s)?|^export\s(?:type\s)?[*{][^;"=]*\sfrom\s|\bimport\()"([^".][^"]*)"/gm;

/** Tests stand beside what they try. */
const FOR_TESTS = /\.test\.tsx?$/;

/** The packages that the sources in a folder take in, by name. */
function takenIn(folder: string): string[] {
  const files = globSync(`${folder}/**/*.{ts,tsx,css}`, { cwd: ROOT }).filter((file) => !FOR_TESTS.test(file));
  expect(files.length).toBeGreaterThan(10);
  const names = files.flatMap((file) => {
    const text = readFileSync(join(ROOT, file), "utf8");
    return [...text.matchAll(TAKES_IN)].map(([, name = ""]) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? "");
  });
  return [...new Set(names)].filter((name) => !name.startsWith("node:") && !builtinModules.includes(name)).sort();
}

const PAGE_ONLY = ["react", "react-dom", "react-i18next", "@vector-im/compound-web", "livekit-client", "vite", "jsdom"];

test("the service's own packages bring nothing that only the page or its tests use", () => {
  const service = broughtFor("");
  expect(service).toContain("node_modules/express");
  expect(PAGE_ONLY.filter((name) => service.has(`node_modules/${name}`))).toEqual([]);
  // The same search finds them where they belong.
  const page = broughtFor("widget");
  expect(["react", "react-dom", "livekit-client"].filter((name) => !page.has(`node_modules/${name}`))).toEqual([]);
});

test("the image holds the service's own packages alone", () => {
  const stages = readFileSync(join(ROOT, "docker/Dockerfile"), "utf8").split(/^FROM /m);
  const service = stages.find((stage) => /^\S+ AS service\n/.test(stage));
  expect(service).toMatch(/npm ci --omit=dev --workspaces=false /);
  const last = stages.at(-1) ?? "";
  expect([...last.matchAll(/^COPY --from=(\S+) (\S+)/gm)].map(([, from, path]) => `${from} ${path}`)).toEqual([
    "service /app",
    "build /app/widget/dist",
    "speech /models",
  ]);
});

test.each([
  ["appservice", ""],
  ["appservice/protocol", "appservice/protocol"],
  ["widget/src", "widget"],
])("what %s takes in stands in the package.json beside it", (folder, place) => {
  const { dependencies } = Package.parse(JSON.parse(readFileSync(join(ROOT, place, "package.json"), "utf8")));
  const missing = takenIn(folder).filter((name) => !(name in dependencies));
  expect(missing).toEqual([]);
});

test("a package that several of ours use is of one version", () => {
  const known = new Map<string, string>();
  for (const place of ["", "widget", "appservice/protocol"]) {
    const { dependencies, devDependencies } = packages[place] ?? Package.parse({});
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect(known.get(name) ?? version, name).toBe(version);
      known.set(name, version);
    }
  }
});
