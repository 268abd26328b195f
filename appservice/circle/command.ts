import type { Language, MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Plan } from "./scenario.ts";

type By = {
  readonly by: ParticipantId;
  /** A moderator of the room may steer like the keeper. Read from the room by the server, never told by a client. */
  readonly moderator: boolean;
  readonly at: number;
  readonly from: "widget" | "chat" | "speech";
  /** Version of the state the person saw; null where they cannot know it (a typed or spoken command). */
  readonly expectedVersion: number | null;
};

type FromService = { readonly at: number };

/** What may be asked of a meeting. */
export type Command =
  | ({ readonly type: "gather"; readonly id: MeetingId; readonly roomId: RoomId; readonly language: Language } & FromService)
  | ({ readonly type: "join"; readonly name: string } & By)
  | ({ readonly type: "leave" } & By)
  | ({ readonly type: "start"; readonly plan: Plan; readonly topic: string } & By)
  | ({ readonly type: "accept" | "pass" | "skip" | "pause" | "resume" | "next-circle" | "end" } & By)
  | ({ readonly type: "extend"; readonly byMs: number } & By)
  | ({ readonly type: "connected"; readonly who: ParticipantId } & FromService)
  | ({ readonly type: "dropped"; readonly who: ParticipantId } & FromService)
  | ({ readonly type: "removed"; readonly who: ParticipantId } & FromService)
  | ({ readonly type: "clock" } & FromService);

export type PersonCommand = Extract<Command, By>;
