import { z } from "zod";
import { Instant, type MeetingId, RoomId } from "../protocol/identity.ts";
import { KeptPlace, parseSoundFile } from "../protocol/sound-key.ts";
import { KeysOfRoom } from "../store/keys-of-room.ts";
import { Withdrawal } from "../store/withdrawals.ts";

const Bytes = z.strictObject({ bytes: z.base64() });
const Value = z.union([z.string(), z.number(), z.null(), Bytes]);
export type PackedValue = z.infer<typeof Value>;

const ENDINGS = ["flac", "json", "rescued.json", "rescued.pcm"] as const;

/** Name of a file of speech that is no text yet. */
const WaitingName = z.string().refine((name) => meetingOfFile(name) !== null, "is no file of waiting speech");

/** Meeting to whose speech a file belongs; null: it is none. */
export function meetingOfFile(name: string): MeetingId | null {
  for (const ending of ENDINGS) {
    const key = parseSoundFile(name, ending);
    if (key) return key.meeting;
  }
  return null;
}

/**
 * A room as one shard hands it to another, line by line, each a JSON of its own: first `begin`, last `end`. Without its
 * end it is none. `since`: until when its meetings were heard.
 */
export const PackLine = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("begin"), room: RoomId, form: z.number().int(), since: Instant }),
  z.strictObject({
    kind: z.literal("rows"),
    table: z.string(),
    columns: z.array(z.string()),
    rows: z.array(z.array(Value)),
  }),
  z.strictObject({ kind: z.literal("keys"), ...KeysOfRoom.shape }),
  z.strictObject({ kind: z.literal("withdrawals"), all: z.array(Withdrawal) }),
  z.strictObject({ kind: z.literal("waiting"), name: WaitingName, content: z.base64() }),
  z.strictObject({ kind: z.literal("kept"), name: KeptPlace, content: z.base64() }),
  z.strictObject({ kind: z.literal("end"), since: Instant }),
]);
export type PackLine = z.infer<typeof PackLine>;
