import type { AssemblyId, MeetingId } from "../protocol/identity.ts";

/** Id of a journal's stream: that of a meeting, or of an assembly. */
export type StreamId = MeetingId | AssemblyId;
