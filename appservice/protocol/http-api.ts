import { z } from "zod";
import { AgreementRequest } from "./agreement.ts";
import { Correction } from "./correction.ts";
import { Instant, Language, MeetingId, ParticipantId, RingNumber } from "./identity.ts";
import { ListeningPeople } from "./listening.ts";
import { MeetingGraph } from "./meeting-graph.ts";
import { MeetingRecord } from "./meeting-record.ts";
import { MeetingSnapshot } from "./meeting-snapshot.ts";
import { CircleKind, KIND_MINE, KIND_REQUESTS } from "../circle/kinds/words.ts";
import { HandKind } from "./scenario-words.ts";

/** Chance letters of the browser's tab, in every request of a widget: a session serves the tab that opened it. */
export const DEVICE_HEADER = "x-mindminder-device";

/** Codes (`errcode` of a 403) of a session refused although it is proven who asks. Any other 403: not in this room. */
export const ROOM_NOT_READY = {
  botAbsent: "ORG.MINDMINDER.BOT_ABSENT",
  encrypted: "ORG.MINDMINDER.ENCRYPTED_ROOM",
} as const;

/**
 * Code of a session that a token alone does not open: the person has just ended all that was open in their name. A
 * personal link opens one.
 */
export const SIGNED_OUT = "ORG.MINDMINDER.SIGNED_OUT";

/**
 * Code of a session not opened for somebody of a homeserver that this service does not ask who its people are. A
 * personal link opens one.
 */
export const UNKNOWN_HOMESERVER = "ORG.MINDMINDER.UNKNOWN_HOMESERVER";

/**
 * Code of a session not opened because the person's homeserver could not be asked who they are. A personal link opens
 * one.
 */
export const HOMESERVER_SILENT = "ORG.MINDMINDER.HOMESERVER_SILENT";

export const Session = z.object({
  token: z.string(),
  expiresAt: Instant,
  /** Time of the server, for the widget's countdown: its clock is the one that counts. */
  serverTime: Instant,
  me: z.object({ id: ParticipantId, name: z.string(), mayKeep: z.boolean() }),
  /** The room's language; the widget follows its client's where that one says. */
  language: Language,
  /** False until the bot is told how to reach LiveKit; then the ring works without voices. */
  callAvailable: z.boolean(),
  /** True where what is said in a meeting is written down, unless somebody sends the scribe away. */
  hasScribe: z.boolean().default(false),
  /**
   * False where the bot lacks the power to write the meeting into the room: the circle works, the room keeps no record.
   */
  botMayWrite: z.boolean().default(true),
  /**
   * Code to be said in the room by the person's own client, as `SIGN_IN`: it shows that this browser is theirs. Left
   * out: it is known.
   */
  confirm: z.string().optional(),
});
export type Session = z.infer<typeof Session>;

/** `GET /rooms/ROOM/meeting`. */
export const MeetingResponse = z.object({
  serverTime: Instant,
  /** Ring of an assembly in which whoever asks is now; left out: they are in the room's own circle. */
  ring: RingNumber.optional(),
  meeting: MeetingSnapshot.nullable(),
  /** `version` of the record; when it grew, ask `/record` again. */
  record: z.number().int().nonnegative(),
  listening: ListeningPeople.optional(),
  /**
   * True while an assembly runs in the room, and for a day after it: then `/assembly` and `/assembly/record` have it.
   */
  assembly: z.literal(true).optional(),
  /**
   * Says whether whoever asks hosts the guests of the assembly that gathers or runs, or of the circle that gathers
   * beside it; left out: that is as in the room's meeting.
   */
  hosts: z.boolean().optional(),
});
export type MeetingResponse = z.infer<typeof MeetingResponse>;

/** `GET /rooms/ROOM/record`: of the current or last meeting. */
export const RecordResponse = z.object({ record: MeetingRecord.nullable() });
export type RecordResponse = z.infer<typeof RecordResponse>;

/** `GET /rooms/ROOM/meetings`: those that were begun in this room, the newest first. */
export const PastMeetingsResponse = z.object({
  meetings: z.array(
    z.object({
      id: MeetingId,
      title: z.string(),
      topic: z.string(),
      startedAt: Instant,
      /** Time of the end; null while it runs. */
      endedAt: Instant.nullable(),
      people: z.array(z.string()),
    }),
  ),
  /** True where there were others, which the room's history does not show to the person who asks. */
  hidden: z.literal(true).optional(),
});
export type PastMeetingsResponse = z.infer<typeof PastMeetingsResponse>;

/** `GET /rooms/ROOM/meetings/ID`: one of them, whole. */
export const PastMeetingResponse = z.object({ meeting: MeetingSnapshot, record: MeetingRecord });
export type PastMeetingResponse = z.infer<typeof PastMeetingResponse>;

/** `GET /rooms/ROOM/people/ID/picture`: picture of somebody, small; null for people who show none. */
export const PictureResponse = z.object({
  picture: z
    .string()
    .regex(/^data:image\/(png|jpeg|gif|webp);base64,/)
    .nullable(),
});
export type PictureResponse = z.infer<typeof PictureResponse>;

/** `GET /rooms/ROOM/meetings/ID/files/FORMAT`: the record as a file to take along. */
export { RecordFile } from "./record-file.ts";

/**
 * `GET /rooms/ROOM/meetings/ID/graph`: of one meeting, as its record is now; `GET /rooms/ROOM/graph`: of the room's
 * last meetings together, and `GET /rooms/ROOM/graph/files/FORMAT` as a file.
 */
