import type { Actor } from "./actor.ts";
import { isGuest, type ParticipantId } from "./identity.ts";
import type { MeetingSnapshot } from "./meeting-snapshot.ts";
import type { Searchable } from "./searchable.ts";

/** Part of an actor that their rights depend on. */
export type RightsHolder = Pick<Actor, "id" | "door" | "rights">;

/** Part of a meeting that rights depend on; null: the room has none. */
export type RuledMeeting = Pick<MeetingSnapshot, "phase" | "keeper"> & {
  readonly people: readonly Pick<MeetingSnapshot["people"][number], "id" | "presence">[];
};

/**
 * The thing that a right is about: whose words it is made of, and whose it is. `owner` null: nobody's yet; left out: it
 * has none.
 */
export type RightsSubject = {
  readonly authors?: readonly ParticipantId[];
  readonly owner?: ParticipantId | null;
};

type RoleTest = (who: RightsHolder, meeting: RuledMeeting | null, about: RightsSubject) => boolean;

/** A role that nobody has without their issuer's admission to the room. */
const admitted =
  (test: RoleTest): RoleTest =>
  (who, meeting, about) =>
    who.rights.admitted && test(who, meeting, about);

/** A role with power over a meeting: nobody has it without an account of Matrix. */
const powerful =
  (test: RoleTest): RoleTest =>
  (who, meeting, about) =>
    mayBeKeeper(who.id) && admitted(test)(who, meeting, about);

/** Parts that somebody can have in a meeting, or towards a thing of its record. */
const ROLES = {
  anybody: admitted(() => true),
  /** In the room while it has a meeting, with a seat or without. */
  present: admitted((_, meeting) => meeting !== null),
  /** Has a device of Matrix, to which keys of an encrypted room may go. */
  "of-matrix": powerful(() => true),
  moderator: powerful(({ rights }) => rights.moderates),
  keeper: powerful(({ id }, meeting) => meeting?.keeper === id),
  /** Keeps a meeting that is not over. */
  "keeper-now": powerful(({ id }, meeting) => meeting?.keeper === id && meeting.phase !== "ended"),
  participant: admitted(({ id }, meeting) => takesPart(id, meeting)),
  /** Takes part in a meeting that has not begun and is kept by nobody. */
  "early-participant": powerful(
    ({ id }, meeting) => meeting?.phase === "gathering" && meeting.keeper === null && takesPart(id, meeting),
  ),
  /** Person who said or typed what it is about, or has the word that it is about. */
  author: admitted(({ id }, _, { authors = [] }) => authors.includes(id)),
  owner: admitted(({ id }, _, { owner }) => owner === id),
  /** Takes part, and could take over what nobody has yet. */
  taker: admitted(({ id }, meeting, { owner }) => owner === null && takesPart(id, meeting)),
  /** Roles from inside: no issuer admits these two. */
  "task-manager": ({ door }) => door === "export",
  service: ({ door }) => door === "service",
} satisfies { readonly [role: string]: RoleTest };

type Role = keyof typeof ROLES;

/** Rights of the service, and everybody who has each. Nothing else in the service or the widget decides that. */
export const RIGHTS = {
  /** Pausing, going on, ending a circle, handing over, seating, themes, hands: all that concerns everybody. */
  steer: ["moderator", "keeper", "service"],
  "end-meeting": ["moderator", "keeper", "service"],
  /** Choosing who sits, and speaks, where. */
  arrange: ["moderator", "keeper", "early-participant"],
  "mute-all": ["moderator", "keeper"],
  /** Passing on the word of whoever has it (`authors`). */
  "pass-word": ["moderator", "keeper", "author"],
  /** The same, keeping a turn for them, by the scenario's rule. */
  "skip-by-keeper": ["moderator", "keeper"],
  "skip-by-self": ["moderator", "keeper", "author"],
  "skip-by-anyone": ["moderator", "keeper", "author", "participant"],
  "give-time": ["moderator", "keeper"],
  "ask-time": ["participant"],
  "see-out-of-turn": ["moderator", "keeper"],
  /** Having nothing written down from now on, with whoever is in the room. */
  "send-scribe-away": ["present"],
  /** Having it written again; `authors`: who sent the scribe away. */
  "ask-scribe-back": ["moderator", "keeper", "author"],

  "correct-utterance": ["moderator", "keeper", "author"],
  "take-back-utterance": ["moderator", "author"],
  /** Putting words where their speaker took them back, or does not agree to be written down. */
  "speak-anew": ["author"],
  "correct-summary": ["moderator", "keeper", "author"],
  "correct-task": ["moderator", "keeper", "author", "owner", "taker", "task-manager"],
  "correct-decision": ["moderator", "keeper", "author"],
  "correct-question": ["moderator", "keeper", "author"],
  "remake-minutes": ["moderator", "keeper"],

  /** Scenarios, words for the recogniser, the form of summaries. */
  "set-up-room": ["moderator", "keeper-now"],
  "choose-export": ["moderator", "keeper-now"],
  "choose-language": ["moderator"],
  /** Keys by which what is sent in an encrypted room's call is read. */
  "take-call-keys": ["of-matrix"],
  /** A link for oneself. */
  "take-link": ["anybody"],
  /** All that is kept of oneself. */
  "take-own-data": ["anybody"],
  /** Erasing all that somebody said and wrote in a room (`authors`): nobody does so for another. */
  "erase-words": ["author"],
  /** Links for guests, their lobby, and putting one of them out. */
  "host-guests": ["moderator", "keeper", "early-participant"],

  /** The statement of one's own account: what one gave, and what one allowed. Nobody sees another's. */
  "see-own-account": ["anybody"],
  "share-pot": ["moderator", "keeper"],
  "object-to-pot": ["anybody"],
} as const satisfies { readonly [right: string]: readonly Role[] };

