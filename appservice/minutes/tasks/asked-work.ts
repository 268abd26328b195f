import type { ParticipantId } from "../../protocol/identity.ts";

/** Work that was asked for; its places count in the sentence. */
export type AskedWork = {
  /** Person asked by name, null where the name fits several; undefined where nobody in particular was asked. */
  readonly person: ParticipantId | null | undefined;
  readonly titleFrom: number;
  readonly end: number;
  /** True where the words may be no more than a question: it counts when the one asked says yes. */
  readonly weak?: boolean;
};
