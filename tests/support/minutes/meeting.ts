import type { MeetingRecord } from "../../../appservice/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "../../../appservice/protocol/meeting-snapshot.ts";
import { meetingId, personId, roomId } from "../protocol/ids.ts";
import type { ParticipantId } from "../../../appservice/protocol/identity.ts";

/** For tests: a running meeting of Анна, Борис and Sue with two circles, of which only what matters is given. */
export function meeting(given: Partial<MeetingSnapshot> = {}): MeetingSnapshot {
  return {
    format: 1,
    id: meetingId("mtest00000"),
    roomId: roomId("!test:x"),
    version: 1,
    at: 0,
    phase: "circle",
    paused: false,
    scenario: { id: "council", title: "Council" },
    topic: "",
    language: "ru",
    keeper: personId("@anna:x"),
    people: [
      ["@anna:x", "Анна"],
      ["@boris:x", "Борис"],
      ["@sue:x", "Sue"],
    ].map(([id, name]) => ({ id: personId(id!), name: name!, presence: "call", spokenMs: 0 })),
    circles: [0, 1].map((index) => ({
      index,
      kind: "statement",
      theme: "",
      secondsPerTurn: 60,
      status: "waiting",
      round: 1,
      stances: [],
      texts: [],
    })),
    circle: 0,
    stage: null,
    stageEndsAt: null,
    wrote: [],
    hands: [],
    unevenness: null,
    rules: { extension: "keeper", skip: "self" },
    ring: [personId("@anna:x"), personId("@boris:x"), personId("@sue:x")],
    done: [],
    returns: [],
    turn: null,
    next: null,
    nextCircleAt: null,
    startedAt: 0,
    endedAt: null,
    ...given,
  };
}

type Turn = MeetingRecord["turns"][number];

export function turn(id: number, circle: number, speaker: ParticipantId, given: Partial<Turn> = {}): Turn {
  return { id, circle, speaker, startedAt: 0, endedAt: 1, spokenMs: 1, reason: "passed", heard: true, ...given };
}

export function record(given: Partial<MeetingRecord> = {}): MeetingRecord {
  return { version: 1, utterances: [], comments: [], turns: [], minutes: [], remaking: [], corrections: [], ...given };
}
