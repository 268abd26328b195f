import { z } from "zod";
import { MeetingRecord } from "../../protocol/meeting-record.ts";
import { MeetingSnapshot } from "../../protocol/meeting-snapshot.ts";
import type { RecordFormat } from "../exported-meeting.ts";

/** Whole record, for programs. `format` grows when older readers would misread it. */
export const ExportedRecord = z.object({ format: z.literal(1), meeting: MeetingSnapshot, record: MeetingRecord });

export const json: RecordFormat = {
  id: "json",
  extension: "json",
  mediaType: "application/json",
  write: ({ meeting, record }) => `${JSON.stringify(ExportedRecord.parse({ format: 1, meeting, record }), null, 2)}\n`,
};
