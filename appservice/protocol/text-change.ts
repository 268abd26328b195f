import type { ParticipantId } from "./identity.ts";
import type { About } from "./meeting-record.ts";

/**
 * The text of something said or typed became another: where it belongs, and who changed it. Minutes made before it may
 * be wrong.
 */
export type TextChange = {
  readonly of: "transcript" | "comments";
  readonly about: Extract<About, { kind: "turn" }>;
  readonly by: ParticipantId;
};
