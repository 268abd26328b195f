import { join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { importsOf, sources } from "./imports.ts";

const APPSERVICE = resolve(import.meta.dirname, "../appservice");

/** Each folder of the service and those it may import from. What is not named here may not be imported. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  time: [],
  retry: ["time"],
  // Homeservers of other people: finding them by their names, and asking them with care.
  homeservers: ["protocol", "time"],
  language: ["protocol"],
  circle: ["protocol", "language"],
  record: ["protocol", "circle"],
  // An assembly of many circles: its rules, over those of one.
  assembly: ["protocol", "circle"],
  // The database, a file for each of its tables, and what lies beside it.
  store: ["protocol", "time"],
  // A copy of the database elsewhere, and bringing it back.
  replica: ["protocol", "time", "retry", "store"],
  journal: ["protocol", "time", "circle", "assembly", "record", "language", "store"],
  // Purposes for which people let their words and sound be used.
  purposes: ["protocol", "circle", "language", "store", "journal"],
  // Archives of all that is kept of somebody.
  "own-data": ["protocol", "time", "circle", "assembly", "record", "language", "store", "purposes", "journal"],
  // Admission: each issuer's word on who somebody is, and whether they may be in a room.
  admission: ["protocol", "time", "store"],
  // The door for guests: links, lobby, and the way out.
  guests: ["protocol", "time", "admission", "store"],
  // Browsers that are told that their person is next.
  nudges: ["protocol", "time", "homeservers", "circle", "language", "store", "journal"],
  // Encrypted rooms: the bot's device in a thread of its own, and its keys.
  encryption: ["protocol", "time", "retry", "store"],
  // Telegram: the door by its Mini App, and the bot in its chats.
  telegram: ["protocol", "time", "retry", "admission", "guests", "circle", "record", "store", "journal", "language"],
  room: [
    "protocol",
    "time",
    "retry",
    "admission",
    "circle",
    "assembly",
    "record",
    "store",
    "own-data",
    "purposes",
    "journal",
    "language",
  ],
  call: ["protocol", "time", "retry", "circle", "record", "store", "journal", "language"],
  scribe: ["protocol", "time", "retry", "circle", "record", "store", "journal", "language"],
  minutes: ["protocol", "time", "retry", "circle", "record", "store", "journal", "language"],
  export: ["protocol", "time", "retry", "circle", "record", "store", "journal", "language"],
  // What each person gave and allowed: rules over the journal, and the log by which it cannot be changed unseen.
  ledger: ["protocol", "time", "circle", "record", "store", "journal", "purposes", "export"],
  // Sets for models, of what people allowed.
  dataset: ["protocol", "time", "language", "circle", "record", "store", "journal", "purposes", "scribe", "ledger"],
  // Recording of calls by LiveKit's Egress.
  recording: ["protocol", "retry", "store", "call", "dataset"],
  http: [
    "protocol",
    "time",
    "admission",
    "guests",
    "circle",
    "assembly",
    "record",
    "store",
    "own-data",
    "purposes",
    "journal",
    "language",
  ],
  // The router before several services, which knows of rooms nothing but their ids.
  route: ["protocol", "time", "retry", "http"],
  // Rooms that go to another shard, with all that is kept of them.
  move: ["protocol", "time", "store", "http", "route"],
  // Long work, in a thread of its own, which takes along what it needs.
  elsewhere: ["protocol", "time", "language", "minutes", "export"],
  // Sets of plugins and models for some meetings, experiments that compare two, and what came of them.
  experiments: ["protocol", "time", "circle", "record", "store", "journal", "minutes"],
  // The configuration is put together from the parts' own sections.
  configuration: [
    "protocol",
    "homeservers",
    "time",
    "circle",
    "assembly",
    "replica",
    "call",
    "scribe",
    "minutes",
    "export",
    "dataset",
    "recording",
    "http",
    "telegram",
    "experiments",
  ],
};

/** A kind of circle has its words in its folder, though they cross wires: they belong to the protocol. */
const isWords = (file: string) => /^circle\/kinds\/(?:[^/]+\/)?(?:kind-)?words\.ts$/.test(relative(APPSERVICE, file));
const partOf = (file: string) => (isWords(file) ? "protocol" : (relative(APPSERVICE, file).split("/")[0] ?? ""));

const WORDS = sources(join(APPSERVICE, "circle/kinds")).filter(isWords);

test.each(Object.entries(MAY_IMPORT))("%s imports only what stands below it", (part, allowed) => {
  const files = [...sources(join(APPSERVICE, part)), ...WORDS].filter((file) => partOf(file) === part);
  expect(files.length).toBeGreaterThan(0);
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter((target) => target.startsWith(APPSERVICE) && partOf(target) !== part && !allowed.includes(partOf(target)))
      .map((target) => `${relative(APPSERVICE, file)} imports ${relative(APPSERVICE, target)}`),
  );
  expect(wrong).toEqual([]);
});

/** Files of the circle's own rules that a kind may not know, since these ask the kinds. */
const ASKS_KINDS = ["flow", "decide", "evolve", "clock", "snapshot", "take-up", "decisions", "steer", "kinds/kinds"];

test("a kind of circle knows neither the flow of a meeting nor the other kinds, and the rules have no words for people", () => {
  const all = sources(join(APPSERVICE, "circle"));
  const kinds = `${join(APPSERVICE, "circle/kinds")}/`;
  const folderOf = (file: string) => relative(kinds, file).split("/").slice(0, -1).join("/");
  const wrong = all.flatMap((file) =>
    importsOf(file)
      .filter((target) => {
        const inKinds = file.startsWith(kinds);
        if (partOf(target) === "language") return !inKinds;
        const inKind = inKinds && folderOf(file) !== "";
        const other = target.startsWith(kinds) && folderOf(target) !== "" && folderOf(target) !== folderOf(file);
        return inKind && (other || ASKS_KINDS.some((name) => target === join(APPSERVICE, "circle", `${name}.ts`)));
      })
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

test("nothing that people run stands on test support", () => {
  const tests = resolve(APPSERVICE, "../tests");
  const wrong = [APPSERVICE, resolve(APPSERVICE, "../widget/src")]
    .flatMap(sources)
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .flatMap((file) =>
      importsOf(file)
        .filter((target) => target.startsWith(tests))
        .map((target) => `${file} imports ${target}`),
    );
  expect(wrong).toEqual([]);
});
