import type { AssemblyMap } from "../../../appservice/protocol/assembly-map.ts";
import type { AssemblyRecord, RingResult, RingSentence } from "../../../appservice/protocol/assembly-record.ts";
import { AssemblyId, type MeetingId } from "../../../appservice/protocol/identity.ts";
import { meetingId } from "../../support/protocol/ids.ts";

const SAID = [
  "The compost needs a second heap before April, and somebody who turns it.",
  "Saturdays do not work for families; every other weekday evening would.",
  "Вода важнее всего: трубу надо починить до мая.",
  "A corner for children comes first, with a fence towards the street.",
  "Nobody wants to carry the keys alone any more.",
];

/** Sentences of the groups of this assembly so far: two of each that has begun. */
export function assemblyRecordOf({ title, topic, rings }: AssemblyMap): AssemblyRecord {
  const results = rings.map(({ number: ring, people, delegate, summary }): RingResult => {
    const meeting = meetingId(`mring${ring}`);
    const sentence = (index: number) => ({
      text: SAID[(ring + index) % SAID.length] ?? "",
      speaker: people[index]?.name ?? null,
      from: [{ meeting, utterance: `${ring}.${index + 1}`, turn: index + 1 }],
    });
    const name = people.find(({ id }) => id === delegate)?.name ?? people[0]?.name ?? null;
    return {
      part: 1,
      ring,
      meeting,
      theme: null,
      people: people.map(({ id, name: own }) => ({ id, name: own })),
      delegate: name,
      given: summary.given,
      summary: [sentence(0), sentence(1)],
      persons: [],
      decisions: [],
      tasks: [],
      questions: [],
    };
  });
  const firstOf = (ring: RingResult) => ring.summary.slice(0, 1).map((each) => ({ ...each, rings: [ring] }));
  return {
    id: AssemblyId.parse("amadeup00001"),
    title,
    topic,
    language: "en",
    startedAt: 0,
    endedAt: null,
    parts: [{ number: 1, kind: "rings", title: "", rings: results }],
    summary: results.slice(0, 6).flatMap(firstOf),
    decisions: results.slice(0, 2).flatMap(firstOf),
    tasks: [],
    questions: [],
  };
}

/** A first group in the first part, with one sentence. */
export function ringThatSaid(of: MeetingId, sentence: RingSentence): RingResult {
  return {
    part: 1,
    ring: 1,
    meeting: of,
    theme: null,
    people: [],
    delegate: null,
    given: false,
    summary: [sentence],
    persons: [],
    decisions: [],
    tasks: [],
    questions: [],
  };
}

export function recordOfParts(parts: AssemblyRecord["parts"]): AssemblyRecord {
  return {
    id: AssemblyId.parse("amadeup00002"),
    title: "Assembly",
    topic: "Garden",
    language: "en",
    startedAt: 0,
    endedAt: null,
    parts,
    summary: [],
    decisions: [],
    tasks: [],
    questions: [],
  };
}
