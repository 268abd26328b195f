import type { RecordEvent } from "../../../appservice/record/event.ts";
import { evolveRecord } from "../../../appservice/record/evolve.ts";
import { EMPTY_RECORD, type RecordState } from "../../../appservice/record/state.ts";

/** For tests: a record to which one thing happens after another. */
export class Recording {
  now: RecordState = EMPTY_RECORD;

  add(event: RecordEvent): void {
    this.now = evolveRecord(this.now, event);
  }
}
