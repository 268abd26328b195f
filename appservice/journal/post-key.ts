import type { AssemblyId, EventId, MeetingId, ParticipantId } from "../protocol/identity.ts";
import type { About } from "../protocol/meeting-record.ts";

/** A thing of the record that has a message of its own, on which people say what becomes of it. */
export type ItemKey = { readonly kind: "decision" | "question" | "task"; readonly id: string };

/** Subject of a summary of one person's words: all of a meeting, one circle, or one turn. */
export type SummaryOf =
  | { readonly kind: "participant"; readonly circle: number; readonly participant: ParticipantId }
  | { readonly kind: "person"; readonly participant: ParticipantId }
  | { readonly kind: "turn"; readonly turn: number };

/**
 * Names what a meeting has in its room. `part`: which message of several, from 1 on. `sign`: an emoji of the bot's own.
 */
type MeetingPostKey =
  | { readonly kind: "circle" | "circle-summary"; readonly circle: number }
  | { readonly kind: "control"; readonly circle: number; readonly sign: string }
  | { readonly kind: "turn"; readonly turn: number; readonly part: number }
  | { readonly kind: "texts" | "comments"; readonly circle: number; readonly part: number }
  | { readonly kind: "summary"; readonly of: SummaryOf; readonly plugin: string }
  | { readonly kind: "note"; readonly plugin: string; readonly about: About }
  | { readonly kind: "agreement" | "taken-up" | "late" | "meeting" | "carried-list" | "picture" }
  | { readonly kind: "agreement-sign"; readonly sign: string }
  | { readonly kind: "call-away"; readonly outage: number }
  | { readonly kind: "scribe-away" | "scribe-back"; readonly absence: number }
  | { readonly kind: "out-of-turn" | "withheld"; readonly who: ParticipantId }
  | { readonly kind: "carried"; readonly meeting: MeetingId; readonly task: string }
  | ItemKey
  | { readonly kind: "mark"; readonly on: ItemKey; readonly sign: string }
  /** Answer to a reaction that was in vain: one on a circle's message, or one on the message of an item. */
  | {
      readonly kind: "control-refused";
      readonly circle: number;
      readonly by: ParticipantId;
      readonly sign: string;
      readonly code: string;
    }
  | { readonly kind: "mark-refused"; readonly item: string; readonly by: ParticipantId; readonly code: string }
  /** Event of the room's state, in place of a message. */
  | { readonly kind: "state" };

export const ASSEMBLY_NEWS = ["time", "more", "told", "call", "visit", "given"] as const;

/** Names what the bot says to a room beside its meetings. `event`: to which event of the room it is the answer. */
type RoomPostKey =
  | { readonly kind: "answer" | "refused"; readonly event: EventId }
  | {
      readonly kind: "greeting" | "widget" | "power-lost" | "replaced" | "encrypted" | "unread" | "open-sign";
      readonly event: EventId;
    }
  /** Somebody asked to come in as a guest, at that time; and the bot's own signs under it. */
  | { readonly kind: "guest"; readonly who: ParticipantId; readonly at: number }
  | { readonly kind: "guest-sign"; readonly who: ParticipantId; readonly at: number; readonly sign: string }
  /** Somebody came by Telegram's Mini App to a meeting, and what became of them. */
  | { readonly kind: "telegram-person"; readonly meeting: MeetingId; readonly who: ParticipantId }
  /** State of the room's assembly, and who sits in which ring. */
  | { readonly kind: "assembly"; readonly assembly: AssemblyId }
  /** Something said to all of its rings. `at`: when it happened, or its part began. */
  | {
      readonly kind: "assembly-news";
      readonly assembly: AssemblyId;
      readonly what: (typeof ASSEMBLY_NEWS)[number];
      readonly at: number;
    }
  /** Fate of the chat in Telegram that belongs to the room. */
  | { readonly kind: "telegram-chat"; readonly at: number; readonly what: "bound" | "unbound" | "lost" | "away" }
  | { readonly kind: "own-call" | "powerless"; readonly meeting: MeetingId | null }
  /** A meeting that cannot go on: nothing that is kept of it can be read. */
  | { readonly kind: "meeting-lost"; readonly meeting: MeetingId }
  /** A meeting that is about to begin will lack captions or timely text: too much is said elsewhere. */
  | { readonly kind: "speech-full"; readonly meeting: MeetingId }
  /** Null: the comments of all together are too many. */
  | {
      readonly kind: "comments-full";
      readonly meeting: MeetingId;
      readonly of: { readonly circle: number; readonly who: ParticipantId } | null;
    }
  | {
      readonly kind: "task-refused";
      readonly target: string;
      readonly meeting: MeetingId;
      readonly task: string;
      readonly code: string;
    }
  | { readonly kind: "target-fails"; readonly target: string; readonly since: number; readonly help: "mend" | "waits" };

