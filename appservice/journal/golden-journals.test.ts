import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { CircleEvent } from "../circle/event.ts";
import { EventVersions } from "./event-versions.ts";
import { Journal } from "./journal.ts";
import { RecordEvent } from "../record/event.ts";
import {
  databaseOf,
  type GoldenLine,
  goldenNames,
  linesOf,
  seenIn,
  stateFile,
} from "../../tests/support/journal/golden.ts";
import { saidIn } from "../../tests/support/journal/readable.ts";
import { UPCASTERS } from "./upcast/upcasters.ts";
import { meetingId, roomId } from "../../tests/support/protocol/ids.ts";

const REMEDY =
  "an event's shape has changed: write an upcaster (appservice/journal/upcast) and a new golden journal (npm run golden NAME); see docs/contributing.md";
const versions = new EventVersions(UPCASTERS);
const all = goldenNames().flatMap(linesOf);
const present = all.filter(({ kind, v, event }) => v === versions.presentOf(kind, event.type));
const TYPES = [
  ...CircleEvent.options.map((schema) => ["circle", typeOf(schema), schema] as const),
  ...RecordEvent.options.map((schema) => ["record", typeOf(schema), schema] as const),
];

function typeOf(schema: { readonly shape: { readonly type: z.ZodLiteral<string> } }): string {
  return schema.shape.type.value;
}

describe.each(goldenNames())("the meetings of the golden journal %s", (name) => {
  test("are read as what people saw of them then", () => {
    expect(seenIn(linesOf(name))).toEqual(JSON.parse(readFileSync(stateFile(name), "utf8")));
  });
});

describe.each(TYPES)("an entry of kind %s and type %s", (kind, type, schema) => {
  const lines = present.filter((line) => line.kind === kind && line.event.type === type);

  test("is written today as a golden journal has it", () => {
    expect(lines.length, REMEDY).toBeGreaterThan(0);
    expect(writtenToday(lines), REMEDY).toEqual(lines.map(({ v, event }) => ({ v, event })));
  });

  test("is there with each of its fields", () => {
    const found = new Set(lines.flatMap(({ event }) => pathsIn(event)));
    const missing = pathsOf(z.toJSONSchema(schema, { unrepresentable: "any" })).filter((path) => !found.has(path));
    expect(missing, REMEDY).toEqual([]);
  });
});

/** Rows as they are written after they were read. One database for all: to open one takes longer than the rest. */
function writtenToday(lines: readonly GoldenLine[]): unknown[] {
  const db = databaseOf(lines.map((line, i) => ({ ...line, meeting: `stored${i}` })));
  const journal = new Journal(db);
  const version = db.prepare("SELECT v FROM events WHERE meeting = ?").pluck();
  return lines.map((_, i) => {
    const again = meetingId(`again${i}`);
    journal.append(again, roomId("!room"), 0, journal.read(meetingId(`stored${i}`)), 0);
    return { v: version.get(again), event: saidIn(db, again)[0] };
  });
}

/** Places of a value: keys with dots between them, `[]` for what is in a list. */
function pathsIn(value: unknown, at = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => pathsIn(each, `${at}[]`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [`${at}.${key}`, ...pathsIn(each, `${at}.${key}`)]);
}

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** Places that a value of a schema may have. Keys that are data (of a record) are none. */
function pathsOf(schema: JsonSchema, at = ""): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, each]) =>
    typeof each === "object" ? [`${at}.${key}`, ...pathsOf(each, `${at}.${key}`)] : [],
  );
  const items = [schema.items ?? [], schema.prefixItems ?? []].flat();
  const inList = items.flatMap((each) => (typeof each === "object" ? pathsOf(each, `${at}[]`) : []));
  const either = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [...new Set([...own, ...inList, ...either.flatMap((each) => pathsOf(each, at))])];
}
