import { isDeepStrictEqual } from "node:util";
import { endOf } from "../circle/meeting.ts";
import type { LiveMeeting } from "../journal/live-meeting.ts";
import type { MeetingId, ParticipantId, RoomId } from "../protocol/identity.ts";
import type { PurposeState } from "../purposes/state.ts";
import type { RecordState } from "../record/state.ts";
import type { KnownNames } from "./clean/cleaner.ts";
import { LEFT_OUT, type LeftOut, piecesIn } from "./pieces.ts";
import type { Pseudonyms } from "./pseudonyms.ts";
import { type Rights, rightsIn } from "./rights.ts";
import type { DatasetPurpose } from "./rows.ts";
import type { DatasetSource } from "./source.ts";
import type { Spoke } from "./splits.ts";

/** A meeting of which something may be in the set. */
export type Chosen = {
  readonly room: RoomId;
  readonly id: MeetingId;
  /** Its name in the set. */
  readonly meeting: string;
  /** Length of its journal, and of what was taken back in it, when it was chosen. */
  readonly length: number;
  readonly takenBack: number;
};

/** Material that people allowed at the beginning of a build. */
export type Material = {
  readonly chosen: readonly Chosen[];
  readonly spoke: readonly Spoke[];
  /** Ids of all pieces that go into the set. */
  readonly pieces: ReadonlySet<string>;
  readonly leftOut: ReadonlyMap<LeftOut, number>;
  readonly purposes: ReadonlyMap<RoomId, PurposeState>;
  readonly names: ReadonlyMap<RoomId, KnownNames>;
  readonly seconds: number;
};

type MaterialDeps = {
  readonly source: DatasetSource;
  readonly purpose: DatasetPurpose;
  readonly pseudonyms: Pseudonyms;
  /** Tells whether the set has the sound of a piece, though it is kept here no more. */
  readonly inSet: (piece: string) => boolean;
  readonly signal: AbortSignal;
};

export const pieceId = (meeting: string, utterance: string): string => `${meeting}-${utterance.replace(".", "-")}`;

/** Looks through all meetings that are over for what may be in a set. */
export async function findMaterial(deps: MaterialDeps): Promise<Material> {
  const { source, purpose, pseudonyms, signal } = deps;
  const [chosen, spoke, pieces]: [Chosen[], Spoke[], Set<string>] = [[], [], new Set()];
  const leftOut = new Map<LeftOut, number>(LEFT_OUT.map((reason) => [reason, 0]));
  const [purposes, names] = [new Map<RoomId, PurposeState>(), new Map<RoomId, KnownNames>()];
  let seconds = 0;
  for (const room of source.rooms()) {
    const state = source.purposes(room);
    purposes.set(room, state);
    const rights = rightsIn(state, purpose);
    const people = new Map<string, KnownNames["people"][number]>();
    for (const id of source.meetings(room)) {
      signal.throwIfAborted();
      // Asked first: what comes in between makes the length another, and is seen later.
      const length = source.lengthOf(id);
      const live = await source.read(room, id);
      if (!live) continue;
      for (const person of live.meeting.people) people.set(`${person.id} ${person.name}`, person);
      for (const { who, name } of live.record.comments) people.set(`${who} ${name}`, { id: who, name });
      for (const { by, name } of live.record.corrections) people.set(`${by} ${name}`, { id: by, name });
      if (endOf(live.meeting) === null) continue;
      const meeting = pseudonyms.meeting(id);
      const speakers = new Set<ParticipantId>();
      for (const { utterance, outcome } of piecesIn(live.meeting, live.record, {
        rights,
        hasSound: (each) => source.hasSound(room, id, each) || deps.inSet(pieceId(meeting, each.id)),
      })) {
        if (typeof outcome === "string") {
          leftOut.set(outcome, (leftOut.get(outcome) ?? 0) + 1);
          continue;
        }
        pieces.add(pieceId(meeting, utterance.id));
        seconds += (utterance.endedAt - utterance.startedAt) / 1_000;
      }
      for (const who of wordsOf(live.record)) if (rights.words(who)) speakers.add(who);
      if (speakers.size === 0) continue;
      chosen.push({ room, id, meeting, length, takenBack: live.record.takenBack.length });
      spoke.push({ meeting, speakers: [...speakers].map((who) => pseudonyms.person(who)) });
    }
    names.set(room, { people: [...people.values()].map(named), vocabulary: source.vocabulary(room) });
  }
  return { chosen, spoke, pieces, leftOut, purposes, names, seconds };
}

function wordsOf({ utterances, comments }: RecordState): ParticipantId[] {
  return [
    ...utterances.map(({ speaker }) => speaker),
    ...comments.filter((each) => !each.removed).map(({ who }) => who),
  ];
}

/** Their account's name is theirs, too: "@anna.petrova:example.org". */
function named({ id, name }: KnownNames["people"][number]): KnownNames["people"][number] {
  const account = /^@([^:]+):/.exec(id)?.[1]?.replace(/[._\d-]+/g, " ") ?? "";
  return { id, name: `${name} ${account}`.trim() };
}

/** Tells whether all that was chosen may still be in the set, as people say now. */
export async function isStillAllowed({ chosen, purposes }: Material, source: DatasetSource): Promise<boolean> {
  for (const [room, state] of purposes) if (!isDeepStrictEqual(source.purposes(room), state)) return false;
  for (const { room, id, length, takenBack } of chosen) {
    const now = source.lengthOf(id);
    if (now === length) continue;
    const live: LiveMeeting | null = now === 0 ? null : await source.read(room, id);
    if (live?.record.takenBack.length !== takenBack) return false;
  }
  return true;
}

export function rightsOf({ purposes }: Material, room: RoomId, purpose: DatasetPurpose): Rights {
  return rightsIn(purposes.get(room) ?? {}, purpose);
}
