import { council, Play } from "../circle/play.ts";
import { type Meeting, circleOf, turnOf } from "../../../appservice/circle/meeting.ts";
import type { RecordEvent } from "../../../appservice/record/event.ts";
import { replayRecord } from "../../../appservice/record/evolve.ts";
import type { RecordState } from "../../../appservice/record/state.ts";
import type { JournalEntry } from "../../../appservice/journal/entry.ts";
import { sentenceOf } from "./sentences.ts";
import type { ParticipantId } from "../../../appservice/protocol/identity.ts";
import { personId, roomId } from "../protocol/ids.ts";

export const PEOPLE = ["ann", "bob", "cleo", "dan", "eve", "finn", "gail"];
const CIRCLES = 4;

export const ROOM = roomId("!room");

export type LongMeeting = {
  readonly meeting: Meeting;
  readonly record: RecordState;
  /** The same as it stands in the journal. */
  readonly entries: readonly JournalEntry[];
};

/** For tests: seven people talk for four hours, in pieces of half a minute, and type besides. Nobody said any of it. */
export function longMeeting({ utterances = 900, comments = 1_750 } = {}): LongMeeting {
  const play = new Play()
    .gather(...PEOPLE)
    .start("ann", council({ circles: Array.from({ length: CIRCLES }, (_, i) => ({ theme: `theme ${i}` })) }));
  const events: RecordEvent[] = [];
  const turns = CIRCLES * PEOPLE.length;
  let taken = 0;
  while (play.state.phase !== "ended") {
    const turn = turnOf(play.state);
    const circle = circleOf(play.state);
    if (play.state.phase === "between") play.by("ann", "next-circle");
    else if (!turn || !circle || turn.status !== "speaking") play.wait(5);
    else {
      const [said, typed] = [share(utterances, taken, turns), share(comments, taken, turns)];
      const startedAt = play.at;
      for (const i of said)
        events.push({
          type: "utterance-heard",
          utterance: utterance(i, {
            turn: turn.id,
            circle: circle.index,
            speaker: turn.speaker,
            startedAt: startedAt + i * 10,
          }),
        });
      for (const i of typed)
        events.push({
          type: "comment-made",
          comment: comment(i, { turn: turn.id, circle: circle.index, at: startedAt }),
        });
      events.push({ type: "turn-heard", turn: turn.id, complete: true });
      play.wait(10).by(PEOPLE.find((name) => turn.speaker === `@${name}:hs`)!, "pass");
      taken += 1;
    }
  }
  const record = replayRecord(events);
  const entries = [
    ...play.journal.map((event) => ({ kind: "circle" as const, event })),
    ...events.map((event) => ({ kind: "record" as const, event })),
  ];
  return { meeting: play.state, record, entries };
}

function share(all: number, part: number, parts: number): number[] {
  const [from, to] = [Math.floor((all * part) / parts), Math.floor((all * (part + 1)) / parts)];
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function utterance(i: number, of: { turn: number; circle: number; speaker: ParticipantId; startedAt: number }) {
  const text = [0, 1, 2].map((nth) => sentenceOf(i * 3 + nth)).join(" ");
  return {
    ...of,
    id: `${of.turn}.${i}`,
    endedAt: of.startedAt + 9,
    language: "en",
    text,
    segments: [{ kind: "speech" as const, text }],
    engine: { id: "sherpa", model: "whisper-base" },
  };
}

function comment(i: number, of: { turn: number; circle: number; at: number }) {
  const name = PEOPLE[i % PEOPLE.length]!;
  return { ...of, id: `$comment${i}`, who: personId(`@${name}:hs`), name, text: sentenceOf(i * 7 + 1) };
}
