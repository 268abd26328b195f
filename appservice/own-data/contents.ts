import type { Translate } from "../language/translate.ts";
import type { Language, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { Comment, Decision, GroundedSentence, Question, Task, Utterance } from "../protocol/meeting-record.ts";
import type { PurposeEvent } from "../purposes/event.ts";
import type { NotedAccess } from "../store/accesses.ts";
import type { KeptRows } from "./kept-rows.ts";

/** A person, the room of which they ask, and the language in which they read. */
export type OwnDataOf = {
  readonly who: ParticipantId;
  readonly room: RoomId;
  readonly language: Language;
  readonly t: Translate;
  readonly at: number;
};

/** A meeting as far as it is somebody's. */
export type OwnMeeting = {
  readonly id: string;
  readonly title: string;
  readonly startedAt: number | null;
  readonly said: readonly Utterance[];
  readonly typed: readonly Comment[];
  /** Topics, themes, texts and reasons that they gave. */
  readonly given: readonly string[];
  readonly summaries: readonly GroundedSentence[];
  readonly tasks: readonly Task[];
  readonly decisions: readonly Decision[];
  readonly questions: readonly Question[];
  readonly sound: readonly string[];
};

export type OwnData = {
  readonly purposes: readonly PurposeEvent[];
  readonly meetings: readonly OwnMeeting[];
  readonly accesses: readonly NotedAccess[];
  readonly kept: KeptRows;
  /** Their entries of the ledger that were sealed. */
  readonly ledger: readonly unknown[];
};

export function soundFile(meeting: string, utterance: string): string {
  return `sound/${meeting}/${utterance}.flac`;
}