export const GraphResponse = z.object({ graph: MeetingGraph });
export type GraphResponse = z.infer<typeof GraphResponse>;

/** `POST /rooms/ROOM/corrections`: answered by the meeting's record with the correction in it. */
export const CorrectionRequest = z.object({
  meeting: MeetingId,
  /**
   * Number of corrections of this very thing that the person had seen: one who did not see the last must not undo it
   * unawares.
   */
  seen: z.number().int().nonnegative(),
  change: Correction,
});
export type CorrectionRequest = z.infer<typeof CorrectionRequest>;

/** `POST /rooms/ROOM/redo`: makes the minutes anew from the record as it now is; answered by a `RecordResponse`. */
export const RedoRequest = z.object({ meeting: MeetingId });
export type RedoRequest = z.infer<typeof RedoRequest>;

/** A circle of a scenario, as it would be held. */
export const OutlinedCircle = z.object({
  kind: CircleKind,
  /**
   * Theme in the language of the person who asks, where the scenario has it; `{topic}` stands for what the meeting is
   * about.
   */
  theme: z.string(),
  secondsPerTurn: z.number().positive(),
  /** Time for the whole circle, where it has one. */
  circleSeconds: z.number().positive().nullable(),
  speakers: z.enum(["all", "keeper"]),
  /** Circle to go back to while somebody objects at its end, so many times at most. */
  back: z.object({ to: z.number().int().nonnegative(), atMost: z.number().int().positive() }).nullable(),
});
export type OutlinedCircle = z.infer<typeof OutlinedCircle>;

/**
 * `GET /rooms/ROOM/scenarios`: scenarios that can be started here; in the language of the person who asks
 * (`Accept-Language`).
 */
export const ScenariosResponse = z.object({
  /** Scenario that a start without a name takes. */
  preferred: z.string(),
  /** Sentence that says what a meeting begun now would lack, since so much is said in others. */
  lack: z.string().optional(),
  scenarios: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      about: z.string(),
      /** The room's own, not a built-in one. */
      own: z.boolean(),
      circles: z.number().int().positive(),
      outline: z.array(OutlinedCircle),
    }),
  ),
});
export type ScenariosResponse = z.infer<typeof ScenariosResponse>;

/**
 * `GET /rooms/ROOM/my-text`: text that the person who asks has written in the running circle, so that a reload loses
 * nothing.
 */
export const MyTextResponse = z.object(KIND_MINE);
export type MyTextResponse = z.infer<typeof MyTextResponse>;

const expectedVersion = z.number().int().nonnegative();

/** `POST /rooms/ROOM/commands`: commands of a person in the widget. Answered by a `MeetingResponse`. */
export const CommandRequest = z.discriminatedUnion("type", [
  /** Answer of somebody who is asked first; left out: they are asked where they sit. */
  z.object({ type: z.literal("join"), agreement: AgreementRequest.optional() }),
  AgreementRequest.extend({ type: z.literal("agree") }),
  z.object({ type: z.literal("leave") }),
  z.object({ type: z.literal("send-scribe-away") }),
  z.object({ type: z.literal("ask-scribe-back") }),
  z.object({
    type: z.literal("start"),
    scenario: z.string().max(64).optional(),
    topic: z.string().max(300).optional(),
  }),
  z.object({ type: z.literal("accept"), expectedVersion }),
  z.object({ type: z.literal("pass"), expectedVersion }),
  z.object({ type: z.literal("skip"), expectedVersion }),
  z.object({ type: z.literal("pause"), expectedVersion }),
  z.object({ type: z.literal("resume"), expectedVersion }),
  z.object({ type: z.literal("extend"), expectedVersion }),
  z.object({ type: z.literal("next-circle"), expectedVersion }),
  z.object({ type: z.literal("end"), expectedVersion }),
  /** Requests that concern oneself alone cannot come too late, so these name no version. */
  z.object({ type: z.literal("raise-hand"), hand: HandKind }),
  z.object({ type: z.literal("lower-hand") }),
  z.object({ type: z.literal("hand-over"), to: ParticipantId }),
  z.object({ type: z.literal("give-word"), to: ParticipantId, expectedVersion }),
  z.object({ type: z.literal("end-circle"), expectedVersion }),
  z.object({ type: z.literal("reorder"), order: z.array(ParticipantId).min(1).max(200), expectedVersion }),
  z.object({ type: z.literal("draw-order"), expectedVersion }),
  z.object({ type: z.literal("more-time"), expectedVersion }),
  /** Requests that name whom or what they mean, and so cannot come too late. */
  z.object({ type: z.literal("take-out"), who: ParticipantId }),
  z.object({ type: z.literal("give-turn"), to: ParticipantId }),
  /** `circle`: index of the one whose theme it is. */
  z.object({ type: z.literal("set-theme"), theme: z.string().max(500), circle: z.number().int().nonnegative() }),
  /** Closes all microphones once, before or after a meeting. */
  z.object({ type: z.literal("mute-all") }),
  /** Requests of the kinds of circle. */
  ...KIND_REQUESTS,
]);
export type CommandRequest = z.input<typeof CommandRequest>;

/**
 * `POST /rooms/ROOM/call`: how to connect to the call. The token is short-lived; ask again to reconnect. `encrypted`:
 * its media are encrypted end to end; ask for the keys as well.
 */
export const CallResponse = z.object({ url: z.string(), token: z.string(), encrypted: z.literal(true).optional() });
export type CallResponse = z.infer<typeof CallResponse>;

export const ApiError = z.object({ errcode: z.string(), error: z.string() });
export type ApiError = z.infer<typeof ApiError>;
