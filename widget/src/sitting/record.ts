import { createContext, useContext } from "react";
import type { RecordDesk } from "../model/record/desk.ts";
import type { TasksDesk } from "../model/record/tasks-desk.ts";
import type { SoundStore } from "../model/sound/sound-store.ts";

/** The record as somebody reads it, hears it and puts it right. */
export type SeatAtRecord = {
  readonly desk: RecordDesk;
  readonly tasks: TasksDesk;
  readonly sounds: SoundStore;
};

export const RecordContext = createContext<SeatAtRecord | null>(null);

export function useRecord(): SeatAtRecord {
  const seat = useContext(RecordContext);
  if (!seat) throw new Error("Only inside a SittingProvider");
  return seat;
}
