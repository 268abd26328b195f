import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { importsOf, sources } from "./imports.ts";

const WIDGET = resolve(import.meta.dirname, "../widget/src");

/** The floors of the widget, from the ground up: each imports from itself and from those before it. */
const FLOORS = ["language", "model", "look", "sitting", "parts", "screens"];

/** Each part of the model and of the page, and those beside it that it may import from. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  "model/preferences": [],
  "model/service": ["model/preferences"],
  "model/host": ["model/service"],
  "model/meeting": ["model/service"],
  "model/captions": [],
  "model/call": ["model/captions", "model/meeting", "model/service"],
  "model/keeper": ["model/meeting", "model/service"],
  "model/pictures": [],
  "model/nudges": ["model/service"],
  "model/record": ["model/meeting", "model/service"],
  "model/sound": ["model/service"],
  "model/assembly": ["model/service"],
  "parts/account": [],
  "parts/agreement": [],
  "parts/assembly": [],
  "parts/captions": ["parts/translation"],
  "parts/circle": ["parts/translation"],
  "parts/graph": [],
  "parts/guest": [],
  "parts/help": [],
  "parts/purposes": [],
  "parts/signs": [],
  "parts/translation": [],
  "parts/trouble": [],
  "parts/keeper": ["parts/circle"],
  "parts/controls": [
    "parts/agreement",
    "parts/assembly",
    "parts/circle",
    "parts/guest",
    "parts/keeper",
    "parts/trouble",
  ],
  "parts/record": ["parts/circle", "parts/graph", "parts/translation"],
  "parts/afterwards": ["parts/purposes", "parts/record"],
  "parts/ring": ["parts/agreement", "parts/circle", "parts/signs"],
  "parts/settings": ["parts/account", "parts/agreement", "parts/controls", "parts/purposes", "parts/signs"],
};

/** Files at the top: the page itself. */
const DOORS = ["main.tsx", "no-eval.ts", "install.ts"];

const files = sources(WIDGET).filter((file) => !/\.test\.tsx?$/.test(file));
const nameOf = (file: string) => relative(WIDGET, file);
const floorOf = (file: string) => nameOf(file).split("/")[0] ?? "";
/**
 * `parts/ring` of `parts/ring/clock.tsx`; of a file that stands on its floor itself, and of other floors, the floor.
 */
function roomOf(file: string): string {
  const [floor = "", room, inRoom] = nameOf(file).split("/");
  return inRoom !== undefined && (floor === "model" || floor === "parts") ? `${floor}/${room}` : floor;
}

/** Each import of the widget's own files that is not as it should be, told as one line. */
const wrong = (isWrong: (from: string, to: string) => boolean) =>
  files.flatMap((file) =>
    importsOf(file)
      .filter((target) => !relative(WIDGET, target).startsWith("..") && isWrong(file, target))
      .map((target) => `${nameOf(file)} imports ${nameOf(target)}`),
  );

test("each file stands on one of the floors", () => {
  expect(files.length).toBeGreaterThan(150);
  const homeless = files.filter((file) => ![...FLOORS, ...DOORS].includes(floorOf(file)));
  expect(homeless.map(nameOf)).toEqual([]);
});

test("no file of the widget imports from a floor above its own", () => {
  const upward = wrong(
    (from, to) => FLOORS.includes(floorOf(from)) && FLOORS.indexOf(floorOf(to)) > FLOORS.indexOf(floorOf(from)),
  );
  expect(upward).toEqual([]);
});

test("on a floor, rooms import only from those that are named beside them", () => {
  const unnamed = wrong((from, to) => {
    const [here, there] = [roomOf(from), roomOf(to)];
    const between = here !== there && here.includes("/") && there.includes("/") && floorOf(from) === floorOf(to);
    return between && !BESIDE[here]?.includes(there);
  });
  expect(unnamed).toEqual([]);
  const rooms = new Set(files.map(roomOf).filter((room) => room.includes("/")));
  expect([...rooms].sort()).toEqual(Object.keys(BESIDE).sort());
});

test("the rooms that are named beside one another make no circle", () => {
  const left = new Map(Object.entries(BESIDE));
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    for (const [room, beside] of left) if (!beside.some((other) => left.has(other))) left.delete(room);
  }
  expect([...left.keys()]).toEqual([]);
});

test("the model draws nothing: it works without React", () => {
  const drawing = files.filter(
    (file) => floorOf(file) === "model" && /from "(?:react|react-dom|@vector-im)/.test(readFileSync(file, "utf8")),
  );
  expect(drawing.map(nameOf)).toEqual([]);
});

test("what people get takes in nothing of what stands beside it for development", () => {
  const outside = files.flatMap((file) =>
    importsOf(file)
      .filter((target) => relative(WIDGET, target).startsWith(".."))
      .map((target) => `${nameOf(file)} imports ${nameOf(target)}`),
  );
  expect(outside).toEqual([]);
});
