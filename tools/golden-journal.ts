import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CircleEvent } from "../appservice/circle/event.ts";
import { Journal } from "../appservice/journal/journal.ts";
import type { JournalEntry } from "../appservice/journal/entry.ts";
import type { RecordEvent } from "../appservice/record/event.ts";
import { databaseOf, GOLDEN, linesOf, seenIn, stateFile } from "../tests/support/journal/golden.ts";
import { saidIn } from "../tests/support/journal/readable.ts";
import { askedLater, eventfulMeeting, quoting, takenUp } from "./golden-journal/council.ts";
import { fromThreeDoors } from "./golden-journal/doors.ts";
import { eventfulRecord } from "./golden-journal/record.ts";
import type { MeetingId } from "../appservice/protocol/identity.ts";
import { meetingId, roomId } from "../tests/support/protocol/ids.ts";

/**
 * Writes a golden journal as this version writes journals: `npm run golden NAME`. One that is there stays as it is;
 * where its state is missing, that is written.
 */
const name = process.argv[2] ?? "";
if (!/^[a-z0-9][a-z0-9.-]*$/.test(name)) {
  console.error("usage: npm run golden NAME (small letters, digits, dots and dashes)");
  process.exit(2);
}
const file = join(GOLDEN, `${name}.jsonl`);
if (!existsSync(file)) writeFileSync(file, journalText());
if (!existsSync(stateFile(name))) writeFileSync(stateFile(name), `${JSON.stringify(seenIn(linesOf(name)), null, 1)}\n`);
console.log(`${file}\n${stateFile(name)}`);

function journalText(): string {
  const db = databaseOf([]);
  const journal = new Journal(db);
  const { journal: events } = eventfulMeeting();
  const write = (id: MeetingId, circle: readonly CircleEvent[], record: readonly RecordEvent[] = []) => {
    const happened = circle.map((event): JournalEntry => ({ kind: "circle", event }));
    journal.append(
      id,
      roomId("!room"),
      0,
      [...happened, ...record.map((event) => ({ kind: "record" as const, event }))],
      0,
    );
  };
  write(meetingId("mgolden0001"), events, eventfulRecord());
  for (const event of takenUp(events)) write(event.snapshot.id, [event]);
  write(meetingId("mgolden0021"), askedLater());
  write(meetingId("mgolden0041"), quoting());
  const doors = fromThreeDoors();
  write(meetingId("mgolden0031"), doors.circle, doors.record);
  const rows = db.prepare("SELECT meeting, kind, v FROM events ORDER BY meeting, seq").all() as {
    meeting: string;
    kind: string;
    v: number;
  }[];
  const said = saidIn(db);
  return rows.map((row, i) => `${JSON.stringify({ ...row, event: said[i] })}\n`).join("");
}
