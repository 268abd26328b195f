import { createHash } from "node:crypto";
import { z } from "zod";
import { RoomId } from "../protocol/identity.ts";

const ShardName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/, "must be a short name in small letters, such as one");

/**
 * Shards and their addresses, and rooms that are not where the hash of their id would put them. Router and shards read
 * the same.
 */
export const ShardTable = z
  .strictObject({
    shards: z
      .record(ShardName, z.url({ protocol: /^https?$/, error: "must be an address such as http://10.0.0.1:29330" }))
      .refine((shards) => Object.keys(shards).length > 0, "must name one shard at least")
      .describe("Each shard's name, and the address at which the router reaches it"),
    rooms: z
      .array(z.strictObject({ room: RoomId, shard: ShardName }))
      .default([])
      .describe("Rooms that a certain shard serves, whatever the hash of their id says"),
  })
  .superRefine(({ shards, rooms }, problems) => {
    const seen = new Set<string>();
    rooms.forEach(({ room, shard }, at) => {
      const wrong = (message: string) => problems.addIssue({ code: "custom", path: ["rooms", at], message });
      if (seen.has(room)) wrong(`names ${room} a second time: a room is of one shard`);
      if (!(shard in shards)) wrong(`names the shard ${shard}, which is not among shards`);
      seen.add(room);
    });
  });
export type ShardTable = z.infer<typeof ShardTable>;

/**
 * Shard of a room: by the table of exceptions, else the one whose name weighs most with the room's id (rendezvous
 * hashing), so that a new shard takes its part of the rooms of each other one, and no more.
 */
export function shardOf({ shards, rooms }: ShardTable, room: string): string {
  const named = rooms.find((one) => one.room === room);
  if (named) return named.shard;
  const [heaviest = ""] = Object.keys(shards).sort((one, other) => weight(other, room).compare(weight(one, room)));
  return heaviest;
}

const weight = (shard: string, room: string) => createHash("sha256").update(`${shard} ${room}`).digest();
