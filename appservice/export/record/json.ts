import { z } from "zod";
import { MeetingRecord } from "../../protocol/meeting-record.ts";
import { MeetingSnapshot } from "../../protocol/meeting-snapshot.ts";
import type { RecordFormat } from "../file-format.ts";

/** Whole record, for programs. `format` grows when older readers would misread it. */
export const ExportedRecord = z.object({ format: z.literal(1), meeting: MeetingSnapshot, record: MeetingRecord });

export default {
  about: "The whole record for programs, by its schema",
  extension: "json",
  mediaType: "application/json",
  write: ({ meeting, record }) => `${JSON.stringify(ExportedRecord.parse({ format: 1, meeting, record }), null, 2)}\n`,
} satisfies RecordFormat;
