import type { ParticipantId } from "../../protocol/identity.ts";
import type { Happening } from "../happening.ts";
import type { Credit, LedgerRule } from "../rule.ts";

const MINUTE_MS = 60_000;

type Course = {
  readonly keeper: ParticipantId | null;
  readonly runs: boolean;
  readonly since: number;
  /** Milliseconds that each keeper facilitated, and the events between which they lie. */
  readonly kept: ReadonlyMap<ParticipantId, { readonly ms: number; readonly because: readonly string[] }>;
  /** Event from which the present stretch runs. */
  readonly from: string;
};

const BEGINNING: Course = { keeper: null, runs: false, since: 0, kept: new Map(), from: "" };

/**
 * Whole minutes in which somebody kept a meeting that ran. Pauses are not counted, and nothing before the meeting is
 * over.
 */
export const facilitated: LedgerRule = {
  name: "facilitated",
  version: 1,
  credits: ({ happenings }) => {
    let course = BEGINNING;
    for (const happening of happenings) {
      const { place, event } = happening;
      course = after(course, happening);
      if (event.type === "meeting-ended") return creditsOf(course, place, event.at);
    }
    return [];
  },
};

function after(course: Course, { id, event }: Happening): Course {
  switch (event.type) {
    case "meeting-started":
      return { ...counted(course, event.at, id), keeper: event.by, runs: true };
    case "keeper-changed":
      return { ...counted(course, event.at, id), keeper: event.to };
    case "meeting-paused":
    case "meeting-ended":
      return { ...counted(course, event.at, id), runs: false };
    case "meeting-resumed":
      return { ...counted(course, event.at, id), runs: true };
    case "meeting-taken-up": {
      const { keeper, phase, paused } = event.snapshot;
      const runs = (phase === "circle" || phase === "between") && !paused;
      return { ...counted(course, event.at, id), keeper, runs };
    }
    default:
      return course;
  }
}

function counted(course: Course, at: number, id: string): Course {
  const { keeper, runs, since, kept, from } = course;
  if (!runs || keeper === null) return { ...course, since: at, from: id };
  const before = kept.get(keeper) ?? { ms: 0, because: [] };
  const stretch = { ms: before.ms + at - since, because: [...before.because, from, id] };
  return { ...course, since: at, from: id, kept: new Map(kept).set(keeper, stretch) };
}

function creditsOf({ kept }: Course, end: number, at: number): Credit[] {
  return [...kept].map(([who, { ms, because }], nth) => ({
    key: `${end}.${nth}`,
    at,
    who,
    unit: "minutes-facilitated",
    amount: Math.floor(ms / MINUTE_MS),
    because: [...new Set(because)],
  }));
}
