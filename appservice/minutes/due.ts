import type { ParticipantId } from "../protocol/identity.ts";
import type { About, MeetingRecord } from "../protocol/meeting-record.ts";
import { keyOf, within } from "../protocol/minutes-key.ts";
import type { MeetingSnapshot } from "../protocol/meeting-snapshot.ts";
import type { Plugin } from "./plugin.ts";

export type Due = { readonly plugin: Plugin; readonly about: About };

/** Result that was tried often enough. It is not tried again, and nothing waits for it. */
export type Failure = { readonly plugin: string; readonly about: About };

/** Lists the results that can be made now and are not there yet, in the order they should be made in. */
export function due(
  meeting: MeetingSnapshot,
  record: MeetingRecord,
  plugins: readonly Plugin[],
  failures: readonly Failure[] = [],
): Due[] {
  const settled = new Set([
    ...record.minutes.map((entry) => keyOf(entry.madeBy.plugin, entry.about)),
    ...failures.map((failure) => keyOf(failure.plugin, failure.about)),
  ]);
  const isSettled = (id: string, about: About) => settled.has(keyOf(id, about));

  return plugins
    .filter(({ after }) => after !== "asked")
    .flatMap((plugin) => subjects(plugin, meeting, record).map((about) => ({ plugin, about })))
    .filter(({ plugin, about }) => !isSettled(plugin.id, about))
    .filter(({ plugin, about }) => isOver(plugin, about, meeting, record))
    .filter(({ plugin, about }) =>
      plugins
        .filter((other) => plugin.reads.includes(other.id))
        .every((other) =>
          subjects(other, meeting, record).every((part) => !within(part, about) || isSettled(other.id, part)),
        ),
    )
    .sort(inOrder);
}

/**
 * Lists results of the running circle that are not due yet and of which something was heard: they may grow meanwhile.
 */
export function growing(meeting: MeetingSnapshot, record: MeetingRecord, plugins: readonly Plugin[]): Due[] {
  const running = meeting.phase === "circle" ? meeting.circle : null;
  if (running === null || !record.turns.some(({ circle, heard }) => heard && circle === running)) return [];
  return plugins
    .filter((plugin) => plugin.grow !== undefined && plugin.about === "circle" && isWanted(plugin, running, meeting))
    .map((plugin) => ({ plugin, about: { kind: "circle", circle: running } }));
}

/** Lists the subjects for which the plugin will make results, as far as the meeting has come. */
function subjects(plugin: Plugin, meeting: MeetingSnapshot, record: MeetingRecord): About[] {
  const circles = [...new Set(record.turns.map((turn) => turn.circle))]
    .filter((circle) => isWanted(plugin, circle, meeting))
    .sort((a, b) => a - b);
  if (circles.length === 0) return [];
  switch (plugin.about) {
    case "meeting":
      return [{ kind: "meeting" }];
    case "circle":
      return circles.map((circle) => ({ kind: "circle", circle }));
    case "person":
      return [...new Set(circles.flatMap((circle) => speakers(circle, meeting, record)))].map((participant) => ({
        kind: "person",
        participant,
      }));
    case "turn":
      return record.turns
        .filter(({ circle }) => circles.includes(circle))
        .map(({ id, circle, speaker }) => ({ kind: "turn", circle, turn: id, participant: speaker }));
    case "participant":
      return circles.flatMap((circle) =>
        speakers(circle, meeting, record).map((participant): About => ({ kind: "participant", circle, participant })),
      );
  }
}

/**
 * Tells whether a plugin serves a circle: a scenario may name the plugins of each. A plugin about the whole meeting
 * serves it if any circle wants it.
 */
function isWanted(plugin: Plugin, circle: number, meeting: MeetingSnapshot): boolean {
  return meeting.circles.find(({ index }) => index === circle)?.plugins?.includes(plugin.id) ?? true;
}

/** People who had a turn: in ring order while the ring is known, else in the order they spoke. */
function speakers(circle: number, meeting: MeetingSnapshot, record: MeetingRecord): ParticipantId[] {
  const spoke = [...new Set(record.turns.filter((turn) => turn.circle === circle).map((turn) => turn.speaker))];
  if (meeting.circle !== circle) return spoke;
  return [...meeting.ring.filter((id) => spoke.includes(id)), ...spoke.filter((id) => !meeting.ring.includes(id))];
}

function isOver(plugin: Plugin, about: About, meeting: MeetingSnapshot, record: MeetingRecord): boolean {
  const ended = meeting.phase === "ended";
  if (plugin.after === "turn" && about.kind === "turn")
    return record.turns.some(({ id, heard }) => id === about.turn && heard);
  if (plugin.after === "meeting" || !("circle" in about)) return ended && record.turns.every((turn) => turn.heard);
  // A meeting that is ended in the middle of a circle ends that circle too.
  const done = ended || meeting.circles.some((circle) => circle.index === about.circle && circle.status === "done");
  return done && record.turns.every((turn) => turn.circle !== about.circle || turn.heard);
}

/** Order of subjects: people wait for a circle's summary first; those of its people follow, unless it reads them. */
const RANK = { turn: 0, circle: 1, participant: 2, person: 3, meeting: 4 } as const;

/** Sorts circle by circle; `sort` keeps people in ring order. */
function inOrder(a: Due, b: Due): number {
  return (
    circleOf(a.about) - circleOf(b.about) || RANK[a.about.kind] - RANK[b.about.kind] || a.plugin.place - b.plugin.place
  );
}

function circleOf(about: About): number {
  return "circle" in about ? about.circle : Number.MAX_SAFE_INTEGER;
}