/** Names a message within its scope, so that the same message is wanted, edited and answered under one name. */
export type PostKey =
  | MeetingPostKey
  | RoomPostKey
  /** Stands in the database by a name that no version of ours gives today. */
  | { readonly kind: "unknown"; readonly text: string };

export const circleKey = (circle: number): PostKey => ({ kind: "circle", circle });

/**
 * Gives the spelling under which the database has a key. Spellings never change: messages in rooms are found by them.
 */
export function formatPostKey(key: PostKey): string {
  switch (key.kind) {
    case "circle":
    case "circle-summary":
      return `${key.kind}:${key.circle}`;
    case "control":
      return `control:${key.circle}:${key.sign}`;
    case "turn":
      return numbered(`turn:${key.turn}`, key.part);
    case "texts":
    case "comments":
      return numbered(`${key.kind}:${key.circle}`, key.part);
    case "summary":
      return `summary:${formatSummaryOf(key.of)}:${key.plugin}`;
    case "note":
      return `note:${key.plugin}:${JSON.stringify(key.about)}`;
    case "agreement":
    case "taken-up":
    case "late":
    case "meeting":
    case "picture":
    case "state":
      return key.kind;
    case "carried-list":
      return "carried";
    case "agreement-sign":
      return `agreement:${key.sign}`;
    case "call-away":
      return `call-away:${key.outage}`;
    case "scribe-away":
    case "scribe-back":
      return `${key.kind}:${key.absence}`;
    case "out-of-turn":
    case "withheld":
      return `${key.kind}:${key.who}`;
    case "carried":
      return `carried:${key.meeting}:${key.task}`;
    case "decision":
    case "question":
    case "task":
      return `${key.kind}:${key.id}`;
    case "mark":
      return `mark:${formatPostKey(key.on)}:${key.sign}`;
    case "control-refused":
      return `refused:circle:${key.circle}:${key.by}:${key.sign}:${key.code}`;
    case "mark-refused":
      return `refused:${key.item}:${key.by}:${key.code}`;
    case "own-call":
      return key.meeting === null ? "own-call" : `own-call:${key.meeting}`;
    case "guest":
      return `guest:${key.at}:${key.who}`;
    case "guest-sign":
      return `guest-sign:${key.at}:${key.sign}:${key.who}`;
    case "telegram-person":
      return `telegram-person:${key.meeting}:${key.who}`;
    case "telegram-chat":
      return `telegram-chat:${key.at}:${key.what}`;
    case "assembly":
      return `assembly:${key.assembly}`;
    case "assembly-news":
      return `assembly-news:${key.assembly}:${key.at}:${key.what}`;
    case "powerless":
      return `powerless:${key.meeting ?? ""}`;
    case "meeting-lost":
    case "speech-full":
      return `${key.kind}:${key.meeting}`;
    case "comments-full":
      return `comments-full:${key.meeting}${key.of === null ? "" : `:${key.of.circle}:${key.of.who}`}`;
    case "task-refused":
      return `tasks:${key.target}:${key.meeting}:${key.task}:${key.code}`;
    case "target-fails":
      return `tasks:${key.target}:${key.since}:${key.help}`;
    case "unknown":
      return key.text;
    default:
      return `${key.kind}:${key.event}`;
  }
}

function numbered(first: string, part: number): string {
  return part === 1 ? first : `${first}:${part}`;
}

function formatSummaryOf(of: SummaryOf): string {
  switch (of.kind) {
    case "participant":
      return `${of.circle}:${of.participant}`;
    case "person":
      return `person:${of.participant}`;
    case "turn":
      return `turn:${of.turn}`;
  }
}

/** Gives the pattern (SQLite's GLOB) of all keys of tasks that other meetings carry on from this one. */
export function carriedFrom(meeting: MeetingId): string {
  return formatPostKey({ kind: "carried", meeting, task: "*" });
}

/** Gives the patterns (SQLite's GLOB) of all keys of messages that speak of an assembly. */
export function postsOfAssembly(assembly: AssemblyId): readonly string[] {
  return [formatPostKey({ kind: "assembly", assembly }), `assembly-news:${assembly}:*`];
}
