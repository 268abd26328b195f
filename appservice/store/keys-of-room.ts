import { z } from "zod";
import { RoomId } from "../protocol/identity.ts";

const Key = z.strictObject({
  id: z.string().min(1),
  room: RoomId,
  who: z.string(),
  made_at: z.number().int(),
  retired: z.number().int(),
  key: z.base64(),
});

/** Keys of the words of a room, as they go to another shard. */
export const KeysOfRoom = z.strictObject({
  keys: z.array(Key),
  retirements: z.array(z.strictObject({ room: RoomId, who: z.string(), at: z.number().int() })),
  destroyed: z.array(z.strictObject({ id: z.string(), at: z.number().int() })),
});
export type KeysOfRoom = z.infer<typeof KeysOfRoom>;
