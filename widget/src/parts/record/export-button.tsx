import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatsOf } from "@mindminder/protocol/format-list.ts";
import type { MeetingRecord } from "@mindminder/protocol/meeting-record.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { Popover } from "../../look/popover.tsx";
import { Button } from "../../look/button.tsx";
import { useRecord } from "../../sitting/record.ts";
import { formatName } from "../../model/record/format-name.ts";

type Props = { meeting: Pick<MeetingSnapshot, "id"> | null; record: MeetingRecord | null };

/** The record as a file, one press away wherever it is read. */
export function ExportButton({ meeting, record }: Props) {
  const { t } = useTranslation();
  const { files } = useRecord();
  const [open, setOpen] = useState(false);
  if (!meeting || !record || record.turns.length === 0) return null;
  const close = () => setOpen(false);
  return (
    <Popover
      open={open}
      onClose={close}
      label={t("after.exportAs")}
      className="export"
      button={(expands) => (
        <Button icon="export" data-testid="export" onClick={() => setOpen(!open)} {...expands}>
          {t("after.export")}
        </Button>
      )}
    >
      {formatsOf("record").map((format) => (
        <Button
          key={format}
          kind="ghost"
          data-testid={`save-${format}`}
          onClick={() => {
            close();
            void files.takeAlong(meeting.id, format);
          }}
        >
          {formatName(format, t)}
        </Button>
      ))}
    </Popover>
  );
}
