import type { MeetingSnapshot, TurnSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import { meetingId, personId, roomId } from "../../tests/support/protocol/ids.ts";

/** A meeting for tests: a circle of the named, the first of them speaking for ten of sixty seconds. */
export function meetingOf(names: readonly string[], change: Partial<MeetingSnapshot> = {}): MeetingSnapshot {
  const ids = names.map((name) => personId(`@${name}:x`));
  const [speaker = personId("@nobody:x"), next = null] = ids;
  return {
    format: 1,
    id: meetingId("m00000001"),
    roomId: roomId("!room"),
    version: 5,
    at: 1_000_000,
    phase: "circle",
    paused: false,
    scenario: { id: "council", title: "Council" },
    topic: "",
    language: "en",
    keeper: null,
    people: names.map((name) => ({ id: personId(`@${name}:x`), name, presence: "call", spokenMs: 0 })),
    circles: [
      {
        index: 0,
        kind: "statement",
        theme: "What now?",
        secondsPerTurn: 60,
        status: "running",
        round: 1,
        stances: [],
        texts: [],
      },
      {
        index: 1,
        kind: "check-out",
        theme: "And then?",
        secondsPerTurn: 30,
        status: "waiting",
        round: 1,
        stances: [],
        texts: [],
      },
    ],
    stage: "round",
    stageEndsAt: null,
    wrote: [],
    hands: [],
    unevenness: null,
    rules: { extension: "keeper", skip: "self" },
    circle: 0,
    ring: ids,
    done: [],
    returns: [],
    turn: turnOf(speaker),
    next,
    nextCircleAt: null,
    startedAt: 900_000,
    endedAt: null,
    ...change,
  };
}

export function turnOf(speaker: ParticipantId, change: Partial<TurnSnapshot> = {}): TurnSnapshot {
  return {
    id: 1,
    speaker,
    hand: null,
    extension: null,
    status: "speaking",
    limitMs: 60_000,
    spentMs: 0,
    runningSince: 990_000,
    endsAt: 1_050_000,
    graceEndsAt: 1_055_000,
    lapsesAt: null,
    ...change,
  };
}
