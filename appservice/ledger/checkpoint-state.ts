import { isDeepStrictEqual } from "node:util";
import type { RoomId } from "../protocol/identity.ts";
import { LEDGER_STATE } from "../protocol/namespace.ts";
import type { LedgerLog } from "../store/ledger-log.ts";
import { type NoteSigner, verifierKey } from "./signed-note.ts";

export type CheckpointStateDeps = {
  readonly log: Pick<LedgerLog, "checkpoints">;
  readonly signer: NoteSigner;
  readonly homeserver: {
    readonly stateContent: (room: RoomId, type: string, key: string) => Promise<unknown>;
    readonly setState: (room: RoomId, type: string, key: string, content: object) => Promise<unknown>;
  };
  readonly mayWrite: (room: RoomId) => Promise<boolean>;
};

/**
 * Puts the newest checkpoint of a room's log into its state, where another stands or none: each homeserver in the room
 * keeps a copy, and is a witness. Returns false where the bot lacks the power.
 */
export async function showCheckpoint(
  room: RoomId,
  { log, signer, homeserver, mayWrite }: CheckpointStateDeps,
): Promise<boolean> {
  const newest = log.checkpoints(room).at(-1);
  if (!newest) return true;
  if (!(await mayWrite(room))) return false;
  const content = { checkpoint: newest.note, key: verifierKey(signer) };
  const stands = await homeserver.stateContent(room, LEDGER_STATE, "");
  if (!isDeepStrictEqual(stands, content)) await homeserver.setState(room, LEDGER_STATE, "", content);
  return true;
}
