import { z } from "zod";
import type { DeviceRequests } from "./requests.ts";

const names = z.array(z.string()).default([]);

/** The part of a sync's answer that is about encryption. */
export const SyncAnswer = z.object({
  next_batch: z.string(),
  to_device: z.object({ events: z.array(z.unknown()).default([]) }).default({ events: [] }),
  device_lists: z.object({ changed: names, left: names }).default({ changed: [], left: [] }),
  device_one_time_keys_count: z.record(z.string(), z.number()).default({}),
  device_unused_fallback_key_types: z.array(z.string()).optional(),
});
export type SyncAnswer = z.infer<typeof SyncAnswer>;

/**
 * Lets through what was sent to the device, whose devices changed and how many keys are left; nothing of rooms, which
 * come by transactions.
 */
const FILTER = JSON.stringify({
  presence: { not_types: ["*"] },
  account_data: { not_types: ["*"] },
  room: { rooms: [] },
});

/**
 * One sync of a device. What it brings is deleted at the homeserver when the next one names its `next_batch`; Synapse
 * answers the same request again from memory for two minutes, so a token is used once.
 */
export async function syncOnce(requests: DeviceRequests, since: string | null, timeoutMs: number): Promise<SyncAnswer> {
  const query = { filter: FILTER, timeout: timeoutMs, since: since ?? undefined };
  return SyncAnswer.parse(JSON.parse(await requests.ask("GET", "/sync", undefined, query)));
}
