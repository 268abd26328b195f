import { z } from "zod";
import * as agreement from "../../appservice/protocol/agreement.ts";
import * as audio from "../../appservice/protocol/audio-api.ts";
import * as correction from "../../appservice/protocol/correction.ts";
import * as http from "../../appservice/protocol/http-api.ts";
import * as graph from "../../appservice/protocol/meeting-graph.ts";
import * as ownData from "../../appservice/protocol/own-data.ts";
import * as purposes from "../../appservice/protocol/purposes.ts";
import * as record from "../../appservice/protocol/meeting-record.ts";
import * as snapshot from "../../appservice/protocol/meeting-snapshot.ts";
import * as assembly from "../../appservice/protocol/assembly-map.ts";
import * as assemblyRecord from "../../appservice/protocol/assembly-record.ts";
import * as outOfTurn from "../../appservice/protocol/out-of-turn.ts";
import * as proof from "../../appservice/protocol/session-proof.ts";
import * as tasks from "../../appservice/protocol/tasks-api.ts";

export type JsonSchema = { readonly [key: string]: unknown };
type Direction = "input" | "output";

const NAMED = z.registry<{ id: string }>();
for (const module of [
  agreement,
  assembly,
  assemblyRecord,
  audio,
  correction,
  http,
  graph,
  record,
  snapshot,
  outOfTurn,
  proof,
  ownData,
  purposes,
  tasks,
])
  for (const [id, schema] of Object.entries(module))
    if (schema instanceof z.ZodType && !NAMED.has(schema)) NAMED.add(schema, { id });

/** A reader passes over keys it does not know, so an answer may have more than its schema says. */
const override = ({ zodSchema: { _zod }, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: JsonSchema }) => {
  if (_zod.def.type === "object" && !_zod.def.catchall) Reflect.deleteProperty(jsonSchema, "additionalProperties");
};
const place = (direction: Direction, id: string) => `#/components/schemas/${nameOf(direction, id)}`;
const nameOf = (direction: Direction, id: string) => (direction === "input" ? `${id}Input` : id);

function named(io: Direction): ReadonlyMap<string, JsonSchema> {
  const made: { readonly schemas: { readonly [id: string]: JsonSchema } } = z.toJSONSchema(NAMED, {
    io,
    override,
    uri: (id) => place(io, id),
  });
  return new Map(Object.entries(made.schemas).map(([id, schema]) => [nameOf(io, id), bare(schema)]));
}

const COMPONENTS: ReadonlyMap<string, JsonSchema> = new Map([...named("output"), ...named("input")]);

function bare({ $schema: _schema, $id: _id, ...rest }: JsonSchema): JsonSchema {
  return rest;
}

/** A reference where the schema has a name, and the schema itself where it has none. */
export function schemaOf(schema: z.ZodType, io: Direction): JsonSchema {
  const known = NAMED.get(schema);
  return known ? { $ref: place(io, known.id) } : bare(z.toJSONSchema(schema, { io, override }));
}

/** All that these refer to, directly or by way of others, in the order of their names. */
export function componentsOf(document: unknown): { readonly [name: string]: JsonSchema } {
  const found = new Map<string, JsonSchema>();
  const look = (part: unknown): void => {
    for (const [, name = ""] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      const schema = COMPONENTS.get(name);
      if (!schema || found.has(name)) continue;
      found.set(name, schema);
      look(schema);
    }
  };
  look(document);
  return Object.fromEntries([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}
