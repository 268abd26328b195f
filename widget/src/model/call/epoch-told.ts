import { z } from "zod";
import { CallMetadata } from "@mindminder/protocol/call-metadata.ts";

const Told = z.object({ epoch: CallMetadata.shape.epoch });

/** Epoch of the newest key of which a call's metadata tell; null: of none. */
export function epochIn(metadata: string): number | null {
  try {
    return Told.parse(JSON.parse(metadata)).epoch ?? null;
  } catch {
    return null;
  }
}