export type Right = keyof typeof RIGHTS;

/** Rights of a guest, in what is their own and in nothing else. */
const OF_GUESTS: ReadonlySet<Right> = new Set<Right>(["pass-word", "skip-by-self", "skip-by-anyone", "erase-words"]);

/**
 * Rights that a guest has as all have who take part: more time is decided on by those who listen, of whom they are one.
 */
const SHARED_WITH_GUESTS: ReadonlySet<Right> = new Set<Right>(["ask-time"]);

/**
 * Commands that a guest may send: a seat, their own turn, more time for it or for another, a hand, their consent. A
 * kind's own commands come besides.
 */
const ASKED_BY_GUESTS: ReadonlySet<string> = new Set([
  "join",
  "leave",
  "accept",
  "pass",
  "skip",
  "raise-hand",
  "lower-hand",
  "agree",
  "extend",
]);

/** Commands that people of Telegram may send besides: they belong to the circle, and steer nothing. */
const ASKED_BY_TELEGRAM = ["extend", "send-scribe-away", "ask-scribe-back"];

/**
 * Tells whether somebody may send a command of this type at all. `ofKind`: it belongs to a kind of circle. The service
 * asks in whoever's name it must: a group of guests alone has nobody else in whose name it could begin and end.
 */
export function maySend(who: Pick<RightsHolder, "id" | "door">, type: string, ofKind: boolean): boolean {
  if (who.door === "service" || mayBeKeeper(who.id) || ofKind || ASKED_BY_GUESTS.has(type)) return true;
  return !isGuest(who.id) && ASKED_BY_TELEGRAM.includes(type);
}

/** Commands to the meeting of a group by which its assembly begins it, and gives its seats. */
const GIVEN_BY_ASSEMBLY: ReadonlySet<string> = new Set(["start", "join"]);

/** Tells whether somebody may send a command of this type to the meeting of a group of an assembly. */
export function maySendInGroup({ door }: Pick<RightsHolder, "door">, type: string): boolean {
  return door === "service" || !GIVEN_BY_ASSEMBLY.has(type);
}

/** Tells whether somebody may keep a meeting, and have one gather by joining it. */
export function mayBeKeeper(who: ParticipantId): boolean {
  return who.startsWith("@");
}

/** Tells whether somebody may do this, in this meeting, to this thing. */
export function may(right: Right, who: RightsHolder, meeting: RuledMeeting | null, about: RightsSubject = {}): boolean {
  if (isGuest(who.id) && who.door !== "service" && !SHARED_WITH_GUESTS.has(right))
    return OF_GUESTS.has(right) && ROLES.author(who, meeting, about);
  return RIGHTS[right].some((role) => ROLES[role](who, meeting, about));
}

/** Tells whether somebody sits in the meeting, or did and may come back: everybody who has not left it for good. */
function takesPart(id: ParticipantId, meeting: RuledMeeting | null): boolean {
  return meeting?.people.some((person) => person.id === id && person.presence !== "left") ?? false;
}

type Words = {
  readonly utterances: Searchable<{ readonly id: string; readonly speaker: ParticipantId }>;
  readonly comments: Searchable<{ readonly id: string; readonly who: ParticipantId }>;
};

/** People who said, or typed, one of these. */
export function authorsOf({ utterances, comments }: Words, from: readonly string[]): ParticipantId[] {
  return [
    ...utterances.filter(({ id }) => from.includes(id)).map(({ speaker }) => speaker),
    ...comments.filter(({ id }) => from.includes(id)).map(({ who }) => who),
  ];
}
