import { join } from "node:path";
import { openDatabase } from "../../appservice/store/database.ts";
import { Journal } from "../../appservice/journal/journal.ts";
import type { RecordEvent } from "../../appservice/record/event.ts";
import { replayRecord } from "../../appservice/record/evolve.ts";
import { type Figure, p50 } from "./figures.ts";
import { NAMES, utterancesOf } from "./meetings.ts";
import { meetingId, personId, roomId } from "../support/protocol/ids.ts";

const ROUNDS = 5;
const ENTRIES = 10_000;
/** More than a record takes: a journal of an earlier version may hold as many. */
const COMMENTS = 65_000;

/** A long meeting's record: read from the file, checked and folded; and by far too many comments, one after another. */
export function recordReplay(folder: string, say: (line: string) => void): Figure[] {
  const db = openDatabase(join(folder, "record.db"));
  const journal = new Journal(db);
  const entries = saidAndTyped().map((event) => ({ kind: "record" as const, event }));
  journal.append(meetingId("mrecord0001"), roomId("!room"), 0, entries, 0);
  const whole = repeatedly(() => {
    replayRecord(
      journal.read(meetingId("mrecord0001")).flatMap((entry) => (entry.kind === "record" ? [entry.event] : [])),
    );
  });
  db.close();
  const events = entries.map(({ event }) => event);
  const fold = repeatedly(() => void replayRecord(events));
  const comments = Array.from({ length: COMMENTS }, (_, i) => comment(i));
  const flood = repeatedly(() => void replayRecord(comments));
  say(`${entries.length} entries of a record from the database: the fold alone ${Math.round(p50(fold))} ms`);
  return [
    { name: "record.replay_10k_ms", value: p50(whole), unit: "ms", goal: 200 },
    { name: "record.fold_10k_ms", value: p50(fold), unit: "ms" },
    { name: "record.comments_65k_ms", value: p50(flood), unit: "ms", goal: 500 },
  ];
}

/** Processor time of this thread, so that what else the machine does is not measured. */
function repeatedly(work: () => void): number[] {
  return Array.from({ length: ROUNDS }, () => {
    const before = process.threadCpuUsage();
    work();
    const after = process.threadCpuUsage();
    return (after.user + after.system - before.user - before.system) / 1_000;
  });
}

/** Four pieces of speech and a comment in each turn. */
function saidAndTyped(): RecordEvent[] {
  return Array.from({ length: ENTRIES / 6 }, (_, i) => i + 1).flatMap((turn): RecordEvent[] => [
    ...utterancesOf(turn, personId(`@${NAMES[turn % NAMES.length]}:hs`)).map(
      (utterance): RecordEvent => ({ type: "utterance-heard", utterance }),
    ),
    comment(turn),
    { type: "turn-heard", turn, complete: true },
  ]);
}

function comment(i: number): RecordEvent {
  const name = NAMES[i % NAMES.length] ?? "ann";
  const text = `Comment ${i}, typed while somebody spoke.`;
  return {
    type: "comment-made",
    comment: { id: `$${i}`, circle: 0, turn: 1, who: personId(`@${name}:hs`), name, at: i, text },
  };
}
